import { Subject } from 'rxjs';
import { afterEach, expect, it } from 'vitest';
import { newRunId } from '../../storage/run-id';
import { openPage } from '../testing/open-page';
import { againMs, countdownMs } from './hold';
import { TakeOver } from './take-over';

const databases: string[] = [];
afterEach(() => {
  for (const name of databases.splice(0)) indexedDB.deleteDatabase(name);
});

/** A page on which a person takes the first arena over; ticks and frames come when a test says so. */
async function setUp() {
  const name = `take-over-${newRunId()}`;
  databases.push(name);
  const page = await openPage(name);
  await page.visit();
  const { store, storage, desk } = page;
  const frames$ = new Subject<number>();
  const takeOver = new TakeOver({ store, storage, desk, frames$ });
  const { session } = desk;
  if (session === null) throw new Error('No run has begun.');
  const { environment } = session.arenas.driver;
  let nowMs = 0;
  /** So much time in frames of a fiftieth of a second, each a tick in which the arena is steered. */
  const play = (durationMs: number) => {
    for (const endMs = nowMs + durationMs; nowMs < endMs; ) {
      nowMs += 20;
      // To and fro, which holds the pole for a while.
      environment.applyAction(0, Float32Array.of((nowMs / 20) % 2));
      environment.tick();
      frames$.next(nowMs);
    }
  };
  const ticks = () => environment.episodeTicks[0] ?? 0;
  const shown = () => store.state.takeOver;
  store.patchRun(store.state.front, { focusPlayer: 'person', running: true });
  return { page, takeOver, play, ticks, shown };
}

it('counts down while the agent plays, then gives the person an episode from its start, each time', async () => {
  const { takeOver, play, ticks, shown } = await setUp();
  play(200);
  expect(shown()?.countdownMs).toBeGreaterThan(0);
  expect(shown()?.heldSeconds).toBeNull();
  for (const waitMs of [countdownMs, againMs]) {
    let before = 0;
    for (let waited = 0; (shown()?.countdownMs ?? 0) > 0 && waited <= waitMs; waited += 20) {
      before = ticks();
      play(20);
    }
    expect(shown()?.countdownMs).toBe(0);
    // Whatever the agent had come to.
    expect(before).toBeGreaterThan(0);
    expect(ticks()).toBe(0);
    play(100);
    expect(shown()?.heldSeconds).toBeCloseTo(0.1, 5);
    // It falls in the end.
    for (let waited = 0; shown()?.countdownMs === 0 && waited < 10_000; waited += 20) play(20);
    expect(shown()?.bestSeconds).toBeGreaterThan(0.1);
  }
  takeOver.dispose();
});

it('is over as soon as the arena is handed back', async () => {
  const { page, takeOver, play, shown } = await setUp();
  play(200);
  page.store.patchRun(page.store.state.front, { focusPlayer: 'newest' });
  play(20);
  expect(shown()).toBeNull();
  takeOver.dispose();
});
