import { Pixels } from './pixels';

// Everything that is seen of the game, drawn pixel by pixel.

const cell = 16;

const colours = {
  o: '#33222b',
  f: '#f08a3a',
  d: '#c4602c',
  w: '#fff1dc',
  b: '#2f7fd6',
  c: '#7fc0f5',
  k: '#1b1622',
  l: '#5d3a34',
  g: '#5dbb63',
  h: '#93e08d',
  e: '#2f7d4d',
  y: '#ffd23f',
  z: '#ffef9e',
  r: '#e5484d',
  p: '#ff9aa2',
  s: '#aab4c8',
  t: '#e8eef7',
  u: '#6a748c',
  n: '#8a5a3c',
  m: '#b98050',
  v: '#d9a066',
} as const;

/** A picture's rows, one a line. */
const rowsOf = (picture: string) => picture.trim().split(/\s+/);

const head = [
  '................',
  '...oo.....oo....',
  '...ofo...ofo....',
  '...offoooffo....',
  '...offfffffo....',
  '..offfffffffo...',
  '..offfkfffkfo...',
  '..owffkfffkwo...',
  '..owwfffffwwo...',
  '...owwwkwwwo....',
  '....obbbbbo.....',
];
const stands = [
  '.oo.obbbbboo....',
  'offoofffffo.....',
  'offdoffwffo.....',
  '.oddoffwffo.....',
  '..oo.ol.lo......',
];
const runsWide = [
  '.oo.obbbbbboo...',
  'offoofffffo.....',
  'offdoffwffoo....',
  '.odooff.fflo....',
  '...olo...oo.....',
];
const runsClose = [
  '....obbbbbo.....',
  '.ooooffffo......',
  'offfdffwfo......',
  'ofddooffoo......',
  '.oo...olo.......',
];
const jumps = [
  '.oo.obbbbboboo..',
  'offoofffffobo...',
  '.ofdoffwffloo...',
  '..ooollooolo....',
  '................',
];
const falls = [
  '.o..obbbbbo.....',
  'ofoobfffffbo....',
  'offooffwffo.....',
  '.offoffwffo.....',
  '..ooolo.olo.....',
];

const slime = rowsOf(`
  ................
  ................
  ................
  ................
  .....oooooo.....
  ...oohhggggoo...
  ..ohhhggggggeo..
  ..ohgggggggggo..
  .ohggwwggwwggeo.
  .oggwwkggwkggeo.
  .oggwwkggwkggeo.
  .ogggwwggwwggeo.
  .oggggggggggeeo.
  .oegggkkkkgeeeo.
  .oeeggggggeeeeo.
  ..oooooooooooo..
`);
const slimeFlat = rowsOf(`
  ................
  ................
  ................
  ................
  ................
  ................
  ......oooo......
  ....oohhggoo....
  ..oohhgggggeoo..
  .ohhggwwggwwgeo.
  ohgggwwkggwkggeo
  oggggwwkggwkggeo
  oggggggggggggeeo
  oegggggkkggggeeo
  oeeegggggggeeeeo
  .oooooooooooooo.
`);
const slimeSquashed = rowsOf(`
  ................
  ................
  ................
  ................
  ................
  ................
  ................
  ................
  ................
  ................
  ................
  ...oooooooooo...
  .oohhgggggggeoo.
  ohgkkgggggkkgeeo
  oeegggggggggeeeo
  .oooooooooooooo.
`);
const spikes = rowsOf(`
  ................
  ................
  ................
  ................
  ................
  ................
  ................
  ...o.......o....
  ..oto.....oto...
  ..oto.....oto...
  ..otso....otso..
  .ottso...ottso..
  .otssuo..otssuo.
  .otssuo..otssuo.
  ottssuuoottssuuo
  otsssuuootsssuuo
`);
const lantern = (glass: string, shine: string) =>
  rowsOf(`
    ................
    ......oooo......
    .....onnnno.....
    ....oooooooo....
    ....oxxxxxxo....
    ....oxiixxxo....
    ....oxixxxxo....
    ....oxxxxxxo....
    ....oooooooo....
    .....onnnno.....
    ......onno......
    ......onmo......
    ......onmo......
    ......onmo......
    .....onnmmo.....
    ....oooooooo....
  `).map((row) => row.replaceAll('x', glass).replaceAll('i', shine));
const heart = rowsOf(`
  ................
  ................
  ................
  ...ooo..ooo.....
  ..orrroorrro....
  .orpprrrrrrro...
  .orprrrrrrrro...
  .orrrrrrrrrro...
  ..orrrrrrrro....
  ...orrrrrro.....
  ....orrrro......
  .....orro.......
  ......oo........
  ................
  ................
  ................
`);

