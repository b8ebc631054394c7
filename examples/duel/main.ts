import Phaser from 'phaser';
import { learn } from 'playtrain/phaser';
import { duelConfig } from './duel';
import { duelist } from './duel.agent';
import { duelSettings } from './settings';

const game = new Phaser.Game({
  ...duelConfig,
  scale: { mode: Phaser.Scale.FIT, autoCenter: Phaser.Scale.CENTER_BOTH },
});
const agent = learn(game, duelist, {
  settings: duelSettings,
  twin: (name) => new Worker(new URL('./twin.ts', import.meta.url), { type: 'module', name }),
});

// Whoever presses a key of a side plays that side from then on.
document.addEventListener('keydown', ({ code }) => {
  if (/^(Key[WASD]|Space)$/.test(code)) agent.setPlays(false, 0);
  if (/^(Arrow|Enter)/.test(code)) agent.setPlays(false, 1);
});
