import type { Box } from './box';

/** Asking the browser where something is costs too much for every frame. */
const lookEveryMs = 500;
/** What is said or can be pressed over the picture. */
const overPicture =
  '.promise-line, .match-invite, .match-fetch, .take-over-card, .guide, .notice, .pad, .arena-strip';

/** Where sentences and controls stand over the picture. */
export class TakenPlaces {
  private readonly picture: HTMLElement;
  private lookedAtMs = Number.NEGATIVE_INFINITY;
  private boxes: readonly Box[] = [];

  constructor(picture: HTMLElement) {
    this.picture = picture;
  }

  at(nowMs: number): readonly Box[] {
    if (nowMs - this.lookedAtMs < lookEveryMs) return this.boxes;
    this.lookedAtMs = nowMs;
    const { left, top } = this.picture.getBoundingClientRect();
    this.boxes = [...document.querySelectorAll(overPicture)].flatMap((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      if (width === 0 || height === 0) return [];
      return [{ xPx: x - left, yPx: y - top, widthPx: width, heightPx: height }];
    });
    return this.boxes;
  }
}
