import { describe, expect, it } from 'vitest';
import { court } from './court';
import { viewOf, xPxOf, yPxOf } from './scene-view';

const rectangles = [
  [1260, 780],
  [824, 370],
  [690, 580],
  [374, 260],
  [370, 824],
  [84, 66],
] as const;

describe('viewOf', () => {
  it.each(rectangles)('shows both walls, the net and a player’s jump in %i × %i', (widthPx, heightPx) => {
    const rectangle = { xPx: 10, yPx: 20, widthPx, heightPx };
    const view = viewOf(rectangle);
    expect(xPxOf(view, -court.halfWidth)).toBeGreaterThan(10);
    expect(xPxOf(view, court.halfWidth)).toBeLessThan(10 + widthPx);
    expect(xPxOf(view, 0)).toBe(10 + widthPx / 2);
    // A serve hangs at 3.9 m; there is sky above it.
    expect(yPxOf(view, 3.9 + court.ballRadius)).toBeGreaterThan(20);
    expect(view.backYPx).toBeLessThan(view.floorYPx);
    expect(view.floorYPx).toBeLessThan(20 + heightPx);
  });

  it('fills the width where the rectangle is high enough', () => {
    const view = viewOf({ xPx: 0, yPx: 0, widthPx: 530, heightPx: 500 });
    // 10.6 m with the sand beyond the walls: 50 px a metre.
    expect(view.metrePx).toBeCloseTo(50, 9);
    expect(xPxOf(view, 2)).toBeCloseTo(365, 9);
    expect(yPxOf(view, 1)).toBeCloseTo(view.floorYPx - 50, 9);
  });

  it('leaves a tall view’s lower part to the floor, where thumbs are', () => {
    const view = viewOf({ xPx: 0, yPx: 0, widthPx: 370, heightPx: 824 });
    expect((824 - view.floorYPx) / 824).toBeGreaterThan(0.3);
  });
});