/** Frames of what moves and lies about: see `frames` in the game. */
export function drawSprites(): Pixels {
  const fox = [stands, runsWide, runsClose, jumps, falls].map((legs) => [...head, ...legs]);
  const lit = [lantern('u', 's'), lantern('y', 'z')];
  const sheet = new Pixels(8 * cell, 3 * cell);
  const stamped = [...fox, slime, slimeFlat, slimeSquashed, ...coins(), spikes, ...lit, heart];
  stamped.forEach((rows, index) => {
    sheet.stamp((index % 8) * cell, Math.floor(index / 8) * cell, rows, colours);
  });
  return sheet;
}

/** A coin that turns. */
function coins(): string[][] {
  return [5, 4, 2, 4].map((halfWidth, frame) =>
    Array.from({ length: cell }, (_, y) =>
      Array.from({ length: cell }, (_, x) => {
        const [dx, dy] = [(x - 7.5) / halfWidth, (y - 7.5) / 5];
        const far = Math.hypot(dx, dy);
        if (far > 1.12) return '.';
        if (far > 0.82) return 'o';
        if (frame === 2) return 'z';
        return dx + dy < -0.45 ? 'z' : dx + dy > 0.6 ? 'v' : 'y';
      }).join(''),
    ),
  );
}

const earth = {
  soil: '#8d5b3f',
  dark: '#734832',
  light: '#a9714d',
  grass: '#57b368',
  blade: '#7fd67c',
  edge: '#33814f',
  line: '#3b2a33',
};

/** The tileset: see `groundTiles`, then what grows on it. */
export function drawTiles(): Pixels {
  const sheet = new Pixels(8 * cell, 2 * cell);
  for (let look = 0; look < 4; look++) {
    const [isLeftEnd, isRightEnd] = [look === 0 || look === 3, look === 2 || look === 3];
    drawSoil(sheet, look * cell, 0, isLeftEnd, isRightEnd, look);
    drawGrass(sheet, look * cell, isLeftEnd, isRightEnd);
    drawSoil(sheet, (look + 4) * cell, 0, isLeftEnd, isRightEnd, look + 4);
  }
  drawBrick(sheet, 0, cell);
  const growing = [
    ['....h...........', '....g..h...h....', '..h.g..g..hg....', '..ggg.hg..gg.h..', '...gggg.gggggg..'],
    ['.....p..........', '....prp.........', '.....p....h.....', '.....g...hg.....', '...g.g.g..ggg...'],
    ['..........z.....', '.........zyz....', '...h......z.....', '...gh.....g.....', '..ggg..gg.g.g...'],
    ['................', '................', '.....uuu........', '....ustsu..uu...', '...ussssu.usssu.'],
    ['................', '................', '..h....h........', '..g.h..g..h..h..', '.gggg.ggg.gg.gg.'],
    ['......c.........', '.....cbc........', '......c...c.....', '......g..cbc....', '...gg.g...g.gg..'],
  ];
  growing.forEach((rows, index) => {
    sheet.stamp((index + 2) * cell, 2 * cell - rows.length, rows, colours);
  });
  return sheet;
}

function drawSoil(
  sheet: Pixels,
  left: number,
  top: number,
  isLeftEnd: boolean,
  isRightEnd: boolean,
  look: number,
): void {
  sheet.fill(left, top, cell, cell, earth.soil);
  for (let i = 0; i < 9; i++) {
    const [x, y] = [(i * 37 + look * 23 + 3) % 15, (i * 53 + look * 41 + 5) % 15];
    sheet.fill(left + x, top + y, i % 3 === 0 ? 2 : 1, 1, i % 2 === 0 ? earth.dark : earth.light);
  }
  if (isLeftEnd) {
    sheet.fill(left, top, 1, cell, earth.line);
    sheet.fill(left + 1, top, 2, cell, earth.light);
  }
  if (isRightEnd) {
    sheet.fill(left + cell - 1, top, 1, cell, earth.line);
    sheet.fill(left + cell - 3, top, 2, cell, earth.dark);
  }
}

function drawGrass(sheet: Pixels, left: number, isLeftEnd: boolean, isRightEnd: boolean): void {
  sheet.fill(left, 0, cell, 1, earth.line);
  sheet.fill(left, 1, cell, 2, earth.blade);
  sheet.fill(left, 3, cell, 2, earth.grass);
  for (let x = 0; x < cell; x++) {
    const hang = [1, 2, 1, 0, 1, 3, 2, 0][x % 8]!;
    sheet.fill(left + x, 5, 1, hang, earth.grass);
    sheet.set(left + x, 5 + hang, earth.edge);
  }
  if (isLeftEnd) sheet.fill(left, 1, 1, 6, earth.line);
  if (isRightEnd) sheet.fill(left + cell - 1, 1, 1, 6, earth.line);
}

