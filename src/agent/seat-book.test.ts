import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { controllers, DecisionBatch, decisionShape, interruptions, sb3Hyperparameters } from '../contract';
import { SeatBook } from './seat-book';
import { idlePlayers, duelSpec as spec } from './testing/duel';

const scripted = idlePlayers('bot');
const settings = { ...sb3Hyperparameters, arenas: 1, selfShare: 0.3, pastShare: 0, scriptedShare: 0.7 };

/** One decision of the arena: who chose, and how it ended. */
const decisions = fc.array(
  fc.record({
    controllers: fc.tuple(
      ...([0, 1] as const).map(() =>
        fc.oneof(
          { weight: 8, arbitrary: fc.constant(controllers.cast) },
          { weight: 1, arbitrary: fc.constantFrom(controllers.person, controllers.frozen) },
        ),
      ),
    ),
    end: fc.constantFrom('goes on', 'goes on', 'rule', 'limit', 'restart', 'fault'),
    winner: fc.constantFrom(null, 0, 1),
  }),
  { minLength: 5, maxLength: 80 },
);

describe('the books of who met whom', () => {
  it('hold an episode exactly where rules or limit ended it and nobody but the cast played from first to last', () => {
    let booked = 0;
    fc.assert(
      fc.property(decisions, fc.nat(1000), (all, seed) => {
        const book = new SeatBook(
          spec,
          settings,
          { past: [], scripted },
          { seed, generation: 0, firstArena: 0 },
        );
        const batch = new DecisionBatch(decisionShape(spec, 1));
        const own = new Uint8Array(2);
        let cast = true;
        for (const { controllers: chosenBy, end, winner } of all) {
          // What is chosen now, and whom the learner meets.
          batch.controllers.set(chosenBy);
          cast &&= chosenBy.every((controller) => controller === controllers.cast);
          const opponent = book.opponentOf(0);
          for (const agent of [0, 1]) {
            own[agent] = book.isOwn(batch.controllers, agent) ? 1 : 0;
            if (chosenBy[agent] !== controllers.cast) book.takenOver(agent);
          }
          const played = [...own];
          // What came of it.
          batch.rewardTerms.fill(0);
          if (end === 'rule' && winner !== null) batch.rewardTerms.set(winner === 0 ? [1, -1] : [-1, 1]);
          batch.terminated.fill(end === 'rule' ? 1 : 0);
          batch.truncated.fill(end === 'rule' || end === 'goes on' ? 0 : 1);
          batch.interrupted.fill(
            end === 'restart'
              ? interruptions.restart
              : end === 'fault'
                ? interruptions.fault
                : interruptions.none,
          );
          if (end === 'fault') own.fill(0);
          book.note(batch, Float64Array.from(batch.rewardTerms), own, true);
          const met = book.endedEpisodes.flatMap(({ against }) => against ?? []);
          const counts = cast && (end === 'rule' || end === 'limit');
          const outcomes = [0, 1]
            .filter((agent) => counts && played[agent] === 1)
            .map((agent) => (end === 'limit' || winner === null ? 0 : winner === agent ? 1 : -1));
          expect(met.map(({ outcome }) => outcome)).toEqual(outcomes);
          const name = opponent.kind === 'self' ? 'self' : 'bot';
          expect(met.every((each) => each.opponent === name)).toBe(true);
          booked += met.length;
          if (end !== 'goes on') cast = true;
        }
      }),
      { numRuns: 300 },
    );
    expect(booked).toBeGreaterThan(500);
  });
});
