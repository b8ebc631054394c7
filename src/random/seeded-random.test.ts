import { describe, expect, it } from 'vitest';
import { SeededRandom } from './seeded-random';

describe('SeededRandom', () => {
  it('goes on from a saved state exactly as it would have', () => {
    const random = SeededRandom.fromSeed(7);
    for (let draw = 0; draw < 100; draw++) random.normal();
    const copy = SeededRandom.fromState(random.state());
    for (let draw = 0; draw < 100; draw++) expect(copy.normal()).toBe(random.normal());
  });

  it('gives neighbouring seeds unrelated first draws', () => {
    const draws = Array.from({ length: 1000 }, (_, seed) => SeededRandom.fromSeed(seed).uniform());
    const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
    let covariance = 0;
    for (let i = 1; i < draws.length; i++) covariance += (draws[i]! - mean) * (draws[i - 1]! - mean);
    // The correlation of 1,000 independent pairs has a standard deviation of 0.032.
    expect(Math.abs(covariance / draws.length / (1 / 12))).toBeLessThan(0.13);
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.04);
  });

  it('draws normal deviates with mean 0 and variance 1', () => {
    const random = SeededRandom.fromSeed(3);
    let sum = 0;
    let squares = 0;
    const count = 50_000;
    for (let draw = 0; draw < count; draw++) {
      const deviate = random.normal();
      sum += deviate;
      squares += deviate * deviate;
    }
    expect(Math.abs(sum / count)).toBeLessThan(0.02);
    expect(Math.abs(squares / count - 1)).toBeLessThan(0.03);
  });

  it('shuffles every item into every place equally often', () => {
    const random = SeededRandom.fromSeed(11);
    const counts = new Int32Array(16);
    for (let trial = 0; trial < 8000; trial++) {
      const items = Int32Array.of(0, 1, 2, 3);
      random.shuffle(items);
      items.forEach((item, place) => {
        counts[4 * item + place]! += 1;
      });
    }
    // 2,000 expected in each of 16 cells; five standard deviations are 194.
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(194);
  });
});
