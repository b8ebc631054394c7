import Phaser from 'phaser';
import { learn } from 'playtrain/phaser';
import { bird } from './bird.agent';
import { flapConfig } from './flap';

learn(new Phaser.Game(flapConfig), bird, {
  twin: (name) => new Worker(new URL('./twin.ts', import.meta.url), { type: 'module', name }),
});
