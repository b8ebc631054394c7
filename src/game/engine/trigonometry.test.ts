import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../random/seeded-random';
import { hashBytes } from './state-hash';
import { cosine, flooredModulo, pi, sine, twoPi, wrapAngle } from './trigonometry';

function worst(own: (x: number) => number, theirs: (x: number) => number, range: number): number {
  const random = SeededRandom.fromSeed(1);
  let error = 0;
  for (let i = 0; i < 100_000; i++) {
    const x = (2 * random.uniform() - 1) * range;
    error = Math.max(error, Math.abs(own(x) - theirs(x)));
  }
  return error;
}

/** The 64 bits of a number, as hexadecimal digits. */
function bits(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16).padStart(16, '0');
}

describe('sine and cosine', () => {
  it('equal the engine’s within 3e-16 up to 100 radians', () => {
    expect(worst(sine, Math.sin, 100)).toBeLessThan(3e-16);
    expect(worst(cosine, Math.cos, 100)).toBeLessThan(3e-16);
  });

  it('equal the engine’s within 3e-16 up to a million radians', () => {
    expect(worst(sine, Math.sin, 1e6)).toBeLessThan(3e-16);
    expect(worst(cosine, Math.cos, 1e6)).toBeLessThan(3e-16);
  });

  it('stay in [−1, 1] for any finite angle and are NaN for others', () => {
    for (let exponent = -300; exponent <= 300; exponent++) {
      for (const sign of [-1, 1]) {
        const angle = sign * 1.7 * 10 ** exponent;
        expect(Math.abs(sine(angle))).toBeLessThanOrEqual(1);
        expect(Math.abs(cosine(angle))).toBeLessThanOrEqual(1);
      }
    }
    for (const angle of [Number.NaN, Infinity, -Infinity]) {
      expect(sine(angle)).toBeNaN();
      expect(cosine(angle)).toBeNaN();
    }
  });

  it('are odd and even to the last bit', () => {
    const random = SeededRandom.fromSeed(2);
    for (let i = 0; i < 10_000; i++) {
      const x = random.uniform() * 100;
      expect(sine(-x)).toBe(-sine(x));
      expect(cosine(-x)).toBe(cosine(x));
    }
  });

  it('give the bits they always gave', () => {
    const angles = [0, 0.05, pi / 6, pi / 4, 1, pi / 2, 2, 3, pi, 5, twoPi, -7.5, 99.9, 123456.789];
    expect(angles.map((angle) => bits(sine(angle)))).toEqual(goldenSines);
    expect(angles.map((angle) => bits(cosine(angle)))).toEqual(goldenCosines);
    const values = new Float64Array(20_001);
    for (let i = 0; i < values.length; i++) values[i] = sine((i - 10_000) / 100) + cosine((i - 10_000) / 77);
    expect(hashBytes(values)).toBe(goldenHash);
  });
});

describe('wrapAngle', () => {
  it('floors, where JavaScript’s remainder truncates', () => {
    expect(flooredModulo(7, 3)).toBe(1);
    expect(flooredModulo(-7, 3)).toBe(2);
    expect(flooredModulo(-6, 3) + 0).toBe(0);
  });

  it('keeps the angle in [−π, π) and its sine', () => {
    // −3.5 + 2π = 2.7831853…
    expect(wrapAngle(-3.5)).toBeCloseTo(2.783185307179586, 14);
    expect(wrapAngle(3.5)).toBeCloseTo(-2.783185307179586, 14);
    expect(wrapAngle(pi)).toBe(-pi);
    expect(wrapAngle(0)).toBe(0);
    const random = SeededRandom.fromSeed(3);
    for (let i = 0; i < 10_000; i++) {
      const angle = (2 * random.uniform() - 1) * 100;
      const wrapped = wrapAngle(angle);
      expect(wrapped).toBeGreaterThanOrEqual(-pi);
      expect(wrapped).toBeLessThan(pi);
      expect(Math.abs(Math.sin(wrapped) - Math.sin(angle))).toBeLessThan(1e-13);
    }
  });
});

const goldenSines = [
  '0000000000000000',
  '3fa996dea2ff643c',
  '3fdfffffffffffff',
  '3fe6a09e667f3bcc',
  '3feaed548f090cee',
  '3ff0000000000000',
  '3fed18f6ead1b446',
  '3fc210386db6d55b',
  '3ca1a62633145c07',
  'bfeeaf81f5e09933',
  'bcb1a62633145c07',
  'bfee041886fcae30',
  'bfe2e0a8a27f4fa6',
  'bfeff50e60ab53f9',
];
const goldenCosines = [
  '3ff0000000000000',
  '3feff5c31b289258',
  '3febb67ae8584cab',
  '3fe6a09e667f3bcd',
  '3fe14a280fb5068c',
  '3c91a62633145c07',
  'bfdaa22657537205',
  'bfefae04be85e5d2',
  'bff0000000000000',
  '3fd22785706b4ada',
  '3ff0000000000000',
  '3fd62f45e66f5c2f',
  '3fe9d6b389f621cd',
  '3faa74d27c41b22a',
];
const goldenHash = 0x673441b3;
