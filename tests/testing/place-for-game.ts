import { onTestFinished } from 'vitest';

/** An element for a game to be seen in during the present test: in the page itself, Phaser would lay out the page. */
export function placeForGame(): HTMLElement {
  const place = document.createElement('div');
  place.style.cssText = 'width: 640px; height: 480px';
  document.body.append(place);
  onTestFinished(() => place.remove());
  return place;
}
