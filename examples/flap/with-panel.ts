import Phaser from 'phaser';
import { showPanel } from 'playtrain/panel';
import { bird } from './bird.agent';
import { flapConfig } from './flap';

const scale = { mode: Phaser.Scale.FIT, autoCenter: Phaser.Scale.CENTER_BOTH };
const game = new Phaser.Game({ ...flapConfig, parent: 'game', scale });

await showPanel(game, bird, {
  parent: document.querySelector<HTMLElement>('#panel') ?? document.body,
  twin: (name) => new Worker(new URL('./twin.ts', import.meta.url), { type: 'module', name }),
});
