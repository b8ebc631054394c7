import { expect, it } from 'vitest';
import { MatchFetch } from './match-fetch';

/** A file that comes when a test says so. */
function file() {
  let comes = () => {};
  const arrival = new Promise<void>((resolve) => (comes = resolve));
  return { arrival, comes: () => comes() };
}

it('is under way until the newest match is there, or is not wanted any more', async () => {
  const seen: boolean[] = [];
  const fetch: MatchFetch = new MatchFetch(() => seen.push(fetch.isUnderWay));
  const [first, second] = [file(), file()];
  const [given, wanted] = [new AbortController(), new AbortController()];
  const slow = fetch.during(given.signal, () => first.arrival);
  expect(fetch.isUnderWay).toBe(true);
  given.abort();
  expect(fetch.isUnderWay).toBe(false);
  const quick = fetch.during(wanted.signal, () => second.arrival);
  first.comes();
  await slow;
  expect(fetch.isUnderWay).toBe(true);
  second.comes();
  await quick;
  expect(fetch.isUnderWay).toBe(false);
  expect(seen).toEqual([true, false, true, false]);
});

it('is over when what was asked for is refused', async () => {
  const fetch = new MatchFetch(() => {});
  const refused = fetch.during(new AbortController().signal, () => Promise.reject(new Error('It is gone.')));
  await expect(refused).rejects.toThrow('It is gone.');
  expect(fetch.isUnderWay).toBe(false);
});
