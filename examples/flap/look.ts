import type Phaser from 'phaser';

/** Pixels of the canvas a unit of the game's: two at most, which is as sharp as eyes are. */
export const sharpness = Math.min(2, Math.max(1, Math.ceil(globalThis.devicePixelRatio ?? 1)));

type Pen = Phaser.GameObjects.Graphics;

/** Draws everything that the game shows, once: no picture is fetched. */
export function drawTextures({ textures, make }: Phaser.Scene, widthPx: number, heightPx: number): void {
  if (textures.exists('bird')) return;
  const pen = make.graphics();
  const draw = (key: string, width: number, height: number, paint: (pen: Pen) => void) => {
    pen.clear().setScale(1);
    paint(pen);
    pen.generateTexture(key, width * sharpness, height * sharpness);
  };
  draw('sky', widthPx, heightPx, (p) => {
    paintSky(p, widthPx, heightPx);
    paintHills(p, widthPx, heightPx);
  });
  draw('cloud', 96, 40, paintCloud);
  draw('grass', widthPx + 48, 22, (p) => paintGrass(p, widthPx + 48));
  draw('gate', 56, 400, paintGate);
  draw('bird', 34, 34, paintBird);
  draw('wing', 18, 14, paintWing);
  pen.destroy();
}

const s = sharpness;

/** From a deep blue to a pale one at the horizon, in bands. */
function paintSky(pen: Pen, widthPx: number, heightPx: number): void {
  const bands = 48;
  for (let band = 0; band < bands; band++) {
    const y = (heightPx * band) / bands;
    pen.fillStyle(mixed(0x5ab3ea, 0xf3f6e4, band / (bands - 1)));
    pen.fillRect(0, y * s, widthPx * s, (heightPx / bands + 1) * s);
  }
  pen.fillStyle(0xfff3c4, 0.5).fillCircle(282 * s, 84 * s, 38 * s);
  pen.fillStyle(0xfffbe6).fillCircle(282 * s, 84 * s, 25 * s);
}

function paintCloud(pen: Pen): void {
  pen.fillStyle(0xffffff, 0.85);
  for (const [x, y, radius] of [
    [24, 26, 13],
    [44, 18, 17],
    [66, 23, 14],
  ] as const) {
    pen.fillCircle(x * s, y * s, radius * s);
  }
  pen.fillRoundedRect(10 * s, 24 * s, 72 * s, 15 * s, 7 * s);
}

/** Two ranges, the nearer one greener. */
function paintHills(pen: Pen, widthPx: number, heightPx: number): void {
  const range = (colour: number, base: number, height: number, length: number, shift: number) => {
    pen.fillStyle(colour);
    for (let x = 0; x < widthPx * s; x += 2) {
      const wave = Math.sin((x / s + shift) / length) + 0.4 * Math.sin((x / s + shift) / (length * 0.37));
      const top = base - height * (0.5 + 0.35 * wave);
      pen.fillRect(x, (heightPx - 150 + top) * s, 2, (150 - top) * s);
    }
  };
  range(0xa9d6c3, 120, 90, 62, 20);
  range(0x7cc096, 150, 80, 41, 90);
}

function paintGrass(pen: Pen, widthPx: number): void {
  pen.fillStyle(0x5aa653).fillRect(0, 6 * s, widthPx * s, 16 * s);
  pen.fillStyle(0x7ac464).fillRect(0, 6 * s, widthPx * s, 4 * s);
  for (let x = 0; x < widthPx; x += 24) {
    pen.fillStyle(0x7ac464);
    pen.fillTriangle(x * s, 7 * s, (x + 4) * s, 0, (x + 8) * s, 7 * s);
    pen.fillStyle(0x4b9147).fillRect((x + 12) * s, 13 * s, 8 * s, 2 * s);
  }
}

/** A post with a rim at either end; only one of them is ever seen. */
function paintGate(pen: Pen): void {
  paintPost(pen, 4, 0, 48, 400);
  paintPost(pen, 0, 0, 56, 22);
  paintPost(pen, 0, 378, 56, 22);
}

function paintPost(pen: Pen, x: number, y: number, width: number, height: number): void {
  pen.fillStyle(0x22543d).fillRoundedRect(x * s, y * s, width * s, height * s, 5 * s);
  pen.fillStyle(0x3fa66b).fillRoundedRect((x + 2) * s, (y + 2) * s, (width - 4) * s, (height - 4) * s, 4 * s);
  pen.fillStyle(0x7fd39b).fillRect((x + 7) * s, (y + 4) * s, 6 * s, (height - 8) * s);
  pen.fillStyle(0x2f8656).fillRect((x + width - 12) * s, (y + 4) * s, 8 * s, (height - 8) * s);
}

function paintBird(pen: Pen): void {
  pen.fillStyle(0x7a4a12).fillCircle(17 * s, 17 * s, 16 * s);
  pen.fillStyle(0xffc83d).fillCircle(17 * s, 17 * s, 14.5 * s);
  pen.fillStyle(0xffe08a).fillEllipse(16 * s, 23 * s, 19 * s, 12 * s);
  pen.fillStyle(0xe8702a).fillTriangle(25 * s, 15 * s, 25 * s, 22 * s, 34 * s, 19 * s);
  pen.fillStyle(0xffffff).fillCircle(22 * s, 12 * s, 5 * s);
  pen.fillStyle(0x20242c).fillCircle(23.5 * s, 12 * s, 2.4 * s);
}

function paintWing(pen: Pen): void {
  pen.fillStyle(0x7a4a12).fillEllipse(9 * s, 7 * s, 18 * s, 13 * s);
  pen.fillStyle(0xf5ab1c).fillEllipse(9 * s, 7 * s, 15 * s, 10 * s);
}

function mixed(from: number, to: number, share: number): number {
  const channel = (shift: number) => {
    const [a, b] = [(from >> shift) & 255, (to >> shift) & 255];
    return Math.round(a + (b - a) * share) << shift;
  };
  return channel(16) | channel(8) | channel(0);
}
