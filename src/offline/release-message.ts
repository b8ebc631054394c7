import type { Release } from './release';

/** What the service worker tells every open page of its scope once it has taken over. */
export interface ReleaseMessage {
  readonly kind: 'release';
  /** The script of the release that is kept from now on. */
  readonly entry: Release['entry'];
}

/** Whether a message, which any script of the origin may have sent, is one of these. */
export function isReleaseMessage(data: unknown): data is ReleaseMessage {
  return (
    typeof data === 'object' &&
    data !== null &&
    'kind' in data &&
    data.kind === 'release' &&
    'entry' in data &&
    typeof data.entry === 'string'
  );
}
