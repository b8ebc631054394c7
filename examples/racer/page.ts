import { driver } from './driver.agent';
import { RaceScene, racerConfig } from './racer';
import { racerSettings } from './settings';

/** On a page that keeps the keys to itself until somebody takes over, and says so beside the game. */
class PageRaceScene extends RaceScene {
  protected override readonly invitation = '';
}

/** What the page needs to show this game among its own. */
export const parts = {
  config: { ...racerConfig, scene: PageRaceScene },
  definition: driver,
  settings: racerSettings,
};
