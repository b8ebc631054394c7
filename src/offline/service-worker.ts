/**
 * The page's service worker: keeps the whole release that it was built with, and answers from it. A newer one takes over
 * at once, without disturbing tabs that are open: their files stay.
 */
import type { Release } from './release';
import { ReleaseCache } from './release-cache';
import type { ReleaseMessage } from './release-message';

declare const self: ServiceWorkerGlobalScope;
/** Put in by the build. */
declare const __RELEASE__: Release;

const built = __RELEASE__;
const release = new ReleaseCache(built, {
  caches: self.caches,
  fetch: (request) => self.fetch(request),
  scope: self.registration.scope,
});

self.addEventListener('install', (event) => {
  event.waitUntil(release.keep().then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(takeOver());
});

self.addEventListener('fetch', (event) => {
  const answer = release.answer(event.request);
  if (answer !== null) event.respondWith(answer);
});

async function takeOver(): Promise<void> {
  await release.letGoOfOlder();
  await self.clients.claim();
  const message: ReleaseMessage = { kind: 'release', entry: built.entry };
  for (const client of await self.clients.matchAll({ type: 'window' })) client.postMessage(message);
}
