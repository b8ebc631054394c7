/**
 * What a key of a hint is called: `{KeyA}` by what that key writes in the layout in use, anything else as it stands.
 *
 * @param names what keys write, by `KeyboardEvent.code`.
 */
export function keyName(key: string, names: Readonly<Record<string, string>>): string {
  const code = /^\{(.+)\}$/.exec(key)?.[1];
  return code === undefined ? key : (names[code] ?? code.replace(/^Key/, ''));
}
