import { Subject } from 'rxjs';
import { afterEach, expect, it } from 'vitest';
import { newRunId } from '../../storage/run-id';
import { Choices } from '../shell/choices';
import { openPage } from '../testing/open-page';
import { againMs, countdownMs } from './hold';
import { TakeOver } from './take-over';

const databases: string[] = [];
afterEach(() => {
  for (const name of databases.splice(0)) indexedDB.deleteDatabase(name);
});

/** A page on which a person takes the first arena over; ticks and frames come when a test says so. */
async function setUp(game: 'balance' | 'swing' = 'balance') {
  const name = `take-over-${newRunId()}`;
  databases.push(name);
  const page = await openPage(name, undefined, game);
  await page.visit();
  const { store, storage, desk } = page;
  const choices = new Choices(storage.preferences);
  await choices.recall();
  const frames$ = new Subject<number>();
  const takeOver = new TakeOver({ store, choices, desk, frames$ });
  const { session } = desk;
  const arenas = session?.arenas ?? null;
  if (session === null || arenas === null) throw new Error('No run has begun.');
  const { environment } = arenas.driver;
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
  return { page, takeOver, play, ticks, shown, environment };
}

it('counts down while the agent plays, then gives the person an episode from its start, each time', async () => {
  const { takeOver, play, ticks, shown } = await setUp();
  play(200);
  expect(shown()?.countdownMs).toBeGreaterThan(0);
  expect(shown()?.present).toBeNull();
  for (const waitMs of [countdownMs, againMs]) {
    for (let waited = 0; (shown()?.countdownMs ?? 0) > 0 && waited <= waitMs; waited += 20) {
      play(20);
    }
    expect(shown()?.countdownMs).toBe(0);
    // Whatever the agent had come to.
    expect(ticks()).toBe(0);
    play(100);
    expect(shown()?.present).toBeCloseTo(0.1, 5);
    // It falls in the end.
    for (let waited = 0; shown()?.countdownMs === 0 && waited < 10_000; waited += 20) play(20);
    expect(shown()?.best).toBeGreaterThan(0.1);
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

it('where all episodes are equally long, counts the return of each, and keeps the best', async () => {
  const { page, takeOver, play, shown, environment } = await setUp('swing');
  const { spec } = environment;
  const returns: number[] = [];
  for (let waited = 0; returns.length < 2 && waited < 30_000; waited += 20) {
    const wasPlaying = shown()?.countdownMs === 0;
    environment.takeEndings();
    play(20);
    const ended = environment.takeEndings().find(({ arena }) => arena === 0);
    if (!wasPlaying || ended === undefined) continue;
    const weighed = spec.rewardTerms.map(
      ({ defaultWeight }, term) => defaultWeight * (ended.rewardTerms[term] ?? 0),
    );
    returns.push(weighed.reduce((sum, each) => sum + each, 0));
    expect(shown()?.present).toBeCloseTo(returns.at(-1) ?? 0, 6);
  }
  expect(returns).toHaveLength(2);
  expect(shown()?.best).toBeCloseTo(Math.max(...returns), 6);
  const kept = async () => (await page.storage.preferences.load()).value.bestReturn['swing'];
  await expect.poll(kept).toBeCloseTo(Math.max(...returns), 6);
  takeOver.dispose();
});
