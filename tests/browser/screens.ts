import { mkdirSync, writeFileSync } from 'node:fs';
import type { CDPSession, Page } from '@playwright/test';
import { PNG } from 'pngjs';
import { pictureSize } from '../../src/game/scenes/picture-size';
import { expect } from './page';

/** A window as the browser would have it on some display: CSS pixels, and the display's pixels in each of them. */
export interface Metrics {
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
}

/** A rectangle in CSS pixels of the window. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export type Colour = readonly [red: number, green: number, blue: number];

const folder = 'artifacts/pictures';

/** What floats over the game would hide what is measured. */
const styles = '.match-overlay, .match-invite, .take-over-card, .notices, .pad { visibility: hidden; }';

/** A page's window, whose size and pixel ratio change while the page runs, and pictures of the game in it. */
export class GameWindow {
  private readonly page: Page;
  private readonly session: CDPSession;
  private metrics: Metrics = { width: 1280, height: 800, ratio: 1 };

  private constructor(page: Page, session: CDPSession) {
    this.page = page;
    this.session = session;
  }

  /** `page` must have been opened; its styles are lost when it is loaded again. */
  static async of(page: Page): Promise<GameWindow> {
    await page.addStyleTag({ content: styles });
    mkdirSync(folder, { recursive: true });
    return new GameWindow(page, await page.context().newCDPSession(page));
  }

  /** Changes the window, as a person resizes, zooms, turns it or takes it to another display. */
  async change(metrics: Metrics): Promise<void> {
    this.metrics = metrics;
    const { width, height, ratio } = metrics;
    await this.session.send('Emulation.setDeviceMetricsOverride', {
      width,
      height,
      deviceScaleFactor: ratio,
      mobile: false,
    });
    await this.settled();
  }

  /** Waits until both canvases have the pixels of this window, and what they show is on the screen. */
  async settled(): Promise<void> {
    const { ratio } = this.metrics;
    await expect
      .poll(async () => {
        const { box, canvases } = await this.canvases();
        const size = pictureSize({ widthPx: box.width, heightPx: box.height }, ratio);
        // The browser may round to another of the display's pixels.
        const off = canvases.map(({ width, height }) =>
          Math.max(Math.abs(width - (size?.canvasWidth ?? 0)), Math.abs(height - (size?.canvasHeight ?? 0))),
        );
        return Math.max(...off);
      })
      .toBeLessThanOrEqual(1);
    await this.frames(3);
  }

  /** Where the game's picture is in the window. */
  async box(): Promise<Box> {
    return (await this.canvases()).box;
  }

  /** The game as it is on the screen; written, under a name, where people can look at it. */
  async picture(name: string): Promise<Picture> {
    const { width, height, ratio } = this.metrics;
    const box = await this.box();
    // Whole CSS pixels that are whole ones of the display's at every ratio in use.
    const left = 4 * Math.floor(box.left / 4);
    const top = 4 * Math.floor(box.top / 4);
    const clip = {
      x: left,
      y: top,
      width: Math.ceil(box.left + box.width) - left,
      height: Math.ceil(box.top + box.height) - top,
      scale: 1,
    };
    const { data } = await this.session.send('Page.captureScreenshot', { optimizeForSpeed: true, clip });
    const bytes = Buffer.from(data, 'base64');
    writeFileSync(`${folder}/${name}-${width}x${height}@${ratio}.png`, bytes);
    return new Picture(PNG.sync.read(bytes), { left, top }, ratio);
  }

  /** Takes the graphics context away from what draws the game, or gives it back. */
  async context(what: 'loseContext' | 'restoreContext'): Promise<void> {
    await this.page.evaluate((method) => {
      const canvas = document.querySelector<HTMLCanvasElement>('.game > canvas:last-of-type');
      const holder = window as { losing?: WEBGL_lose_context | null };
      // While it is lost the extension cannot be had.
      holder.losing ??= canvas?.getContext('webgl')?.getExtension('WEBGL_lose_context') ?? null;
      if (holder.losing === null) throw new Error('The game is not drawn by WebGL.');
      holder.losing[method]();
    }, what);
    await this.frames(4);
  }

  private canvases() {
    return this.page.evaluate(() => {
      const canvases = [...document.querySelectorAll<HTMLCanvasElement>('.game > canvas')];
      const boxes = canvases.map((canvas) => {
        const { left, top, width, height } = canvas.getBoundingClientRect();
        return { left, top, width, height };
      });
      const [box] = boxes;
      if (box === undefined) throw new Error('No game is shown.');
      return { box, boxes, canvases: canvases.map(({ width, height }) => ({ width, height })) };
    });
  }

  private frames(count: number): Promise<void> {
    return this.page.evaluate(async (left) => {
      for (let i = 0; i < left; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
    }, count);
  }
}

/** A part of the screen, read in CSS pixels of the window. */
export class Picture {
  private readonly png: PNG;
  private readonly corner: { readonly left: number; readonly top: number };
  private readonly ratio: number;

  constructor(png: PNG, corner: { readonly left: number; readonly top: number }, ratio: number) {
    this.png = png;
    this.corner = corner;
    this.ratio = ratio;
  }

  /**
   * The smallest box around all pixels within `box` that `matches`; null where none does. Edges are accurate to one of the
   * display's pixels.
   */
  find(box: Box, matches: (colour: Colour) => boolean): Box | null {
    const { png, ratio, corner } = this;
    const [fromX, fromY] = [this.column(box.left), this.row(box.top)];
    const [toX, toY] = [this.column(box.left + box.width), this.row(box.top + box.height)];
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let y = fromY; y < toY; y++) {
      for (let x = fromX; x < toX; x++) {
        const at = 4 * (y * png.width + x);
        if (!matches([png.data[at] ?? 0, png.data[at + 1] ?? 0, png.data[at + 2] ?? 0])) continue;
        left = Math.min(left, x);
        top = Math.min(top, y);
        right = Math.max(right, x + 1);
        bottom = Math.max(bottom, y + 1);
      }
    }
    if (right < left) return null;
    return {
      left: corner.left + left / ratio,
      top: corner.top + top / ratio,
      width: (right - left) / ratio,
      height: (bottom - top) / ratio,
    };
  }

  /** Share of pixels, of all in both pictures, whose colours differ by more than can be seen. */
  difference(other: Picture): number {
    const [a, b] = [this.png.data, other.png.data];
    if (a.length !== b.length) return 1;
    let different = 0;
    for (let at = 0; at < a.length; at += 4) {
      const off = Math.max(...[0, 1, 2].map((i) => Math.abs((a[at + i] ?? 0) - (b[at + i] ?? 0))));
      if (off > 8) different++;
    }
    return (4 * different) / a.length;
  }

  private column(px: number): number {
    return Math.max(0, Math.min(this.png.width, Math.round((px - this.corner.left) * this.ratio)));
  }

  private row(px: number): number {
    return Math.max(0, Math.min(this.png.height, Math.round((px - this.corner.top) * this.ratio)));
  }
}

/** True for colours at most `off` from `wanted` in every part. */
export function near(wanted: Colour, off = 24): (colour: Colour) => boolean {
  return (colour) => colour.every((part, i) => Math.abs(part - (wanted[i] ?? 0)) <= off);
}

/** From 0xRRGGBB. */
export function colourOf(value: number): Colour {
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
