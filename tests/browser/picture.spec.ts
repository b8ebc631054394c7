import { layoutArenas } from '../../src/game/scenes/arena-layout';
import { paletteOf } from '../../src/game/scenes/palette';
import { court } from '../../src/game/volley/court';
import { courtPaletteOf } from '../../src/game/volley/scene-palette';
import { viewOf, xPxOf } from '../../src/game/volley/scene-view';
import { expect, open, state, test } from './page';
import { type Box, colourOf, GameWindow, type Metrics, near, type Picture } from './screens';

const sizes = {
  'phone portrait': [390, 844],
  'phone landscape': [844, 390],
  tablet: [820, 1180],
  laptop: [1366, 768],
  large: [1920, 1080],
} as const;
const ratios = [1, 1.25, 1.5, 2, 3] as const;

/** Every size at every ratio. Phones turn where they stand next to each other, and the ratio changes alone in between. */
const everyScreen: readonly Metrics[] = ratios.flatMap((ratio) =>
  Object.values(sizes).map(([width, height]) => ({ width, height, ratio })),
);
/** Browsers zoom by a smaller window with more pixels. */
const zoomed = (zoom: number): Metrics => ({
  width: Math.round(1280 / zoom),
  height: Math.round(800 / zoom),
  ratio: zoom,
});

/** Each size and each ratio once. */
const oneOfEach: readonly Metrics[] = Object.values(sizes).map(([width, height], i) => ({
  width,
  height,
  ratio: ratios[(i + 2) % ratios.length] ?? 1,
}));

const mostOffPx = 2;
const theme = 'light';

test.use({ colorScheme: theme });
// Software draws millions of pixels a picture.
test.setTimeout(300_000);

/** Where in the window the court is to be, with the line in front of it: its upper edge, thickness, and half its length. */
function courtIn(box: Box) {
  const { focus } = layoutArenas(box.width, box.height, 1, 1);
  const view = viewOf({ ...focus, xPx: focus.xPx + box.left, yPx: focus.yPx + box.top });
  const { rectangle, floorYPx, metrePx } = view;
  const below = rectangle.yPx + rectangle.heightPx - floorYPx;
  const frontThickPx = Math.max(1.5, 0.05 * metrePx);
  return {
    ...view,
    frontYPx: floorYPx + Math.min(0.45 * metrePx, 0.62 * below),
    frontThickPx,
    frontHalfPx: (court.halfWidth + 0.12) * metrePx + 0.8 * frontThickPx,
  };
}

/**
 * How far, in CSS pixels, feet are drawn from the floor that is painted, and the floor's edges from where they belong.
 * Of what was not found, NaN.
 */
async function offFloor(view: GameWindow, name: string): Promise<Record<string, number>> {
  const wanted = courtIn(await view.box());
  const { rectangle, floorYPx, backYPx, frontYPx, frontThickPx, frontHalfPx, netXPx } = wanted;
  const metre = wanted.metrePx;
  const seen = await view.picture(name);
  // Sand is warm, and the board behind it cold; where nobody stands. The board covers the sand's first pixel.
  const edge = seen.find(
    {
      left: xPxOf(wanted, -0.85 * court.halfWidth),
      top: backYPx - 0.3 * metre,
      width: 0.1 * metre,
      height: 0.5 * metre,
    },
    ([red, , blue]) => red > blue + 12,
  );
  const back = (edge?.top ?? Number.NaN) - 1;
  // So near that what is wrong by much is not found at all.
  const line = seen.find(
    {
      left: netXPx - frontHalfPx - 4,
      top: frontYPx - 3,
      width: 2 * frontHalfPx + 8,
      height: frontThickPx + 6,
    },
    near([255, 255, 255], 40),
  );
  // As far between the two that are painted as it is between the two that are wanted.
  const front = line === null ? Number.NaN : line.top + (line.height - frontThickPx) / 2;
  const floor = back + ((front - back) * (floorYPx - backYPx)) / (frontYPx - backYPx);

  // A foot's picture ends a little below where it stands.
  const standing = floor + 0.0245 * metre;
  const feet = courtPaletteOf(theme).seats.map((colour, seat) => {
    const half: Box = {
      left: seat === 0 ? rectangle.xPx : netXPx + 0.3 * metre,
      top: floorYPx - 0.3 * metre,
      width: rectangle.widthPx / 2 - 0.3 * metre,
      height: 0.55 * metre,
    };
    const foot = seen.find(half, near(colourOf(colour), 40));
    return (foot === null ? Number.NaN : foot.top + foot.height) - standing;
  });
  return {
    'left feet': feet[0] ?? Number.NaN,
    'right feet': feet[1] ?? Number.NaN,
    back: back - backYPx,
    front: front - frontYPx,
    'left corner': (line?.left ?? Number.NaN) - (netXPx - frontHalfPx),
    'right corner': line === null ? Number.NaN : line.left + line.width - (netXPx + frontHalfPx),
  };
}

