import { expect, it } from 'vitest';
import { refuseOtherGames } from './hand-over';
import {
  answerDecisions,
  gatherRollouts,
  type Line,
  parcels,
  playAlone,
  playDecisions,
  readRollouts,
} from './hand-over-run';

const clock = () => 0;

function lines(bytes: number): readonly [Line, Line] {
  const { port1, port2 } = new MessageChannel();
  const memory = { memory: new SharedArrayBuffer(bytes), turns: new SharedArrayBuffer(4) };
  return [
    { ...memory, port: port1 },
    { ...memory, port: port2 },
  ];
}

it('decisions that are handed over come to the same games as in one thread', async () => {
  const [one, other] = lines(parcels.decision.bytes);
  const answered = answerDecisions(other, 'messages', 300);
  const played = await playDecisions(one, 'messages', 300, false, clock);
  await answered;
  expect(played.hash).toBe(playAlone(300, clock).hash);
  expect(played.hash).not.toBe(playAlone(299, clock).hash);
  one.port.close();
});

it('rollouts that are handed over come to the same games as decisions in one thread', async () => {
  const [one, other] = lines(parcels.rollout.bytes);
  const read = readRollouts(other, 'messages', 2);
  const gathered = await gatherRollouts(one, 'messages', 2, clock);
  await read;
  expect(gathered.hash).toBe(playAlone((2 * parcels.rollout.decisions) / 16, clock).hash);
  one.port.close();
});

it('nothing is reported of ways that came to different games', () => {
  const decisions = { parcel: 'decision', count: 10 } as const;
  expect(() =>
    refuseOtherGames([
      { ...decisions, hashes: [1, 1] },
      { ...decisions, hashes: [1] },
    ]),
  ).not.toThrow();
  expect(() =>
    refuseOtherGames([
      { ...decisions, hashes: [1] },
      { ...decisions, count: 9, hashes: [2] },
    ]),
  ).not.toThrow();
  expect(() =>
    refuseOtherGames([
      { ...decisions, hashes: [1] },
      { ...decisions, hashes: [2] },
    ]),
  ).toThrow('10 decisions');
});
