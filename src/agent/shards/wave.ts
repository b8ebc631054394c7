import type { Board, Wave } from './board';

/** What any of the threads can do of a wave. */
export interface WaveWork {
  /** From the observations of a block to the graph's outputs. */
  readonly forward: (block: number, rows: number) => void;
  /** From the slopes at a block's outputs to all of its slopes. */
  readonly backward: (block: number, rows: number) => void;
  /** Adds what all blocks give to a slice of the gradient, block after block. */
  readonly accumulate: (slice: number, wave: Wave) => void;
}

/** What only the one that learns can do: it knows the batch and the loss. Blocks come in order. */
export interface LedWork extends WaveWork {
  /** Puts a block's observations in place. */
  readonly gather: (block: number, rows: number) => void;
  /** From a block's outputs to the slopes there. */
  readonly loss: (block: number, rows: number) => void;
}

/** Does one piece of a wave. @returns false where there is none to do now. */
export function takeOne(board: Board, wave: Wave, work: WaveWork): boolean {
  const backward = board.claim('backward', wave, board.losses);
  if (backward !== null) {
    work.backward(backward, rowsIn(wave, backward));
    board.backwardDone();
    return true;
  }
  const forward = board.claim('forward', wave, board.gathered);
  if (forward !== null) {
    work.forward(forward, rowsIn(wave, forward));
    board.forwardDone(forward);
    return true;
  }
  const slice = board.isBackwardComplete(wave) ? board.claim('slice', wave, board.slices) : null;
  if (slice === null) return false;
  work.accumulate(slice, wave);
  board.sliceDone();
  return true;
}

/**
 * Leads a wave: whatever nobody else takes is done here, so that it ends also where nobody comes.
 *
 * @param wait for something to change since the given progress; throws where nothing does.
 */
export function leadWave(board: Board, wave: Wave, work: LedWork, wait: (progress: number) => void): void {
  for (;;) {
    // First of all: what changes after this is read does not go unnoticed.
    const { progress } = board;
    if (board.isComplete) return;
    const { gathered, losses } = board;
    if (losses < wave.blocks && board.isForwardDone(losses)) {
      work.loss(losses, rowsIn(wave, losses));
      board.lossDone();
    } else if (gathered < wave.blocks) {
      work.gather(gathered, rowsIn(wave, gathered));
      board.gatherDone();
    } else if (!takeOne(board, wave, work)) wait(progress);
  }
}

/** How long a helper sleeps before it looks whether it is still needed. */
const longestSleepMs = 60_000;

/** Takes shares of every wave until the board is closed. Blocks the thread. */
export function helpOut(board: Board, work: WaveWork): void {
  for (;;) {
    const { progress } = board;
    if (board.isClosed) return;
    if (!takeOne(board, board.wave(), work)) board.change(progress, longestSleepMs);
  }
}

/** Rows of a block. */
export function rowsIn({ rows, blockRows }: Wave, block: number): number {
  return Math.min(blockRows, rows - block * blockRows);
}
