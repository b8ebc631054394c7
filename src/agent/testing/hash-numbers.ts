/** FNV-1a over the arrays' bytes (Fowler, Noll and Vo), 32 bits, as eight hexadecimal digits: equal only bit for bit. */
export function hashNumbers(arrays: readonly (Float32Array | Float64Array)[]): string {
  let state = 0x811c9dc5;
  for (const array of arrays) {
    for (const byte of new Uint8Array(array.buffer, array.byteOffset, array.byteLength)) {
      state = Math.imul(state ^ byte, 0x01000193) >>> 0;
    }
  }
  return state.toString(16).padStart(8, '0');
}
