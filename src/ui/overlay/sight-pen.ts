import type { PictureFrame, SensedPoint, SensePen, SenseTone } from '../../contract';
import type { Box } from './box';

/**
 * What stands somewhere in a game is seldom larger than so much of its picture's shorter side, to each side of its middle;
 * and is still made out where so much of that is in sight.
 */
const reachShares = { whole: 0.09, middle: 0.05 } as const;

/** Draws nothing, and notes where what is sensed lies: places, and what moves. */
export class SightPen implements SensePen {
  private readonly frame: PictureFrame;
  private readonly reachPx: number;
  private readonly noted: Box[] = [];

  /** @param within the picture in which `frame` lies. @param reach how much around a place is noted. */
  constructor(
    frame: PictureFrame,
    { widthPx, heightPx }: Pick<Box, 'widthPx' | 'heightPx'>,
    reach: keyof typeof reachShares,
  ) {
    this.frame = frame;
    this.reachPx = reachShares[reach] * Math.min(widthPx, heightPx);
  }

  /** In CSS pixels. */
  get boxes(): readonly Box[] {
    return this.noted;
  }

  note([x, y]: SensedPoint): void {
    const { originXPx, originYPx, unitPx, isDownwards = false } = this.frame;
    const { reachPx } = this;
    this.noted.push({
      xPx: originXPx + x * unitPx - reachPx,
      yPx: originYPx + (isDownwards ? y : -y) * unitPx - reachPx,
      widthPx: 2 * reachPx,
      heightPx: 2 * reachPx,
    });
  }

  dot(at: SensedPoint, tone: SenseTone): void {
    if (tone === 'place') this.note(at);
  }

  arrow(from: SensedPoint): void {
    this.note(from);
  }

  line(): void {}
  arc(): void {}
  label(): void {}
}
