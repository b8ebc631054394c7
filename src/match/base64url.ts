import { packBytes, unpackBytes } from './record';

/** Bytes as a text that stands in an address as it is. */
export function toBase64url(bytes: Uint8Array): string {
  return packBytes(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** What `toBase64url` wrote. @throws DOMException for anything else. */
export function fromBase64url(text: string): Uint8Array {
  return unpackBytes(text.replaceAll('-', '+').replaceAll('_', '/'));
}
