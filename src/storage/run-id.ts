import type { RunId } from '../contract';

/** No letters or digits that are mistaken for each other. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const length = 16;

/**
 * An id that no other run has, here or on any other machine: 80 random bits. (`crypto.randomUUID` is missing where the
 * page comes over plain http.)
 */
export function newRunId(): RunId {
  const random = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(random, (byte) => alphabet[byte % alphabet.length]).join('');
}
