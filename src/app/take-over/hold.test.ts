import { expect, it } from 'vitest';
import { againMs, countdownMs, type Hold, held } from './hold';

it('counts down while the agent plays, then times a person from their first tick to the episode’s end', () => {
  let hold: Hold = { phase: 'countdown', leftMs: countdownMs };
  let startTicks = 0;
  let before = 0;
  const ended: number[] = [];
  const at = (elapsedMs: number, episodeTicks: number) => {
    const was = hold.phase;
    const next = held(hold, startTicks, before, { elapsedMs, episodeTicks });
    if (was === 'countdown' && next.hold.phase === 'playing') startTicks = episodeTicks;
    ({ hold } = next);
    before = episodeTicks;
    if (next.endedTicks !== null) ended.push(next.endedTicks);
  };
  at(1_000, 50);
  expect(hold).toEqual({ phase: 'countdown', leftMs: 2_000 });
  // The agent falls meanwhile: that is nobody's try.
  at(1_000, 3);
  expect(ended).toEqual([]);
  at(1_000, 53);
  expect(hold).toEqual({ phase: 'playing', heldTicks: 0 });
  at(500, 83);
  expect(hold).toEqual({ phase: 'playing', heldTicks: 30 });
  at(16, 0);
  expect(ended).toEqual([30]);
  expect(hold).toEqual({ phase: 'countdown', leftMs: againMs });
});
