import Phaser from 'phaser';
import { filter, firstValueFrom } from 'rxjs';
import { afterEach, expect, it, vi } from 'vitest';
import { bird } from '../examples/flap/bird.agent';
import { flapConfig } from '../examples/flap/flap';
import { learn } from '../src/phaser';
import { placeForGame } from './testing/place-for-game';

let end = () => {};
afterEach(() => end());

const addressOf = (source: string) => URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
const script = (source: string) => (name: string) => new Worker(addressOf(source), { name });
const module = (source: string) => (name: string) => new Worker(addressOf(source), { name, type: 'module' });
const throwing = 'throw new Error("the game has no sky");';
const threw = 'The collector stopped with an error: the game has no sky.';
const notLoaded = 'The worker that plays the game unseen could not be loaded; see that the file';

it.each([
  ['throws, in a module', module(throwing), threw],
  ['throws, in a script', script(throwing), threw],
  ['throws once it is there', script(`setTimeout(() => { ${throwing} }, 300);`), threw],
  ['throws in the game’s own promise', module(`await (async () => { ${throwing} })();`), threw],
  ['imports what is not there', module('import "/no-such-game.js";'), notLoaded],
  [
    'includes what is not there',
    script('importScripts("/no-such-game.js");'),
    'The collector stopped with an error: ',
  ],
  ['is not there', (name: string) => new Worker('/no-such-twin.js', { name, type: 'module' }), notLoaded],
  [
    'no browser makes',
    () => {
      throw new Error('there are too many.');
    },
    'The browser refuses to start a worker for the collector: there are too many.',
  ],
] as const)(
  'a twin that %s is told of in a sentence, and the game learns in its page',
  async (_how, twin, sentence) => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const game = new Phaser.Game({ ...flapConfig, banner: false, parent: placeForGame() });
    const agent = learn(game, bird, { twin, settings: { rolloutLength: 32, minibatchSize: 32 } });
    end = () => {
      warn.mockRestore();
      agent.dispose();
      game.destroy(true);
    };
    const isTold = filter(({ kind }: { readonly kind: string }) => kind === 'warning' || kind === 'failed');
    expect(await firstValueFrom(agent.events$.pipe(isTold))).toEqual({
      kind: 'warning',
      message: expect.stringContaining(sentence) as string,
      remedy: { code: 'learnsInPage' },
    });
    const mode = await firstValueFrom(agent.mode$.pipe(filter(({ name }) => name !== 'twin')));
    expect(mode).toMatchObject({ name: 'turbo' });
    const told = warn.mock.calls
      .map(([text]) => String(text))
      .filter((text) => text.includes('twin was given up'));
    expect(told).toEqual([expect.stringContaining(sentence)]);
  },
);