function drawBrick(sheet: Pixels, left: number, top: number): void {
  sheet.fill(left, top, cell, cell, earth.line);
  for (const [x, y, width] of [
    [1, 1, 14],
    [1, 9, 6],
    [9, 9, 6],
  ] as const) {
    sheet.fill(left + x, top + y, width, 6, '#d98e5f');
    sheet.fill(left + x, top + y, width, 1, '#f3b98a');
    sheet.fill(left + x, top + y + 5, width, 1, '#b06a43');
  }
}

/** A plank that moves, two tiles wide. */
export function drawPlank(): Pixels {
  const plank = new Pixels(2 * cell, 8);
  plank.fill(0, 0, 32, 8, earth.line);
  plank.fill(1, 1, 30, 5, '#c98a52');
  plank.fill(1, 1, 30, 1, '#f0bd82');
  plank.fill(1, 5, 30, 2, '#9a6238');
  for (const x of [10, 21]) plank.fill(x, 1, 1, 6, '#7d4d2d');
  for (const x of [3, 28]) plank.set(x, 3, '#5a3722');
  return plank;
}

/** The flag at the end, in two frames. */
export function drawFlags(): Pixels {
  const [width, height] = [24, 48];
  const sheet = new Pixels(2 * width, height);
  for (const frame of [0, 1]) {
    const left = frame * width;
    sheet.fill(left + 3, 4, 4, height - 4, colours.o);
    sheet.fill(left + 4, 5, 1, height - 5, '#f4e3c8');
    sheet.fill(left + 5, 5, 1, height - 5, '#cbb492');
    sheet.fill(left + 3, 1, 4, 4, colours.o);
    sheet.fill(left + 4, 2, 2, 2, colours.y);
    for (let x = 0; x < 16; x++) {
      const sway = Math.round(1.4 * Math.sin(x / 2.4 + frame * Math.PI));
      const [top, tall] = [7 + sway, 13];
      sheet.fill(left + 7 + x, top - 1, 1, tall + 2, colours.o);
      if (x < 15) sheet.fill(left + 7 + x, top, 1, tall, (x + frame) % 8 < 4 ? colours.r : '#c83a45');
      if (x < 15) sheet.set(left + 7 + x, top, colours.p);
    }
  }
  return sheet;
}

/** Letters of 5 by 7 pixels in cells of 7 by 9, in the order of `letters` in the game. */
export const fontRows: Readonly<Record<string, string>> = {
  '0': '.###. #...# #..## #.#.# ##..# #...# .###.',
  '1': '..#.. .##.. ..#.. ..#.. ..#.. ..#.. .###.',
  '2': '.###. #...# ....# ..##. .#... #.... #####',
  '3': '####. ....# ....# .###. ....# ....# ####.',
  '4': '...#. ..##. .#.#. #..#. ##### ...#. ...#.',
  '5': '##### #.... ####. ....# ....# #...# .###.',
  '6': '.###. #.... #.... ####. #...# #...# .###.',
  '7': '##### ....# ...#. ..#.. ..#.. .#... .#...',
  '8': '.###. #...# #...# .###. #...# #...# .###.',
  '9': '.###. #...# #...# .#### ....# ....# .###.',
  A: '.###. #...# #...# ##### #...# #...# #...#',
  B: '####. #...# #...# ####. #...# #...# ####.',
  C: '.#### #.... #.... #.... #.... #.... .####',
  D: '####. #...# #...# #...# #...# #...# ####.',
  E: '##### #.... #.... ####. #.... #.... #####',
  F: '##### #.... #.... ####. #.... #.... #....',
  G: '.#### #.... #.... #.### #...# #...# .####',
  H: '#...# #...# #...# ##### #...# #...# #...#',
  I: '.###. ..#.. ..#.. ..#.. ..#.. ..#.. .###.',
  J: '..### ...#. ...#. ...#. ...#. #..#. .##..',
  K: '#...# #..#. #.#.. ##... #.#.. #..#. #...#',
  L: '#.... #.... #.... #.... #.... #.... #####',
  M: '#...# ##.## #.#.# #.#.# #...# #...# #...#',
  N: '#...# ##..# #.#.# #..## #...# #...# #...#',
  O: '.###. #...# #...# #...# #...# #...# .###.',
  P: '####. #...# #...# ####. #.... #.... #....',
  Q: '.###. #...# #...# #...# #.#.# #..#. .##.#',
  R: '####. #...# #...# ####. #.#.. #..#. #...#',
  S: '.#### #.... #.... .###. ....# ....# ####.',
  T: '##### ..#.. ..#.. ..#.. ..#.. ..#.. ..#..',
  U: '#...# #...# #...# #...# #...# #...# .###.',
  V: '#...# #...# #...# #...# #...# .#.#. ..#..',
  W: '#...# #...# #...# #.#.# #.#.# ##.## #...#',
  X: '#...# #...# .#.#. ..#.. .#.#. #...# #...#',
  Y: '#...# #...# .#.#. ..#.. ..#.. ..#.. ..#..',
  Z: '##### ....# ...#. ..#.. .#... #.... #####',
  '!': '..#.. ..#.. ..#.. ..#.. ..#.. ..... ..#..',
  '.': '..... ..... ..... ..... ..... .##.. .##..',
  ',': '..... ..... ..... ..... .##.. .##.. .#...',
  ':': '..... .##.. .##.. ..... .##.. .##.. .....',
  ' ': '..... ..... ..... ..... ..... ..... .....',
};