test('feet stand on the floor on every screen, through all changes in mid-match', async ({ page }) => {
  await open(page, 'game=volley');
  const view = await GameWindow.of(page);
  // What learns beside it takes the processor from the drawing.
  await page.locator('.transport').getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('tab', { name: 'Play' }).click();
  await page.locator('.play-button').click();
  await expect.poll(async () => (await state(page)).play?.court?.view.phase).toBe('countdown');
  await page.locator('.match-bar').getByRole('button', { name: 'Pause' }).click();
  await expect.poll(async () => (await state(page)).play?.court?.paused).toBe(true);

  const wrong: string[] = [];
  const check = async (when: string, name = 'match') => {
    for (const [what, off] of Object.entries(await offFloor(view, name))) {
      if (!(Math.abs(off) <= mostOffPx)) wrong.push(`${when}: ${what} off by ${off.toFixed(1)} px`);
    }
  };
  for (const metrics of everyScreen) {
    const { width, height, ratio } = metrics;
    await view.change(metrics);
    await check(`${width} × ${height} at ${ratio}`);
  }
  for (const zoom of [1.1, 0.8, 2.5]) {
    await view.change(zoomed(zoom));
    await check(`zoom ${zoom}`, 'match-zoomed');
  }
  for (const ratio of [1.5, 1]) {
    await view.change({ width: 1280, height: 800, ratio });
    await check(`ratio ${ratio} alone`);
  }
  for (const ratio of [1.5, 2]) {
    await view.context('loseContext');
    await view.change({ width: 900, height: 700, ratio });
    await view.context('restoreContext');
    await check(`resized to ratio ${ratio} while the context was lost`, 'match-restored');
  }
  expect(wrong).toEqual([]);
});

/** Width over height of each game's tiles. */
const tileAspects = { balance: 1.3, swing: 1, volley: 1.25 } as const;
type Game = keyof typeof tileAspects;
const arenas = 32;

/** Every arena's tile in the window. */
function tilesIn({ left, top, width, height }: Box, game: Game): Box[] {
  const { tiles } = layoutArenas(width, height, arenas, tileAspects[game], game === 'volley' ? 1.4 : null);
  return tiles.map((tile) => ({
    left: left + tile.xPx,
    top: top + tile.yPx,
    width: tile.widthPx,
    height: tile.heightPx,
  }));
}

/** So many tiles are looked at: where a player stands at an edge, more than the tile is painted there. */
const tilesJudged = 7;

/** How far the mark around the last arena's tile is from it, which moves, and tiles beside it, which are painted. */
async function offTiles(view: GameWindow, game: Game, picture: Picture): Promise<Record<string, number>> {
  const tiles = tilesIn(await view.box(), game);
  const marked = tiles.at(-1);
  if (marked === undefined) throw new Error('There are no tiles.');
  const { ground, learner } = paletteOf(theme);
  const isGround = near(colourOf(ground), 6);
  const painted = tiles.slice(-2 - tilesJudged, -2).map((tile) => ({
    tile,
    found: picture.find(grown(tile, 2 * mostOffPx), (colour) => !isGround(colour)),
  }));
  // The mark's line is 2.5 px thick, and lies around the tile.
  const mark = picture.find(grown(marked, 9), near(colourOf(learner), 40));
  const off: Record<string, number> = {};
  for (const side of ['left', 'top', 'width', 'height'] as const) {
    off[`mark ${side}`] = (mark?.[side] ?? Number.NaN) - grown(marked, 2.75)[side];
    off[`tile ${side}`] = median(
      painted.map(({ tile, found }) => (found?.[side] ?? Number.NaN) - tile[side]),
    );
  }
  return off;
}

/** NaN where any is: a tile that is not found is not left out. */
function median(values: readonly number[]): number {
  if (values.some(Number.isNaN)) return Number.NaN;
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function grown({ left, top, width, height }: Box, byPx: number): Box {
  return { left: left - byPx, top: top - byPx, width: width + 2 * byPx, height: height + 2 * byPx };
}

for (const game of ['balance', 'swing', 'volley'] as const) {
  test(`${game}: what moves stays on what is painted, and is the same after a lost context`, async ({
    page,
  }) => {
    // Else what is paused breathes and blinks, so that no two pictures are the same.
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await open(page, `game=${game}`);
    const view = await GameWindow.of(page);
    await page.locator('.transport').getByRole('button', { name: 'Pause' }).click();
    const last = tilesIn(await view.box(), game).at(-1);
    await page.mouse.click((last?.left ?? 0) + 20, (last?.top ?? 0) + 20);
    await expect.poll(async () => (await state(page)).focusedArena).toBe(arenas - 1);

    const wrong: string[] = [];
    for (const metrics of oneOfEach) {
      const { width, height, ratio } = metrics;
      await view.change(metrics);
      const picture = await view.picture(game);
      const off = await offTiles(view, game, picture);
      for (const [what, by] of Object.entries(off)) {
        if (!(Math.abs(by) <= mostOffPx)) {
          wrong.push(`${width} × ${height} at ${ratio}: ${what} off by ${by.toFixed(1)} px`);
        }
      }
    }
    expect(wrong).toEqual([]);

    const before = await view.picture(game);
    for (const time of ['first', 'second']) {
      await view.context('loseContext');
      const without = await view.picture(`${game}-lost`);
      expect(without.difference(before)).toBeGreaterThan(0.01);
      await view.context('restoreContext');
      const after = await view.picture(`${game}-restored`);
      expect(after.difference(before), `the ${time} time`).toBeLessThan(0.005);
    }
  });
}

test('the whole game is in the first view of a phone, upright and on its side', async ({ page }) => {
  await open(page, 'game=volley');
  const view = await GameWindow.of(page);
  for (const [width, height] of [
    [390, 844],
    [360, 640],
    [844, 390],
    [740, 360],
    [915, 412],
  ] as const) {
    await view.change({ width, height, ratio: 2 });
    await view.picture('first-view');
    const box = await view.box();
    const bar = await page.locator('.transport').boundingBox();
    expect(box.top + box.height, `${width} × ${height}`).toBeLessThanOrEqual(bar?.y ?? 0);
    expect((bar?.y ?? 0) + (bar?.height ?? 0)).toBeLessThanOrEqual(height + 1);
    expect(box.height).toBeGreaterThan(0.4 * Math.min(width, height));
  }
});
