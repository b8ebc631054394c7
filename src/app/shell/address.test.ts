import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { pageState } from '../../ui/testing/test-state';
import { ourGames } from '../games/our-games';
import { Address } from './address';
import { PageStore } from './page-store';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A window whose address may be changed so many times. */
function windowThatTakes(changes: number) {
  const location = { hash: '' };
  let left = changes;
  const replaceState = (_data: unknown, _unused: string, hash: string) => {
    if (left === 0)
      throw new DOMException('Attempt to use history.replaceState() too often', 'SecurityError');
    left -= 1;
    location.hash = hash;
  };
  const window = { location, history: { replaceState } } as unknown as Window;
  return {
    window,
    location,
    allow: (more: number) => {
      left = more;
    },
  };
}

it('where the browser takes no more changes of the address, the newest follows once it does', () => {
  const { window, location, allow } = windowThatTakes(1);
  const { runs, front, ...shell } = pageState();
  const view = runs[front];
  if (view === undefined) throw new Error('There is no run in front.');
  const store = new PageStore(shell, view);
  const following = new Address(window, ourGames).follow(store);
  const first = location.hash;
  expect(first).not.toBe('');
  for (const seed of [11, 12, 13]) {
    const { hyperparameters } = store.state;
    store.patchRun(front, { hyperparameters: { ...hyperparameters, seed } });
  }
  vi.advanceTimersByTime(20_000);
  expect(location.hash).toBe(first);
  allow(1);
  vi.advanceTimersByTime(20_000);
  expect(location.hash).toContain('seed=13');
  following.unsubscribe();
});
