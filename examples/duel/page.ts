import { duelConfig } from './duel';
import { duelist } from './duel.agent';
import { duelSettings } from './settings';

/** What the page needs to show this game among its own. */
export const parts = { config: duelConfig, definition: duelist, settings: duelSettings };
