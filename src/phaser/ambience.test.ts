import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../random/seeded-random';
import { Ambience } from './ambience';

const ambience = () => new Ambience(SeededRandom.fromSeed(3));

describe('while a game is stepped', () => {
  it('time and chance are its own, and afterwards the realm’s again, whatever it throws', () => {
    const own = ambience();
    const read = () => [Date.now(), performance.now(), Math.random()];
    const [first, second] = [own.run(1_000, read), own.run(1_000, read)];
    // 2020 began 1,577,836,800 s after 1970.
    expect(first.slice(0, 2)).toEqual([1_577_836_801_000, 1_000]);
    expect(second.slice(0, 2)).toEqual(first.slice(0, 2));
    expect(second[2]).not.toBe(first[2]);
    expect(ambience().run(5, () => Math.random())).toBe(first[2]);

    expect(() =>
      own.run(2_000, () => {
        throw new Error('a mistake');
      }),
    ).toThrow('a mistake');
    expect(Date.now()).toBeGreaterThan(1_700_000_000_000);
    expect(performance.now()).not.toBe(2_000);
    expect(Math.random()).not.toBe(Math.random());
  });

  it('timers go by its time, in order, and not by themselves', async () => {
    const own = ambience();
    const rung: string[] = [];
    own.run(0, () => {
      setTimeout(() => rung.push('late'), 30);
      setTimeout((what: string) => rung.push(what), 20, 'early');
      const again = setInterval(() => {
        rung.push('again');
        if (rung.length > 3) clearInterval(again);
      }, 20);
      clearTimeout(setTimeout(() => rung.push('never'), 1));
      requestAnimationFrame((nowMs) => rung.push(`frame at ${nowMs}`));
    });
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(rung).toEqual([]);
    for (const nowMs of [10, 20, 30, 40, 50, 60, 70]) own.run(nowMs, () => own.runTimers());
    expect(rung).toEqual(['frame at 10', 'early', 'again', 'late', 'again']);
  });

  it('timers of an episode end with it, and those of the realm go on', async () => {
    const own = ambience();
    const rung: string[] = [];
    const real = new Promise<void>((resolve) => setTimeout(resolve, 5));
    own.run(0, () => setTimeout(() => rung.push('old'), 10));
    own.clearTimers();
    own.run(100, () => own.runTimers());
    await real;
    expect(rung).toEqual([]);
  });
});
