import { fox } from './fox.agent';
import { runnerConfig } from './runner';
import { runnerSettings } from './settings';

/** What the page needs to show this game among its own. */
export const parts = { config: runnerConfig, definition: fox, settings: runnerSettings };
