import type Phaser from 'phaser';

/** Paints on a canvas whose units are CSS pixels. */
export type Painter = (context: CanvasRenderingContext2D, widthPx: number, heightPx: number) => void;

/**
 * Textures drawn by code or scaled from vector images at exactly the size they are shown at, so that they are crisp on
 * every display. They are painted anew when the size or the theme changes.
 */
export class PaintedTextures {
  private readonly scene: Phaser.Scene;
  private readonly name: string;
  private pixelRatio = 1;
  private generation = 0;
  private keys: string[] = [];
  private outdated: string[] = [];

  /** `name` keeps the keys of several sets apart. */
  constructor(scene: Phaser.Scene, name: string) {
    this.scene = scene;
    this.name = name;
  }

  /** Starts a new set of textures; the old ones stay until `finish`, since images still show them. */
  begin(pixelRatio: number): void {
    this.pixelRatio = pixelRatio;
    this.generation++;
    this.outdated = this.keys;
    this.keys = [];
  }

  /** Drops the textures of the sets before. */
  finish(): void {
    for (const key of this.outdated) this.scene.textures.remove(key);
    this.outdated = [];
  }

  /** Paints a texture of this many CSS pixels, gives it to `images` at one CSS pixel a unit, and returns its key. */
  paint(
    part: string,
    widthPx: number,
    heightPx: number,
    painter: Painter,
    images: readonly Phaser.GameObjects.Image[],
  ): string {
    const key = `${this.name}-${part}-${this.generation}`;
    const texture = this.scene.textures.createCanvas(
      key,
      Math.max(1, Math.ceil(widthPx * this.pixelRatio)),
      Math.max(1, Math.ceil(heightPx * this.pixelRatio)),
    );
    if (texture === null) return key;
    const context = texture.getContext();
    context.scale(this.pixelRatio, this.pixelRatio);
    context.imageSmoothingQuality = 'high';
    painter(context, widthPx, heightPx);
    texture.refresh();
    this.keys.push(key);
    for (const image of images) image.setTexture(key).setScale(1 / this.pixelRatio);
    return key;
  }

  /** As `paint`, with a loaded image scaled to fill the texture. */
  paintImage(
    part: string,
    loadedKey: string,
    widthPx: number,
    heightPx: number,
    images: readonly Phaser.GameObjects.Image[],
  ): void {
    const source = this.scene.textures.get(loadedKey).getSourceImage() as CanvasImageSource;
    const draw: Painter = (context) => context.drawImage(source, 0, 0, widthPx, heightPx);
    this.paint(part, widthPx, heightPx, draw, images);
  }
}

/** Begins a path around a rectangle with round corners. */
export function roundRectangle(
  context: CanvasRenderingContext2D,
  xPx: number,
  yPx: number,
  widthPx: number,
  heightPx: number,
  radiusPx: number,
): void {
  context.beginPath();
  context.roundRect(xPx, yPx, widthPx, heightPx, Math.min(radiusPx, widthPx / 2, heightPx / 2));
}
