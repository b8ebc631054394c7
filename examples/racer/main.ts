import Phaser from 'phaser';
import { learn } from 'playtrain/phaser';
import { driver } from './driver.agent';
import { racerConfig } from './racer';
import { racerSettings } from './settings';

// A course that is drawn lies among the game's data, so that the twin begins anew on it; what was learned stays.
learn(new Phaser.Game({ ...racerConfig, parent: document.body }), driver, {
  twin: (name) => new Worker(new URL('./twin.ts', import.meta.url), { type: 'module', name }),
  settings: racerSettings,
});