export function drawFont(): Pixels {
  const letters = Object.values(fontRows);
  const sheet = new Pixels(7 * letters.length, 9);
  const dots = letters.flatMap((rows, index) =>
    rows
      .split(' ')
      .flatMap((row, y) =>
        Array.from(row).flatMap((dot, x) => (dot === '#' ? [[7 * index + x + 1, y + 1] as const] : [])),
      ),
  );
  for (const [x, y] of dots) sheet.fill(x - 1, y - 1, 3, 3, colours.o);
  for (const [x, y] of dots) sheet.set(x, y, '#ffffff');
  return sheet;
}

/** Far away, behind all else: bands of a morning sky. */
export function drawSky(): Pixels {
  const bands = ['#6fb7ee', '#7cc0f1', '#8bcaf3', '#9bd3f5', '#acdcf6', '#bfe5f5', '#d3edf2', '#e6f3ea'];
  const sky = new Pixels(16, 192);
  for (const [band, colour] of bands.entries()) sky.fill(0, band * 24, 16, 24, colour);
  // Bands meet in a chequered line.
  for (let band = 1; band < bands.length; band++) {
    for (let x = 0; x < 16; x += 2) sky.set(x, band * 24 - 1, bands[band]!);
  }
  return sky;
}

/** Clouds on a strip that repeats. */
export function drawClouds(): Pixels {
  const sheet = new Pixels(352, 80);
  for (const [x, y, size] of [
    [40, 30, 12],
    [150, 52, 8],
    [236, 22, 10],
    [318, 60, 7],
  ] as const) {
    const puffs = [
      [-1.5, 0.2, 0.8],
      [-0.5, -0.3, 1],
      [0.7, -0.1, 0.9],
      [1.7, 0.3, 0.6],
    ] as const;
    for (const [dx, dy, part] of puffs) disc(sheet, x + dx * size, y + dy * size + 2, part * size, '#cfe6f6');
    for (const [dx, dy, part] of puffs) disc(sheet, x + dx * size, y + dy * size, part * size, '#ffffff');
    sheet.fill(
      Math.round(x - 2.4 * size),
      Math.round(y + 0.6 * size),
      Math.round(4.8 * size),
      size * 2,
      '#00000000',
    );
  }
  return sheet;
}

/** Mountains on a strip that repeats: each pixel column has a height. */
export function drawMountains(): Pixels {
  return ridge(352, 110, ['#8fb6d9', '#a4c6e2', '#dcecf5'], (x) => {
    const turn = (x / 352) * 2 * Math.PI;
    return (
      52 +
      20 * Math.abs(Math.sin(1.5 * turn)) +
      16 * Math.abs(Math.sin(2.5 * turn + 1)) +
      6 * Math.sin(9 * turn)
    );
  });
}

/** Wooded hills on a strip that repeats. */
export function drawHills(): Pixels {
  return ridge(352, 80, ['#5aa583', '#6db791', '#86c9a1'], (x) => {
    const turn = (x / 352) * 2 * Math.PI;
    const crowns = 3 * Math.abs(Math.sin(22 * turn)) + 2 * Math.abs(Math.sin(35 * turn + 1));
    return 34 + 10 * Math.sin(2 * turn + 2) + 7 * Math.sin(3 * turn) + crowns;
  });
}

/** @param tones of what lies deep, above it, and of its edge. */
function ridge(
  width: number,
  height: number,
  [deep, upper, edge]: readonly [string, string, string],
  heightAt: (x: number) => number,
): Pixels {
  const sheet = new Pixels(width, height);
  for (let x = 0; x < width; x++) {
    const top = height - Math.round(heightAt(x));
    sheet.fill(x, top, 1, height - top, deep);
    sheet.fill(x, top, 1, 7 + ((x * 13) % 5), upper);
    sheet.fill(x, top, 1, 2, edge);
  }
  return sheet;
}

function disc(sheet: Pixels, centreX: number, centreY: number, radius: number, colour: string): void {
  for (let y = Math.floor(centreY - radius); y <= centreY + radius; y++) {
    for (let x = Math.floor(centreX - radius); x <= centreX + radius; x++) {
      if (Math.hypot(x - centreX, y - centreY) <= radius) sheet.set(x, y, colour);
    }
  }
}
