import { describe, expect, it } from 'vitest';
import { PlaytrainError } from '../../contract';
import type { PlayerSource } from '../../workers/player-source';
import type { RatingMatch, RatingResult } from '../../workers/rating-host';
import { mostFailuresInARow, type Pairing, RatingRounds } from './rating-rounds';

const lost = new PlaytrainError('worker-lost', 'The worker stopped.');
const won: RatingResult = { score: [7, 3], winner: 0 };

interface World {
  /** Who would meet next, the first two who are not left out. */
  readonly players: readonly string[];
  /** Who is not to be had. */
  readonly absent?: (id: string, nowMs: number) => boolean;
  /** What becomes of the match of that number, from 0. */
  readonly outcome?: (match: number) => RatingResult | Error;
  /** Rounds end after so many matches, pauses and failures. */
  readonly steps: number;
}

/** Plays rounds in a world whose clock moves only while they sleep, and tells what happened in order. */
async function rounds({
  players,
  absent = () => false,
  outcome = () => won,
  steps,
}: World): Promise<string[]> {
  const log: string[] = [];
  let nowMs = 0;
  let matches = 0;
  let stepsLeft = steps;
  let shown: Pairing | null = null;
  await new Promise<void>((resolve) => {
    const step = (text: string) => {
      log.push(text);
      stepsLeft -= 1;
      if (stepsLeft > 0) return;
      all.setShare(0);
      resolve();
    };
    const all = new RatingRounds({
      game: 'volley',
      pointsToWin: 7,
      next: (isLeftOut) => {
        const [a, b] = players.filter((id) => !isLeftOut(id));
        return a === undefined || b === undefined ? null : { ids: [a, b], names: [a, b], keys: [a, b] };
      },
      source: async (id): Promise<PlayerSource | null> =>
        absent(id, nowMs) ? null : { kind: 'scripted', id },
      playing: (pairing) => {
        shown = pairing;
      },
      played: async ({ ids }) => step(ids.join(' – ')),
      failed: () => {
        log.push(`gave up, showing ${shown === null ? 'nothing' : 'a match'}`);
        resolve();
      },
      open: () => {
        log.push('open');
        return {
          setShare: () => {},
          dispose: () => log.push('dispose'),
          play: async (_match: RatingMatch) => {
            const result = outcome(matches++);
            if (result instanceof Error) throw result;
            return result;
          },
        };
      },
      nowMs: () => nowMs,
      sleep: async (durationMs) => {
        nowMs += durationMs;
        step(`sleep ${durationMs}, showing ${shown === null ? 'nothing' : 'a match'}`);
      },
    });
    all.setShare(0.5);
  });
  return log;
}

describe('RatingRounds', () => {
  it('begins another worker a while after one was lost, and shows no match meanwhile', async () => {
    const log = await rounds({
      players: ['a', 'b'],
      outcome: (match) => (match === 1 ? lost : won),
      steps: 3,
    });
    expect(log).toEqual(['open', 'a – b', 'dispose', 'sleep 10000, showing nothing', 'open', 'a – b']);
  });

  it('gives up after so many lost workers in a row', async () => {
    const log = await rounds({ players: ['a', 'b'], outcome: () => lost, steps: 100 });
    expect(log.filter((each) => each === 'open')).toHaveLength(mostFailuresInARow);
    expect(log.at(-1)).toBe('gave up, showing nothing');
  });

  it('forgives lost workers with a match that was played', async () => {
    const log = await rounds({
      players: ['a', 'b'],
      outcome: (match) => (match % 3 === 2 ? won : lost),
      steps: 9,
    });
    expect(log.filter((each) => each === 'a – b')).toHaveLength(3);
    expect(log.at(-1)).toBe('a – b');
  });

  it('leaves out for a minute who is not to be had, and lets the others play', async () => {
    const players = ['a', 'b', 'c'];
    expect(await rounds({ players, absent: (id) => id === 'a', steps: 2 })).toEqual([
      'open',
      'b – c',
      'b – c',
    ]);
    // Of two nobody is left to meet; looks follow every 3 s, the 20th at 60 s.
    const log = await rounds({
      players: ['a', 'b'],
      absent: (id, nowMs) => id === 'a' && nowMs === 0,
      steps: 21,
    });
    expect(log).toEqual([...Array<string>(20).fill('sleep 3000, showing nothing'), 'open', 'a – b']);
  });

  it('leaves out two of whom one cannot play, and keeps its worker', async () => {
    const refused = new PlaytrainError('bad-file', 'This is no policy.');
    const log = await rounds({
      players: ['a', 'b', 'c', 'd'],
      outcome: (match) => (match === 0 ? refused : won),
      steps: 1,
    });
    expect(log).toEqual(['open', 'c – d']);
  });
});
