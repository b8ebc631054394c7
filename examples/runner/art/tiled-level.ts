// A level as Tiled saves one, from a text in which each letter is a tile of 16 pixels:
// `#` ground, `%` brick, `o` coin, `^` spikes, `s` slime, `C` checkpoint, `M` and `m` where a plank goes to and fro in
// its row, `@` start, `F` flag. Parts that follow each other from left to right are written below each other, with an
// empty line between them; all stand on their last row.

const tilePx = 16;
/** Of a level; the last of a part is repeated below it. */
const rowCount = 12;
const firstDecor = 11;

const kinds: Readonly<Record<string, string>> = {
  o: 'coin',
  '^': 'spikes',
  s: 'slime',
  C: 'checkpoint',
  '@': 'start',
  F: 'flag',
};

/** Numbers of the tileset, from 1; 0 is none. */
export const groundTiles = { top: [1, 2, 3, 4], inner: [5, 6, 7, 8], brick: 9 } as const;

interface Thing {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly rotation: number;
  readonly visible: boolean;
}

/** @returns the object that Tiled would write as JSON. */
export function tiledLevel(text: string): object {
  const rows = joined(text);
  const width = rows[0]!.length;
  const tiles = { width, height: rowCount, tilewidth: tilePx, tileheight: tilePx };
  return {
    type: 'map',
    version: '1.10',
    orientation: 'orthogonal',
    renderorder: 'right-down',
    infinite: false,
    ...tiles,
    layers: [
      tileLayer(1, 'decor', width, decorOf(rows)),
      tileLayer(2, 'ground', width, groundOf(rows)),
      { ...layer(3, 'things', 'objectgroup'), objects: thingsOf(rows) },
    ],
    tilesets: [tileset],
  };
}

const tileset = {
  firstgid: 1,
  name: 'tiles',
  image: 'tiles.png',
  imagewidth: 128,
  imageheight: 32,
  tilewidth: tilePx,
  tileheight: tilePx,
  margin: 0,
  spacing: 0,
  tilecount: 16,
  columns: 8,
};

const layer = (id: number, name: string, type: string) => ({
  id,
  name,
  type,
  x: 0,
  y: 0,
  visible: true,
  opacity: 1,
});

const tileLayer = (id: number, name: string, width: number, data: readonly number[]) => ({
  ...layer(id, name, 'tilelayer'),
  width,
  height: rowCount,
  data,
});

function joined(text: string): string[] {
  const parts = text.trimEnd().split(/\n\n+/).map(filledUp);
  return Array.from({ length: rowCount }, (_, row) => parts.map((part) => part[row]!).join(''));
}

function filledUp(part: string): string[] {
  const rows = part.split('\n');
  const width = Math.max(...rows.map(({ length }) => length));
  const written = [...rows, rows.at(-1)!.replace(/[^#]/g, '.')].map((row) => row.padEnd(width, '.'));
  return [...Array.from({ length: rowCount - written.length }, () => '.'.repeat(width)), ...written];
}

/** Which of four looks a cell has, by whether the same goes on to its left and right. */
function groundOf(rows: readonly string[]): number[] {
  const isGround = (column: number, row: number) => {
    // Beyond the level it goes on.
    const line = rows[Math.min(row, rowCount - 1)]!;
    return line[Math.min(line.length - 1, Math.max(0, column))] === '#';
  };
  return rows.flatMap((line, row) =>
    Array.from(line).map((letter, column) => {
      if (letter === '%') return groundTiles.brick;
      if (letter !== '#') return 0;
      const [left, right] = [isGround(column - 1, row), isGround(column + 1, row)];
      const look = left ? (right ? 1 : 2) : right ? 0 : 3;
      return (isGround(column, row - 1) ? groundTiles.inner : groundTiles.top)[look]!;
    }),
  );
}

/** Grass, flowers and stones on the ground, the same ones each time. */
function decorOf(rows: readonly string[]): number[] {
  return rows.flatMap((line, row) =>
    Array.from(line).map((letter, column) => {
      const isOnGround = letter === '.' && rows[row + 1]?.[column] === '#';
      const lot = (column * 7919 + row * 104_729 + column * column * 31) % 97;
      return isOnGround && lot % 3 === 0 ? firstDecor + (lot % 6) : 0;
    }),
  );
}

function thingsOf(rows: readonly string[]): Thing[] {
  const things: Thing[] = [];
  const add = (type: string, column: number, row: number, columns: number) => {
    const [x, y] = [column * tilePx, row * tilePx];
    const [width, height] = [columns * tilePx, tilePx];
    things.push({ id: things.length + 1, name: '', type, x, y, width, height, rotation: 0, visible: true });
  };
  rows.forEach((line, row) => {
    Array.from(line).forEach((letter, column) => {
      if (letter === 'M') add('plank', column, row, line.indexOf('m', column) + 2 - column);
      else if (kinds[letter] !== undefined) add(kinds[letter], column, row, 1);
    });
  });
  return things;
}
