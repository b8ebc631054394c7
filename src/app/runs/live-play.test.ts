import { expect, it } from 'vitest';
import { sb3Hyperparameters } from '../../contract';
import { balance } from '../../game/balance/simulation';
import { environmentSpec } from '../../game/engine/vector-environment';
import type { VisibleGame } from '../../phaser/visible-game';
import type { DriveEvent } from '../../streams/drive';
import { FakeAgent } from '../testing/fake-agent';
import { LivePlay } from './live-play';

/** A game that nobody draws, which is not what matters here. */
function unseen(collector: VisibleGame['collector']): VisibleGame {
  const seat = { connected: () => {}, answered: () => {} };
  return { seat: () => seat, empty: () => {}, setPlayer: () => {}, collector } as unknown as VisibleGame;
}

const here = () => new MessageChannel().port1 as unknown as Worker;

it.each([
  ['says so where its twin is lost for good', null, 0, [], 'The collector ended without a word.'],
  ['stops where it is gathered here and that is lost, too', here, 0, ['stopped'], null],
  ['goes on where its twin is there again', null, 1, [], null],
] as const)('a live game on the page %s', (_what, collector, collectors, kinds, reason) => {
  const agent = new FakeAgent({
    spec: environmentSpec(balance),
    hyperparameters: sb3Hyperparameters,
    checkpoint: null,
    best: null,
  });
  agent.collectors = collectors;
  const events: DriveEvent[] = [];
  const play = new LivePlay(unseen(collector), agent);
  let told: string | null = null;
  play.twinLost$.subscribe((why) => (told = why));
  play.drive$().subscribe((event) => events.push(event));
  agent.events.next({
    kind: 'restarted',
    message: 'The collector ended without a word.',
    version: 3,
    decisions: 9,
  });
  expect(events.map(({ kind }) => kind)).toEqual(kinds);
  expect(told).toBe(reason);
});
