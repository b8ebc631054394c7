import { framesCompared, RedrawPace } from './redraw-pace';

const longestFramesMs = 2_000;

/**
 * Draws the page's figures together, all in one frame, at a pace that the page's frames can bear. What a person does is
 * not drawn by it, but at once.
 */
export class RedrawBeat {
  private readonly pace = new RedrawPace();
  private readonly wanted = new Set<() => void>();
  private isUnderWay = false;
  private readonly ending = new AbortController();

  /** Calls `draw` in the next redraw; once, however often it is asked for until then. */
  request(draw: () => void): void {
    this.wanted.add(draw);
    if (!this.isUnderWay) void this.redraw();
  }

  dispose(): void {
    this.ending.abort();
  }

  private async redraw(): Promise<void> {
    this.isUnderWay = true;
    while (this.wanted.size > 0) {
      await sleep(this.pace.waitMs(performance.now()));
      const beforeMs = await nextFrame();
      const drawnMs = await afterFrames();
      if (this.ending.signal.aborted) return;
      const draws = [...this.wanted];
      this.wanted.clear();
      for (const draw of draws) attempt(draw);
      const afterMs = (await afterFrames()) - drawnMs;
      // Frames stand still while the page is hidden, which is nobody's fault.
      const wasHidden = afterMs > longestFramesMs;
      this.pace.judge(drawnMs, drawnMs - beforeMs, wasHidden ? 0 : afterMs);
    }
    this.isUnderWay = false;
  }
}

/** A figure that cannot be drawn is told of like any other mistake, and the others go on. */
function attempt(draw: () => void): void {
  try {
    draw();
  } catch (error) {
    reportError(error);
  }
}

const sleep = (durationMs: number) => new Promise((resolve) => setTimeout(resolve, durationMs));

/** Resolves within the next frame, to its time. */
const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));

async function afterFrames(): Promise<number> {
  let timeMs = 0;
  for (let frame = 0; frame < framesCompared; frame++) timeMs = await nextFrame();
  return timeMs;
}
