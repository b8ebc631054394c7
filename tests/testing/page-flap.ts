import { FlapScene, flapConfig } from '../../examples/flap/flap';

/** Flap with a place for the score in its page, which it looks for at once. */
class PageFlap extends FlapScene {
  override create(): void {
    document.getElementById('score')?.remove();
    super.create();
  }
}

/** Flap that asks its page for something after a while. */
class LaterPageFlap extends FlapScene {
  override create(): void {
    super.create();
    this.time.delayedCall(500, () => document.querySelector('#score'));
  }
}

export const pageFlapConfig = { ...flapConfig, scene: PageFlap };
export const laterPageFlapConfig = { ...flapConfig, scene: LaterPageFlap };
