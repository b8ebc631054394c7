import { blockRows } from '../graph/plan';
import type { Board, Wave } from './board';
import type { ShardStart } from './shard';
import { type LedWork, leadWave } from './wave';

/** Threads besides the one that learns: workers on a page. */
export interface ShardThreads {
  /** How many there are; 0 once they were given up. */
  readonly count: number;
  /** Each takes shares of another trainer's minibatches, as soon as the one before is done with. */
  join(start: ShardStart): void;
  /** One of them holds up what the others wait for: none is asked any more. */
  giveUp(): void;
}

/** Another thread claimed a share and did not come to its end. */
export class ShardLost extends Error {
  constructor() {
    super('A thread that shares in the gradient does not answer.');
    this.name = 'ShardLost';
  }
}

/** Nothing that is claimed takes so long, whatever else the machine does. */
const longestShareMs = 5_000;

/** Blocks for each thread: so many that one that is held up leaves the others something to do. */
const blocksPerThread = 4;
const fewestBlockRows = 16;

/** Multiplications and additions of a minibatch below which waking others costs more than they bring. */
const fewestOperations = 1e7;

/** Whether so many multiplications and additions at once may be quicker shared than alone. */
export function isWorthSharing(operations: number): boolean {
  return operations >= fewestOperations;
}

/** A trainer and the threads that share in its minibatches. The threads are asked to join with its first wave. */
export class Team {
  private readonly threads: ShardThreads;
  private readonly start: Omit<ShardStart, 'board'>;
  private readonly board: Board;
  private readonly rowOperations: number;
  private readonly patienceMs: number;
  private hasJoined = false;

  /**
   * @param rowOperations of one row's way forward and back.
   * @param patienceMs after which a thread that does not come to an end counts as lost.
   */
  constructor(
    threads: ShardThreads,
    start: Omit<ShardStart, 'board'>,
    board: Board,
    rowOperations: number,
    patienceMs: number = longestShareMs,
  ) {
    this.threads = threads;
    this.start = start;
    this.rowOperations = rowOperations;
    this.patienceMs = patienceMs;
    this.board = board;
  }

  /** Rows that one wave can have. */
  get mostRows(): number {
    return this.start.blocks * blockRows;
  }

  /** Whether so many rows are quicker shared than alone. */
  isWorthwhile(rows: number): boolean {
    return this.threads.count > 0 && isWorthSharing(rows * this.rowOperations);
  }

  /** Begins a wave of so many rows: no more than there is room for. */
  open(rows: number): Wave {
    if (!this.hasJoined) {
      this.hasJoined = true;
      this.threads.join({ ...this.start, board: this.board.buffer });
    }
    const { blocks } = this.start;
    const wished = Math.min(blocks, blocksPerThread * (1 + this.threads.count));
    const evenRows = 4 * Math.ceil(rows / wished / 4);
    return this.board.open(rows, Math.min(blockRows, Math.max(fewestBlockRows, evenRows)));
  }

  /** @throws ShardLost where one of the threads does not come to an end. */
  lead(wave: Wave, work: LedWork): void {
    leadWave(this.board, wave, work, (progress) => {
      if (!this.board.change(progress, this.patienceMs)) throw new ShardLost();
    });
  }

  /** A thread is lost: from now on every trainer does without. */
  giveUp(): void {
    this.threads.giveUp();
    this.close();
  }

  /** The trainer needs nobody any more. */
  close(): void {
    this.board.close();
  }
}
