import type { Subscription } from 'rxjs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pictureIsLost$ } from './lost-picture';

let container: HTMLElement;
let told: boolean[];
let listening: Subscription;

beforeEach(() => {
  container = document.createElement('div');
  document.body.append(container);
  told = [];
  listening = pictureIsLost$(container, 0).subscribe((isLost) => told.push(isLost));
});
afterEach(() => {
  listening.unsubscribe();
  container.remove();
});

function canvas(): WEBGL_lose_context {
  const made = container.appendChild(document.createElement('canvas'));
  // Without it a lost context is never given back.
  made.addEventListener('webglcontextlost', (event) => event.preventDefault());
  const lose = made.getContext('webgl2')?.getExtension('WEBGL_lose_context');
  if (!lose) throw new Error('There is no WebGL here.');
  return lose;
}

it('tells of a context that does not come back, and that it came back after all', async () => {
  const context = canvas();
  context.loseContext();
  await expect.poll(() => told).toEqual([true]);
  context.restoreContext();
  await expect.poll(() => told).toEqual([true, false]);
});

it('tells that all is well only once all canvases are', async () => {
  const [ground, sprites] = [canvas(), canvas()];
  ground.loseContext();
  sprites.loseContext();
  await expect.poll(() => told).toEqual([true]);
  ground.restoreContext();
  await new Promise((resolve) =>
    container.addEventListener('webglcontextrestored', resolve, { capture: true, once: true }),
  );
  expect(told).toEqual([true]);
  sprites.restoreContext();
  await expect.poll(() => told).toEqual([true, false]);
});
