import { describe, expect, it } from 'vitest';
import { type Hyperparameters, type Policy, sb3Hyperparameters } from '../contract';
import { Casting, opponentName } from './casting';
import { idlePlayers, duelSpec as spec } from './testing/duel';

const settings: Hyperparameters = { ...sb3Hyperparameters, arenas: 4 };
const origin = { seed: 9, generation: 0, firstArena: 0 };
const scripted = idlePlayers('bot-a', 'bot-b');
const past = (version: number): Policy => ({
  version,
  parameters: new Float32Array(1),
  observations: null,
});

/** Who was met how often in arena 0 over `episodes`, and how often the learner sat on the right then. */
function tally(casting: Casting, episodes: number): { met: Record<string, number>; right: number } {
  const met: Record<string, number> = {};
  let right = 0;
  for (let episode = 0; episode < episodes; episode++) {
    casting.recast(0);
    const opponent = casting.opponent(0);
    const name = opponent.kind === 'past' ? `past ${opponent.policy.version}` : opponentName(opponent);
    met[name] = (met[name] ?? 0) + 1;
    if (opponent.kind !== 'self' && casting.isOwn(1)) right++;
  }
  return { met, right };
}

describe('casting', () => {
  it('draws opponents by their shares, and each of a kind alike', () => {
    const shares = { selfShare: 0.5, pastShare: 0.3, scriptedShare: 0.2 };
    const casting = new Casting(
      spec,
      { ...settings, ...shares },
      { past: [past(1), past(2)], scripted },
      origin,
    );
    const { met, right } = tally(casting, 10_000);
    // 5,000 ± 50 against itself, 1,500 ± 36 against each past policy, 1,000 ± 30 against each bot: five deviations.
    expect(Math.abs(met['self']! - 5000)).toBeLessThan(250);
    for (const name of ['past 1', 'past 2']) expect(Math.abs(met[name]! - 1500)).toBeLessThan(180);
    for (const name of ['bot-a', 'bot-b']) expect(Math.abs(met[name]! - 1000)).toBeLessThan(150);
    expect(Math.abs(right - 2500)).toBeLessThan(250);
  });

  it('gives the learner both seats against itself and one seat against anybody else', () => {
    const alone = new Casting(
      spec,
      { ...settings, pastShare: 0, scriptedShare: 0 },
      { past: [], scripted },
      origin,
    );
    expect([0, 1].map((agent) => alone.isOwn(agent))).toEqual([true, true]);
    const others = new Casting(spec, { ...settings, selfShare: 0 }, { past: [], scripted }, origin);
    for (let arena = 0; arena < 4; arena++) {
      const seats = [2 * arena, 2 * arena + 1].filter((agent) => others.isOwn(agent));
      expect(seats).toHaveLength(1);
    }
  });

  it('leaves the learner to itself where nobody else is there, whatever the shares', () => {
    const casting = new Casting(spec, { ...settings, selfShare: 0 }, { past: [], scripted: [] }, origin);
    expect(Object.keys(tally(casting, 100).met)).toEqual(['self']);
  });

  it('keeps the newest past policies, as many as the window holds', () => {
    const shares = { selfShare: 0, pastShare: 1, scriptedShare: 0, pastWindow: 2 };
    const casting = new Casting(spec, { ...settings, ...shares }, { past: [past(1)], scripted }, origin);
    casting.addPast(past(2));
    casting.addPast(past(3));
    expect(Object.keys(tally(casting, 200).met).sort()).toEqual(['past 2', 'past 3']);
    casting.setSettings({ ...settings, ...shares, pastWindow: 1 });
    expect(Object.keys(tally(casting, 200).met)).toEqual(['past 3']);
  });

  it('draws an arena’s parts the same whichever share of the arenas it is in', () => {
    const opponents = { past: [past(1)], scripted };
    const whole = new Casting(spec, settings, opponents, origin);
    const second = new Casting(spec, { ...settings, arenas: 2 }, opponents, { ...origin, firstArena: 2 });
    for (let episode = 0; episode < 50; episode++) {
      for (const arena of [0, 1]) {
        expect(opponentName(second.opponent(arena))).toBe(opponentName(whole.opponent(2 + arena)));
        expect(second.isOwn(2 * arena)).toBe(whole.isOwn(2 * (2 + arena)));
        whole.recast(2 + arena);
        second.recast(arena);
      }
    }
  });
});
