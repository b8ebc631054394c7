import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CanvasPair } from './canvas-pair';

let parent: HTMLElement;
let pair: CanvasPair;

beforeEach(() => {
  parent = document.createElement('div');
  Object.assign(parent.style, {
    position: 'relative',
    boxSizing: 'content-box',
    border: '1px solid',
    overflow: 'hidden',
  });
  resize(600, 400);
  document.body.append(parent);
  pair = new CanvasPair(parent);
  pair.adopt(document.createElement('canvas'));
  pair.update();
});

afterEach(() => {
  pair.end();
  parent.remove();
  vi.unstubAllGlobals();
});

function resize(widthPx: number, heightPx: number): void {
  Object.assign(parent.style, { width: `${widthPx}px`, height: `${heightPx}px` });
}

/** Until the browser has told of new sizes. */
const laidOut = () =>
  new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));

const boxes = () =>
  Array.from(parent.querySelectorAll('canvas'), (canvas) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const { left: parentLeft, top: parentTop } = parent.getBoundingClientRect();
    return { left: left - parentLeft, top: top - parentTop, width, height };
  });

describe('CanvasPair', () => {
  it('keeps both canvases as large as their parent, before the frame as after it', async () => {
    for (const [width, height] of [
      [600, 400],
      [320.5, 500.25],
      [1200, 90],
    ] as const) {
      resize(width, height);
      const wanted = { left: 1, top: 1, width, height };
      expect(boxes()).toEqual([wanted, wanted]);
      await laidOut();
      pair.update();
      pair.beginGround();
      expect(boxes()).toEqual([wanted, wanted]);
      expect(pair.size).toMatchObject({ widthPx: width, heightPx: height });
    }
  });

  it('settles a new size at the next update and says so once', async () => {
    const before = pair.size;
    expect(pair.update()).toBe(false);
    resize(300, 200);
    await laidOut();
    expect(pair.size).toBe(before);
    expect(pair.update()).toBe(true);
    expect(pair.update()).toBe(false);
    expect(pair.size?.canvasWidth).toBe(Math.round(300 * Math.min(2, devicePixelRatio)));
  });

  it('notices a change of the pixel ratio alone', () => {
    for (const ratio of [1.25, 1.5, 2]) {
      vi.stubGlobal('devicePixelRatio', ratio);
      expect(pair.update()).toBe(true);
      expect(pair.size).toMatchObject({
        pixelRatio: ratio,
        canvasWidth: 600 * ratio,
        canvasHeight: 400 * ratio,
      });
      pair.beginGround();
      expect(pair.ground.width).toBe(600 * ratio);
    }
  });

  it('has no size where there is no room, and one again when there is', async () => {
    for (const hide of [() => resize(0, 400), () => parent.style.setProperty('display', 'none')]) {
      hide();
      await laidOut();
      expect(pair.update()).toBe(false);
      expect(pair.size).toBeNull();
      expect(pair.beginGround()).toBeNull();
      parent.style.removeProperty('display');
      resize(500, 300);
      await laidOut();
      expect(pair.update()).toBe(true);
      expect(pair.size).toMatchObject({ widthPx: 500, heightPx: 300 });
    }
  });

  it('asks for the ground to be painted again when its context was lost', () => {
    const before = pair.repaintsRequired;
    pair.ground.dispatchEvent(new Event('contextrestored'));
    expect(pair.repaintsRequired).toBeGreaterThan(before);
  });

  it('hides the ground until it is begun anew', () => {
    pair.beginGround();
    pair.hideGround();
    expect(getComputedStyle(pair.ground).visibility).toBe('hidden');
    pair.beginGround();
    expect(getComputedStyle(pair.ground).visibility).toBe('visible');
  });

  it('leaves nothing behind', () => {
    pair.end();
    expect(parent.childElementCount).toBe(0);
  });
});
