import { describe, expect, it } from 'vitest';
import { controllers, type DecisionBatch } from '../../contract';
import { Driver } from '../../game/engine/driver';
import { createVectorEnvironment } from '../../game/engine/vector-environment';
import { volley } from '../../game/volley/simulation';
import { verifyRecord } from '../../match/replay';
import { SeededRandom } from '../../random/seeded-random';
import { LearningMatch } from './learning-match';

const [, , hawk] = volley.scriptedPlayers ?? [];
if (hawk === undefined) throw new Error('Volley has three scripted players.');
const arenas = 3;

/** A run whose agents all play like Hawk, every answer some milliseconds late. */
function setUp(personSeat: 0 | 1, frozenAgent: number | null = null) {
  const environment = createVectorEnvironment(volley, { arenas, seed: 5 });
  const driver = new Driver(volley, environment, volley.decisionIntervalTicks);
  if (frozenAgent !== null) driver.setController(frozenAgent, controllers.frozen);
  const paces: ({ readonly running: boolean } | null)[] = [];
  let isReady = false;
  const match = new LearningMatch({
    simulation: volley,
    driver,
    personSeat,
    names: ['You', 'Agent'],
    seed: 42,
    pointsToWin: 3,
    countdownTicks: 60,
    isReady: () => isReady,
    setPace: (pace) => {
      paces.push(pace);
      driver.running = pace?.running ?? true;
    },
  });
  const random = SeededRandom.fromSeed(9);
  const answered = (question: DecisionBatch) => {
    const { agents, observationSize, actionSize } = question.shape;
    for (let agent = 0; agent < agents; agent++) {
      const seen = question.observations.subarray(agent * observationSize, (agent + 1) * observationSize);
      hawk!.act(seen, random, question.actions.subarray(agent * actionSize, (agent + 1) * actionSize));
    }
    return question;
  };
  let nowMs = 0;
  let open: { readonly batch: DecisionBatch; readonly dueMs: number } | null = null;
  /** Plays `frames` frames of 16 ms; the person runs to and fro. */
  const play = (frames: number, afterFrame: () => void = () => {}) => {
    for (let frame = 0; frame < frames; frame++) {
      nowMs += 16;
      const horizontal = Math.floor(nowMs / 400) % 2 === 0 ? 1 : -1;
      driver.setPersonInput(personSeat, { horizontal, vertical: 0, primary: false });
      let question: DecisionBatch | null = null;
      if (open !== null && open.dueMs <= nowMs) {
        question = driver.answer(answered(open.batch), nowMs);
        open = null;
      }
      question = driver.frame(nowMs) ?? question;
      if (question !== null) open = { batch: question, dueMs: nowMs + 20 };
      match.frame(nowMs);
      afterFrame();
    }
  };
  return {
    environment,
    driver,
    match,
    paces,
    play,
    /** A frame that comes so much later than it should. */
    stall: (ms: number) => {
      nowMs += ms;
      play(1);
    },
    begin: () => {
      isReady = true;
    },
  };
}

describe('LearningMatch', () => {
  it.each([0, 1] as const)('keeps score of the first arena with a person in seat %i', (personSeat) => {
    const { environment, driver, match, play, begin } = setUp(personSeat);
    begin();
    const score = [0, 0];
    play(4000, () => {
      if (match.view.phase === 'over') return;
      for (const { arena, rewardTerms } of environment.takeEndings()) {
        if (arena !== 0 || match.ticks === 0) continue;
        if (rewardTerms[0]! > 0) score[0]!++;
        else score[1]!++;
      }
      expect(match.view.score).toEqual(score);
    });
    expect(match.view).toMatchObject({ phase: 'over', person: personSeat, names: ['You', 'Agent'] });
    expect(Math.max(...match.view.score)).toBe(3);
    // Who cannot play loses.
    expect(match.view.winner).toBe(1 - personSeat);
    // And the arena is the learner's again.
    expect(driver.controller(personSeat)).toBe(controllers.cast);
  });

  it('draws what the arena’s states are while a rally runs', () => {
    const { environment, match, play, begin } = setUp(0);
    begin();
    const stage = match.stage({ theme: () => 'dark', reducedMotion: () => false, sound: () => false });
    let compared = 0;
    play(200, () => {
      if (match.view.phase !== 'rally' || environment.episodeTicks[0] === 0) return;
      compared++;
      expect(stage.states).toEqual(environment.states.subarray(0, volley.stateSize));
      expect(stage.previousStates).toEqual(environment.previousStates.subarray(0, volley.stateSize));
    });
    expect(compared).toBeGreaterThan(20);
  });

  it('leaves a record that repeats, late answers and all', () => {
    const { match, play, begin } = setUp(0);
    begin();
    play(4000);
    const record = match.record();
    expect(record.finalHash).toBe(match.hash());
    expect(verifyRecord(volley, record)).toEqual(match.view.score);
  });

  it('counts down only once the agent is there, and the run stands still meanwhile', () => {
    const { driver, match, play, begin } = setUp(0);
    play(200);
    expect(match.view.phase).toBe('countdown');
    expect(match.view.countdownSeconds).toBeCloseTo(1, 9);
    expect(driver.ticks).toBe(0);
    begin();
    play(30);
    expect(match.view.phase).toBe('countdown');
    expect(match.view.countdownSeconds).toBeLessThan(0.6);
    play(40);
    expect(match.view.phase).toBe('rally');
  });

  it('loses a tenth of a second of its countdown to a stall, and no more', () => {
    const { match, play, stall, begin } = setUp(0);
    begin();
    play(2);
    const { countdownSeconds } = match.view;
    stall(5_000);
    expect(match.view.phase).toBe('countdown');
    expect(countdownSeconds - match.view.countdownSeconds).toBeCloseTo(0.1, 9);
  });

  it('pauses the run, and gives it back its own pace when it is left', () => {
    const { environment, driver, match, paces, play, begin } = setUp(1);
    begin();
    play(120);
    match.setPaused(true);
    const { ticks } = match;
    const hash = environment.hash();
    play(50);
    expect([match.ticks, environment.hash()]).toEqual([ticks, hash]);
    match.leave();
    expect(paces.at(-1)).toBeNull();
    expect(driver.controller(1)).toBe(controllers.cast);
    play(50);
    expect(match.ticks).toBe(ticks);
    expect(environment.hash()).not.toBe(hash);
  });

  it('gives every arena back to whom it took it from', () => {
    const { driver, match } = setUp(0, 3);
    const seats = () => [0, 1, 2, 3, 4, 5].map((agent) => driver.controller(agent));
    const { cast, person, frozen } = controllers;
    expect(seats()).toEqual([person, cast, cast, cast, cast, cast]);
    match.leave();
    expect(seats()).toEqual([cast, cast, cast, frozen, cast, cast]);
  });
});
