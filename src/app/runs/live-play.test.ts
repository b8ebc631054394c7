import { expect, it } from 'vitest';
import { sb3Hyperparameters } from '../../contract';
import { balance } from '../../game/balance/simulation';
import { environmentSpec } from '../../game/engine/vector-environment';
import type { VisibleGame } from '../../phaser/visible-game';
import type { DriveEvent } from '../../streams/drive';
import { FakeAgent } from '../testing/fake-agent';
import { LivePlay } from './live-play';

/** A game that nobody draws, which is not what matters here. */
function unseen(): VisibleGame {
  const seat = { connected: () => {}, answered: () => {} };
  return { seat: () => seat, empty: () => {}, setPlayer: () => {} } as unknown as VisibleGame;
}

it.each([
  ['stops where its twin is lost for good, since what is seen earns nothing', 0, ['stopped']],
  ['goes on where its twin is there again', 1, []],
] as const)('a live game on the page %s', (_what, collectors, kinds) => {
  const agent = new FakeAgent({
    spec: environmentSpec(balance),
    hyperparameters: sb3Hyperparameters,
    checkpoint: null,
    best: null,
  });
  agent.collectors = collectors;
  const events: DriveEvent[] = [];
  new LivePlay(unseen(), agent).drive$().subscribe((event) => events.push(event));
  agent.events.next({
    kind: 'restarted',
    message: 'The collector ended without a word.',
    version: 3,
    decisions: 9,
  });
  expect(events.map(({ kind }) => kind)).toEqual(kinds);
});
