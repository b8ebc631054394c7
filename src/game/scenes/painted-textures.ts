import type Phaser from 'phaser';

/** Paints on a canvas whose units are CSS pixels. */
export type Painter = (context: CanvasRenderingContext2D, widthPx: number, heightPx: number) => void;

/**
 * Textures drawn by code or scaled from vector images at exactly the size they are shown at, so that they are crisp on
 * every display. They are painted anew when the size or the theme changes.
 */
export class PaintedTextures {
  private readonly textures: Phaser.Textures.TextureManager;
  private readonly name: string;
  private ratio = 1;
  private generation = 0;
  private keys: string[] = [];
  private outdated: string[] = [];

  /** `name` keeps the keys of several sets apart. */
  constructor(scene: Phaser.Scene, name: string) {
    this.textures = scene.textures;
    this.name = name;
  }

  /** Texture pixels a CSS pixel of the present set. */
  get pixelRatio(): number {
    return this.ratio;
  }

  /** Starts a new set of textures; the old ones stay until `finish`, since images still show them. */
  begin(pixelRatio: number): void {
    this.ratio = pixelRatio;
    this.generation++;
    this.outdated = this.keys;
    this.keys = [];
  }

  /** Drops the textures of the sets before. */
  finish(): void {
    for (const key of this.outdated) this.textures.remove(key);
    this.outdated = [];
  }

  /** Drops all; called when the scene ends, since textures outlive it. */
  dispose(): void {
    this.outdated.push(...this.keys);
    this.keys = [];
    this.finish();
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
    const texture = this.textures.createCanvas(
      key,
      Math.max(1, Math.ceil(widthPx * this.ratio)),
      Math.max(1, Math.ceil(heightPx * this.ratio)),
    );
    if (texture === null) return key;
    const context = texture.getContext();
    context.scale(this.ratio, this.ratio);
    context.imageSmoothingQuality = 'high';
    painter(context, widthPx, heightPx);
    texture.refresh();
    this.keys.push(key);
    for (const image of images) image.setTexture(key).setScale(1 / this.ratio);
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
    const source = this.textures.get(loadedKey).getSourceImage() as CanvasImageSource;
    const draw: Painter = (context) => context.drawImage(source, 0, 0, widthPx, heightPx);
    this.paint(part, widthPx, heightPx, draw, images);
  }
}

/** Begins a path around a rectangle with round corners; where there is no room for it, an empty one. */
export function roundRectangle(
  context: CanvasRenderingContext2D,
  xPx: number,
  yPx: number,
  widthPx: number,
  heightPx: number,
  radiusPx: number,
): void {
  const [width, height] = [Math.max(0, widthPx), Math.max(0, heightPx)];
  context.beginPath();
  context.roundRect(xPx, yPx, width, height, Math.max(0, Math.min(radiusPx, width / 2, height / 2)));
}

/** Begins a path around a circle, or a part of one; where there is no room for it, a point. */
export function arc(
  context: CanvasRenderingContext2D,
  xPx: number,
  yPx: number,
  radiusPx: number,
  fromAngle = 0,
  toAngle = 2 * Math.PI,
): void {
  context.beginPath();
  context.arc(xPx, yPx, Math.max(0, radiusPx), fromAngle, toAngle);
}
