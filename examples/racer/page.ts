import { driver } from './driver.agent';
import { racerConfig } from './racer';
import { racerSettings } from './settings';

/** What the page needs to show this game among its own. */
export const parts = { config: racerConfig, definition: driver, settings: racerSettings };
