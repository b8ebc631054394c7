import { SeededRandom } from './seeded-random';

/** What a run draws chance for. The numbers enter the derivation, so they stay as they are. */
const purposes = {
  /** A new policy's weights. */
  weights: 1,
  /** The order in which steps are learned from. */
  shuffling: 2,
  /** How episodes begin, and whatever else a simulation draws. */
  worlds: 3,
  /** Which of its actions a policy takes. */
  actions: 4,
  /** Who meets whom. */
  casting: 5,
  /** What scripted players do while they are learned from. */
  scripted: 6,
  /** What scripted players do in a match. */
  matches: 7,
} as const;

export type StreamPurpose = keyof typeof purposes;

/** Names one stream of chance. */
export interface StreamName {
  /** The run's, or the match's: a whole number. */
  readonly seed: number;
  /** Decisions that the run had taken when it began or went on, so that it never draws again what it drew before. */
  readonly generation?: number;
  readonly purpose: StreamPurpose;
  /** Which of the run's arenas it is for. */
  readonly arena?: number;
  readonly seat?: number;
}

/**
 * The generator of one stream: the only place where chance is derived from a seed. Its state is a hash of the whole
 * name, so streams of other names, such as those of the neighbouring seed or arena, have nothing in common with it.
 */
export function stream({ seed, generation = 0, purpose, arena = 0, seat = 0 }: StreamName): SeededRandom {
  const words = [...halves(seed), ...halves(generation), purposes[purpose], arena, seat];
  return SeededRandom.fromState(hashed(words));
}

/** Some of a run's arenas, from a moment on at which they were set up: what their streams have in common. */
export interface ArenaOrigin {
  readonly seed: number;
  /** As in `StreamName`. */
  readonly generation: number;
  /** Which of the run's arenas is the first of them. */
  readonly firstArena: number;
}

/** The generator for one of an origin's arenas, counted from its first. */
export function arenaStream(
  { seed, generation, firstArena }: ArenaOrigin,
  purpose: StreamPurpose,
  arena: number,
  seat = 0,
): SeededRandom {
  return stream({ seed, generation, purpose, arena: firstArena + arena, seat });
}

/** A whole number up to 2^53 as two of 32 bits. */
function halves(value: number): [low: number, high: number] {
  return [value | 0, Math.floor(value / 2 ** 32) | 0];
}

/** Mixes after each word; every bit of it then reaches every bit of the state. */
const roundsPerWord = 4;

/**
 * Four int32 numbers that hang on every bit of `words`. Each word is added to a state of 128 bits that is then mixed by
 * the quarter round of ChaCha (Bernstein, 2008), which can be undone: of as many words, no two sequences lead to one
 * state but by a chance of 2^−96.
 */
function hashed(words: readonly number[]): number[] {
  // Fractional bits of the square roots of 2, 3, 5 and 7: any numbers but zeros would do.
  let [a, b, c, d] = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a];
  for (const word of words) {
    a ^= word;
    for (let round = 0; round < roundsPerWord; round++) {
      a = (a + b) | 0;
      d = rotated(d ^ a, 16);
      c = (c + d) | 0;
      b = rotated(b ^ c, 12);
      a = (a + b) | 0;
      d = rotated(d ^ a, 8);
      c = (c + d) | 0;
      b = rotated(b ^ c, 7);
    }
  }
  return [a, b, c, d];
}

function rotated(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
