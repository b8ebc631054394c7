import { describe, expect, it } from 'vitest';
import { arenaAt, layoutArenas, type Rectangle } from './arena-layout';

const canvases = [
  [1280, 800],
  [900, 600],
  [560, 600],
  [390, 844],
  [374, 374],
  [320, 260],
] as const;

function overlap(a: Rectangle, b: Rectangle): boolean {
  return (
    a.xPx < b.xPx + b.widthPx - 1e-6 &&
    b.xPx < a.xPx + a.widthPx - 1e-6 &&
    a.yPx < b.yPx + b.heightPx - 1e-6 &&
    b.yPx < a.yPx + a.heightPx - 1e-6
  );
}

describe('layoutArenas', () => {
  it.each(canvases)('keeps all rectangles apart and inside %i × %i', (widthPx, heightPx) => {
    for (const arenas of [1, 2, 3, 16, 23, 64]) {
      for (const [aspect, focusAspect] of [
        [1, null],
        [1.35, null],
        [1.35, 1.5],
      ] as const) {
        const { focus, tiles } = layoutArenas(widthPx, heightPx, arenas, aspect, focusAspect);
        expect(tiles.length).toBe(arenas === 1 ? 0 : arenas);
        const all = [focus, ...tiles];
        all.forEach((a, i) => {
          expect(a.xPx).toBeGreaterThanOrEqual(0);
          expect(a.yPx).toBeGreaterThanOrEqual(0);
          expect(a.xPx + a.widthPx).toBeLessThanOrEqual(widthPx);
          expect(a.yPx + a.heightPx).toBeLessThanOrEqual(heightPx);
          for (const b of all.slice(i + 1)) expect(overlap(a, b)).toBe(false);
        });
      }
    }
  });

  it.each(canvases)('gives the focused arena most of %i × %i', (widthPx, heightPx) => {
    const { focus } = layoutArenas(widthPx, heightPx, 16, 1.35);
    expect((focus.widthPx * focus.heightPx) / (widthPx * heightPx)).toBeGreaterThan(0.5);
  });

  it('makes sixteen tiles large enough to be tapped on a phone', () => {
    const { tiles } = layoutArenas(374, 374, 16, 1);
    expect(tiles[0]?.widthPx).toBeGreaterThan(38);
  });

  it('puts tiles at the side of a wide canvas and below on a narrow one', () => {
    const wide = layoutArenas(900, 600, 16, 1);
    expect(wide.tiles[0]!.xPx).toBeGreaterThan(wide.focus.xPx + wide.focus.widthPx);
    const narrow = layoutArenas(390, 600, 16, 1);
    expect(narrow.tiles[0]!.yPx).toBeGreaterThan(narrow.focus.yPx + narrow.focus.heightPx);
  });

  it.each(canvases)(
    'shows a game that is wide at least as large on %i × %i as the usual rule does',
    (widthPx, heightPx) => {
      const focusAspect = 1.5;
      const seenHeight = ({ focus }: { focus: Rectangle }) =>
        Math.min(focus.heightPx, focus.widthPx / focusAspect);
      const chosen = seenHeight(layoutArenas(widthPx, heightPx, 32, 1.25, focusAspect));
      const usual = seenHeight(layoutArenas(widthPx, heightPx, 32, 1.25));
      expect(chosen).toBeGreaterThanOrEqual(usual);
    },
  );

  it('leaves a wide game no sky to look at in vain: tiles go below it on a window of usual shape', () => {
    const { focus, tiles } = layoutArenas(813, 577, 32, 1.25, 1.4);
    expect(focus.widthPx / focus.heightPx).toBeGreaterThan(1.4);
    expect(tiles[0]!.yPx).toBeGreaterThan(focus.yPx + focus.heightPx);
    expect(tiles[0]!.widthPx).toBeGreaterThan(40);
  });

  it('still gives rectangles for a canvas of no size', () => {
    const { focus, tiles } = layoutArenas(0, 0, 16, 1);
    for (const { widthPx, heightPx } of [focus, ...tiles]) {
      expect(widthPx).toBeGreaterThan(0);
      expect(heightPx).toBeGreaterThan(0);
    }
  });
});

describe('arenaAt', () => {
  it('finds the tile under a point, and none elsewhere', () => {
    const layout = layoutArenas(900, 600, 16, 1.35);
    layout.tiles.forEach((tile, arena) => {
      expect(arenaAt(layout, tile.xPx + tile.widthPx / 2, tile.yPx + tile.heightPx / 2)).toBe(arena);
    });
    expect(arenaAt(layout, 30, 30)).toBeNull();
  });
});
