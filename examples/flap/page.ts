import { bird } from './bird.agent';
import { flapConfig } from './flap';
import { flapSettings } from './settings';

/** What the page needs to show this game among its own. */
export const parts = { config: flapConfig, definition: bird, settings: flapSettings };
