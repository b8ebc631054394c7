import Phaser from 'phaser';
import { type LearningAgent, learn } from 'playtrain/phaser';
import { driver } from './driver.agent';
import { racerConfig } from './racer';
import { racerSettings } from './settings';

const game = new Phaser.Game({ ...racerConfig, parent: document.body });
let agent: LearningAgent | null = null;

function begin(): void {
  agent?.dispose();
  agent = learn(game, driver, {
    twin: (name) => new Worker(new URL('./twin.ts', import.meta.url), { type: 'module', name }),
    settings: racerSettings,
  });
}

begin();
// Another course is learned anew.
game.events.on('track', () => game.events.once('poststep', begin));
