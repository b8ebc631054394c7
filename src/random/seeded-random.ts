import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { JumpableRandomGenerator } from 'pure-rand/types/JumpableRandomGenerator';
import { skipN } from 'pure-rand/utils/skipN';

/** How many int32 numbers hold a generator's state. */
export const randomStateSize = 4;

/**
 * A seeded generator whose whole state is four int32 numbers, equal in every engine.
 * The only source of chance in simulations and agents.
 */
export class SeededRandom {
  private readonly generator: JumpableRandomGenerator;

  private constructor(generator: JumpableRandomGenerator) {
    this.generator = generator;
  }

  /** Neighbouring seeds give unrelated sequences. */
  static fromSeed(seed: number): SeededRandom {
    const generator = xoroshiro128plus(scrambled(seed));
    // The first outputs of a freshly seeded xoroshiro128+ still show the seed's bits.
    skipN(generator, 32);
    return new SeededRandom(generator);
  }

  /** Goes on where `state()` left off. */
  static fromState(state: ArrayLike<number>): SeededRandom {
    return new SeededRandom(xoroshiro128plusFromState(Array.from(state)));
  }

  /** The generator's state `[4]`, as plain data. */
  state(): readonly number[] {
    return this.generator.getState();
  }

  /** A number in [0, 1). */
  uniform(): number {
    return uniformFloat64(this.generator);
  }

  /** A whole number in [0, count). */
  below(count: number): number {
    return uniformInt(this.generator, 0, count - 1);
  }

  /**
   * A standard normal deviate, by the polar method (Marsaglia and Bray, 1964). The method's second deviate is not
   * kept, so that four numbers remain the whole state.
   */
  normal(): number {
    for (;;) {
      const x = 2 * this.uniform() - 1;
      const y = 2 * this.uniform() - 1;
      const squared = x * x + y * y;
      if (squared > 0 && squared < 1) return x * Math.sqrt((-2 * Math.log(squared)) / squared);
    }
  }

  /** Shuffles in place, every order equally likely (Fisher and Yates). */
  shuffle(items: Int32Array): void {
    for (let last = items.length - 1; last > 0; last--) {
      const other = this.below(last + 1);
      const kept = items[last]!;
      items[last] = items[other]!;
      items[other] = kept;
    }
  }
}

/** Spreads a seed's bits over 32 (the finalising step of MurmurHash3). */
function scrambled(seed: number): number {
  let bits = seed | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
