import Phaser from 'phaser';
import { learn } from 'playtrain/phaser';
import { fox } from './fox.agent';
import { runnerConfig } from './runner';
import { runnerSettings } from './settings';

learn(new Phaser.Game(runnerConfig), fox, {
  twin: (name) => new Worker(new URL('./twin.ts', import.meta.url), { type: 'module', name }),
  settings: runnerSettings,
});
