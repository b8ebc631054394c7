import { describe, expect, it } from 'vitest';
import { DecisionBatch, decisionShape, interruptions, type Simulation } from '../../contract';
import { SeededRandom } from '../../random/seeded-random';
import { arenaStream } from '../../random/stream';
import { balance } from '../balance/simulation';
import { volley } from '../volley/simulation';
import { ArenaEnvironment, type Worlds } from './arena-environment';
import { createVectorEnvironment, environmentSpec } from './vector-environment';

const arenas = 3;

/** A game that can be begun and stepped, and of which nobody sees a state: as somebody's own game is. */
function liveWorlds(simulation: Simulation): Worlds {
  const origin = { seed: 5, generation: 0, firstArena: 0 };
  const games = Array.from({ length: arenas }, (_, arena) => ({
    state: new Float64Array(simulation.stateSize),
    random: arenaStream(origin, 'worlds', arena),
  }));
  return {
    begin: (arena) => simulation.reset(games[arena]!.state, games[arena]!.random),
    step: (arena, actions, terms) => simulation.step(games[arena]!.state, actions, terms),
    observe: (arena, observations) => simulation.observe(games[arena]!.state, observations),
    mask: (arena, masks) => simulation.mask?.(games[arena]!.state, masks),
  };
}

describe('arenas of a game that can only be begun and stepped', () => {
  it.each([balance, volley])('come to the same decisions as copies of a simulation: $game', (simulation) => {
    const live = new ArenaEnvironment(environmentSpec(simulation), liveWorlds(simulation), arenas, 0);
    const copies = createVectorEnvironment(simulation, { arenas, seed: 5 });
    const shape = decisionShape(live.spec, arenas);
    const [ours, theirs] = [new DecisionBatch(shape), new DecisionBatch(shape)];
    const random = SeededRandom.fromSeed(1);
    const actions = new Float32Array(live.actions.length);
    let ended = 0;
    for (let decision = 0; decision < 2_000; decision++) {
      live.takeDecision(ours);
      copies.takeDecision(theirs);
      expect(ours).toEqual(theirs);
      for (let i = 0; i < actions.length; i++) actions[i] = Math.floor(2 * random.uniform());
      for (const environment of [live, copies]) {
        environment.applyActions(actions);
        environment.tick();
      }
      const endings = live.takeEndings();
      expect(endings).toEqual(copies.takeEndings());
      ended += endings.length;
    }
    expect(ended).toBeGreaterThan(5);
  });

  it('see the last of an episode before the next begins', () => {
    // An episode counts 1, 2, 3 and is over; 0 would be the next one's first observation.
    const counts = [0, 0, 0];
    const counting: Worlds = {
      begin: (arena) => (counts[arena] = 0),
      step: (arena, _actions, terms) => {
        counts[arena]! += 1;
        terms.fill(0);
        return counts[arena] === 3;
      },
      observe: (arena, observations) => observations.fill(counts[arena]!),
      mask: () => {},
    };
    const environment = new ArenaEnvironment(environmentSpec(balance), counting, arenas, 0);
    const batch = new DecisionBatch(decisionShape(environment.spec, arenas));
    environment.applyActions(batch.actions);
    for (let tick = 0; tick < 3; tick++) environment.tick();
    environment.takeDecision(batch);
    expect([...batch.terminated]).toEqual([1, 1, 1]);
    expect(new Set(batch.finalObservations)).toEqual(new Set([3]));
    expect(new Set(batch.observations)).toEqual(new Set([0]));
  });

  it.each([
    ['throws', 'threw'],
    ['gives a number that is none', 'notFinite'],
  ] as const)('go on where one of them %s: it alone is begun anew, and told once', (_what, kind) => {
    const worlds = liveWorlds(balance);
    let isWrong = false;
    const faulty: Worlds = {
      ...worlds,
      step: (arena, actions, terms) => {
        const isTerminated = worlds.step(arena, actions, terms);
        if (isWrong && arena === 1) {
          if (kind === 'threw') throw new Error('a mistake in update');
          terms.fill(Number.NaN);
        }
        return isTerminated;
      },
    };
    const environment = new ArenaEnvironment(environmentSpec(balance), faulty, arenas, 0);
    const batch = new DecisionBatch(decisionShape(environment.spec, arenas));
    environment.takeDecision(batch);
    environment.applyActions(batch.actions);
    isWrong = true;
    environment.tick();
    isWrong = false;
    environment.takeDecision(batch);
    expect([...batch.interrupted]).toEqual([0, interruptions.fault, 0]);
    expect(environment.takeFaults()).toMatchObject([{ arena: 1, kind }]);
    expect([...environment.episodeTicks]).toEqual([1, 0, 1]);
    environment.applyActions(batch.actions);
    environment.tick();
    environment.takeDecision(batch);
    expect(environment.takeFaults()).toEqual([]);
    expect([...environment.episodeTicks]).toEqual([2, 1, 2]);
  });
});
