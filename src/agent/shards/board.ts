/**
 * What threads that compute a minibatch together agree by: a few numbers in memory that they share. Rows are cut into
 * blocks, and the gradient into slices; who is free claims the next one, whoever it is, so that a thread that is late,
 * or never comes, only leaves more to the others.
 *
 * A *wave* is so many rows as are taken at once. Claims are counted in one number with the wave's own, so that a thread
 * that was held up since an earlier wave can claim nothing of this one by mistake.
 */

/** Where each number lies; flags of blocks follow. */
const words = {
  wave: 0,
  rows: 1,
  blockRows: 2,
  forward: 3,
  losses: 4,
  backward: 5,
  backwardDone: 6,
  slice: 7,
  slicesDone: 8,
  /** Moves with everything that somebody may wait for. */
  progress: 9,
  sleepers: 10,
  closed: 11,
  gathered: 12,
  flags: 13,
} as const;

/** Blocks, or slices, of one wave at most; a claim is one of these and the wave's number above it. */
const claimBits = 11;
export const mostClaims = 2 ** claimBits - 1;
const waveNumbers = 2 ** (31 - claimBits);

/** Looks at the board so often before it sleeps: some 50 µs, less than it takes to be woken twice. */
const looksBeforeSleep = 20_000;

/** So many rows as are taken at once. */
export interface Wave {
  readonly number: number;
  readonly rows: number;
  /** In each block but the last. */
  readonly blockRows: number;
  readonly blocks: number;
}

/** What is shared out. */
export type Share = 'forward' | 'backward' | 'slice';

export class Board {
  readonly buffer: SharedArrayBuffer;
  /** Of the gradient. */
  readonly slices: number;
  private readonly words: Int32Array<SharedArrayBuffer>;
  private known: Wave = { number: 0, rows: 0, blockRows: 1, blocks: 0 };

  /** @param buffer that another thread's board lies in. */
  constructor(buffer: SharedArrayBuffer, slices: number) {
    this.buffer = buffer;
    this.slices = slices;
    this.words = new Int32Array(buffer);
  }

  /** @param blocks of one wave at most. */
  static create(blocks: number, slices: number): Board {
    const bytes = (words.flags + blocks) * Int32Array.BYTES_PER_ELEMENT;
    return new Board(new SharedArrayBuffer(bytes), slices);
  }

  /** Begins a wave; the one before must be complete. For the thread that leads. */
  open(rows: number, blockRows: number): Wave {
    const number = (Atomics.load(this.words, words.wave) % (waveNumbers - 1)) + 1;
    // In this order: who still looks at the wave before must not find anything to claim in it by numbers of this one.
    for (const word of [words.forward, words.backward, words.slice]) this.store(word, number << claimBits);
    for (const word of [words.gathered, words.losses, words.backwardDone, words.slicesDone])
      this.store(word, 0);
    for (let word: number = words.flags; word < this.words.length; word++) this.store(word, 0);
    this.store(words.rows, rows);
    this.store(words.blockRows, blockRows);
    this.store(words.wave, number);
    this.advance();
    return this.wave();
  }

  /** The wave that was begun last; there are no blocks before the first. */
  wave(): Wave {
    const number = Atomics.load(this.words, words.wave);
    if (number !== this.known.number) {
      const rows = Atomics.load(this.words, words.rows);
      const blockRows = Atomics.load(this.words, words.blockRows);
      this.known = { number, rows, blockRows, blocks: Math.ceil(rows / blockRows) };
    }
    return this.known;
  }

  /** @returns what is the caller's to do, of those before `limit`; null where there is none. */
  claim(share: Share, { number }: Wave, limit: number): number | null {
    const word = words[share];
    for (;;) {
      const claimed = Atomics.load(this.words, word);
      const index = claimed - (number << claimBits);
      if (index < 0 || index >= limit) return null;
      if (Atomics.compareExchange(this.words, word, claimed, claimed + 1) === claimed) return index;
    }
  }

  /** The observations of one more block are there. Blocks come in order. */
  gatherDone(): void {
    this.count(words.gathered);
  }

  /** Blocks whose observations are there. */
  get gathered(): number {
    return Atomics.load(this.words, words.gathered);
  }

  /** The outputs of a block are there. */
  forwardDone(block: number): void {
    this.count(words.flags + block);
  }

  isForwardDone(block: number): boolean {
    return Atomics.load(this.words, words.flags + block) > 0;
  }

  /** The slopes at the outputs of one more block are there. Blocks come in order. */
  lossDone(): void {
    this.count(words.losses);
  }

  /** Blocks whose slopes at the outputs are there. */
  get losses(): number {
    return Atomics.load(this.words, words.losses);
  }

  backwardDone(): void {
    this.count(words.backwardDone);
  }

  isBackwardComplete({ blocks }: Wave): boolean {
    return blocks > 0 && Atomics.load(this.words, words.backwardDone) === blocks;
  }

  sliceDone(): void {
    this.count(words.slicesDone);
  }

  /** Whether the gradient has everything of the wave. */
  get isComplete(): boolean {
    return Atomics.load(this.words, words.slicesDone) === this.slices;
  }

  /** Nothing more is to be done here. */
  close(): void {
    this.store(words.closed, 1);
    this.advance();
  }

  get isClosed(): boolean {
    return Atomics.load(this.words, words.closed) === 1;
  }

  /** To be read before looking for something to do, and handed to `change` where there was nothing. */
  get progress(): number {
    return Atomics.load(this.words, words.progress);
  }

  /**
   * Waits until something has changed since `progress` was read. Blocks the thread.
   *
   * @returns whether it has; false once the time is over.
   */
  change(progress: number, timeoutMs: number): boolean {
    for (let look = 0; look < looksBeforeSleep; look++) if (this.progress !== progress) return true;
    Atomics.add(this.words, words.sleepers, 1);
    const outcome = Atomics.wait(this.words, words.progress, progress, timeoutMs);
    Atomics.sub(this.words, words.sleepers, 1);
    return outcome !== 'timed-out';
  }

  private store(word: number, value: number): void {
    Atomics.store(this.words, word, value);
  }

  private count(word: number): void {
    Atomics.add(this.words, word, 1);
    this.advance();
  }

  private advance(): void {
    Atomics.add(this.words, words.progress, 1);
    if (Atomics.load(this.words, words.sleepers) > 0) Atomics.notify(this.words, words.progress);
  }
}
