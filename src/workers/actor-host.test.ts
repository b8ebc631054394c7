import { beforeEach, describe, expect, it } from 'vitest';
import { encodeTrainingState } from '../agent/checkpoint';
import { firstTrainingState } from '../agent/first-state';
import { initialiseParameters, policyLayout } from '../agent/policy';
import {
  createRollout,
  DecisionBatch,
  decisionShape,
  type Hyperparameters,
  sb3Hyperparameters,
} from '../contract';
import { balance } from '../game/balance/simulation';
import { createVectorEnvironment, environmentSpec } from '../game/engine/vector-environment';
import { SeededRandom } from '../random/seeded-random';
import { ActorHost } from './actor-host';
import type { ActorStart, ActorToPage, RolloutMessage, UpdateMessage } from './protocol';

const spec = environmentSpec(balance);
const hyperparameters = { ...sb3Hyperparameters, arenas: 2, rolloutLength: 4, minibatchSize: 8 };
const layout = policyLayout(spec, hyperparameters);
const parameters = initialiseParameters(layout, SeededRandom.fromSeed(1), 0);
const start: ActorStart = {
  spec,
  hyperparameters,
  snapshot: { version: 0, parameters },
  normalisation: { observations: null, rewards: null },
  past: [],
  decisions: 0,
  acting: 'cpu',
  continuing: false,
  records: true,
};

const update: Omit<UpdateMessage, 'buffer'> = { ...start, addedPast: null, accepting: true };

/** A host between a page and a learner that do as the test says. */
function createHosted(changes: Partial<ActorStart> = {}) {
  const environment = createVectorEnvironment(balance, { arenas: 2, seed: 1 });
  const shape = decisionShape(spec, 2);
  const answers: DecisionBatch[] = [];
  const rollouts: RolloutMessage[] = [];
  const host = new ActorHost(
    { ...start, ...changes },
    { postMessage: (message: ActorToPage) => answers.push(new DecisionBatch(shape, message as ArrayBuffer)) },
    // Transferring for real, so that the host cannot go on writing to what it handed over.
    {
      postMessage: (message, transfer) =>
        rollouts.push(structuredClone(message, { transfer: transfer ?? [] })),
    },
    () => 0,
  );
  let number = 0;
  return {
    host,
    answers,
    rollouts,
    /** One decision: asks, and plays the tick if there was an answer. */
    decide(): DecisionBatch | undefined {
      const batch = new DecisionBatch(shape);
      environment.takeDecision(batch);
      batch.number = number++;
      const before = answers.length;
      host.question(batch.buffer);
      const answer = answers[before];
      if (answer !== undefined) {
        environment.applyActions(answer.actions);
        environment.tick();
      }
      return answer;
    },
    /** The learner's answer to its oldest rollout. */
    update(version: number) {
      const { buffer } = rollouts.shift()!;
      host.updated({ ...update, snapshot: { version, parameters }, buffer });
    },
  };
}

describe('ActorHost', () => {
  let hosted: ReturnType<typeof createHosted>;
  beforeEach(() => {
    hosted = createHosted();
  });

  it('takes no frozen policy of another net, however many weights that has', () => {
    const own = { ...hyperparameters, rolloutLength: 8, hiddenSizes: [5, 10] };
    const of = (changes: Partial<Hyperparameters>) =>
      encodeTrainingState(firstTrainingState(spec, { ...own, ...changes }));
    const { host } = createHosted({ hyperparameters: own, snapshot: firstTrainingState(spec, own) });
    expect(host.setFrozen(of({ seed: 2 })).version).toBe(0);
    expect(() => host.setFrozen(of({ activation: 'relu' }))).toThrow(/5, 10 with relu.*5, 10 with tanh/);
    expect(() => host.setFrozen(of({ hiddenSizes: [5] }))).toThrow(/hidden layers 5 with tanh/);
  });
  const decide = (times: number) => Array.from({ length: times }, () => hosted.decide());

  it('gathers on from what collectors have gathered meanwhile, and hands nothing over that it had begun', () => {
    decide(8); // one rollout out, one full but for its last outcome
    hosted.host.setGathering(false, 0);
    decide(4);
    expect(hosted.rollouts).toHaveLength(1);
    // 2 arenas x 4 steps a rollout; the learner has learned from 100 decisions meanwhile.
    hosted.update(1);
    hosted.host.setGathering(true, 100);
    expect(decide(1)[0]?.decisions).toBe(100);
    expect(decide(4).at(-1)?.decisions).toBe(108);
    expect(hosted.rollouts).toHaveLength(1);
    // Both buffers are there again: the next fills while that one is out.
    expect(decide(3).every((answer) => answer?.buffersFull === false)).toBe(true);
  });

  it('says with which question a rollout began', () => {
    decide(9);
    hosted.update(1);
    decide(4);
    hosted.host.setGathering(false, 0);
    hosted.host.setGathering(true, 0);
    decide(5);
    expect(hosted.rollouts.map(({ firstDecision }) => firstDecision)).toEqual([4]);
    hosted.update(2);
    decide(1);
    expect(hosted.rollouts.map(({ firstDecision }) => firstDecision)).toEqual([13]);
  });

  it('answers every question while an update runs, and fills the spare', () => {
    // 4 decisions fill a rollout; the outcome of the 4th comes with the 5th question.
    const answers = decide(5);
    expect(hosted.rollouts).toHaveLength(1);
    expect(answers.every((answer) => answer?.buffersFull === false)).toBe(true);
    const spare = decide(3);
    expect(spare.every((answer) => answer?.buffersFull === false)).toBe(true);
  });

  it('eases when the spare is full too, counts what it cannot record, and goes on when the update ends', () => {
    decide(8);
    // The 9th question fills the spare; nothing is left to record into.
    expect(decide(3).map((answer) => answer?.buffersFull)).toEqual([true, true, true]);
    expect(hosted.rollouts).toHaveLength(1);
    hosted.update(1);
    // The waiting rollout leaves at once, and the memory that came back fills.
    expect(hosted.rollouts).toHaveLength(1);
    expect(decide(1)[0]?.buffersFull).toBe(false);
    decide(4);
    hosted.update(2);
    // 3 unrecorded decisions of 2 arenas, told with the rollout that began after them.
    expect(hosted.rollouts[0]?.counters.unrecordedDecisions).toBe(6);
  });

  it('counts the decisions taken during an update', () => {
    decide(9);
    hosted.update(1);
    // All 4 decisions × 2 arenas of the spare were taken while the first update ran.
    expect(hosted.rollouts[0]?.counters.decisionsDuringUpdate).toBe(8);
  });

  it('never lets a rollout lag by more than one version', () => {
    for (let version = 1; version <= 6; version++) {
      decide(11);
      const { shape, buffer } = hosted.rollouts[0]!;
      const { versions } = createRollout(shape, buffer.slice(0));
      for (const acted of versions) expect(version - 1 - acted).toBeLessThanOrEqual(1);
      hosted.update(version);
    }
  });

  it('in lockstep holds the answer until the update ends, and then acts by the new policy', async () => {
    await hosted.host.setLockstep(true);
    expect(decide(4).every((answer) => answer !== undefined)).toBe(true);
    expect(hosted.decide()).toBeUndefined();
    hosted.update(7);
    expect(hosted.answers.at(-1)?.policyVersion).toBe(7);
    expect(hosted.answers).toHaveLength(5);
  });

  it('counts no episode as whole whose beginning another actor saw', () => {
    const shortly = (continuing: boolean) => {
      const other = createHosted({ continuing });
      const lengths: number[] = [];
      for (let version = 1; version <= 30; version++) {
        while (other.rollouts.length === 0) other.decide();
        lengths.push(...other.rollouts[0]!.episodes.map(({ length }) => length));
        other.update(version);
      }
      return lengths;
    };
    // Each of the two arenas leaves out the one episode that was running.
    expect(shortly(true)).toHaveLength(shortly(false).length - 2);
  });

  it('records nothing while learning is off, and does not ease for it', async () => {
    await hosted.host.setLearning(false);
    expect(decide(20).every((answer) => answer?.buffersFull === false)).toBe(true);
    expect(hosted.rollouts).toHaveLength(0);
  });

  it('uses changed settings from the next rollout on, whatever the learner still holds', async () => {
    decide(2);
    await hosted.host.setHyperparameters({ ...hyperparameters, rolloutLength: 8 });
    decide(3);
    hosted.update(1);
    decide(8);
    expect(hosted.rollouts[0]?.shape.steps).toBe(8);
  });

  it('beside collectors only shows the newest policy, and tells the learner’s own count', async () => {
    hosted = createHosted({ records: false, decisions: 100 });
    await hosted.host.setLearning(true);
    const before = decide(20);
    expect(hosted.rollouts).toHaveLength(0);
    expect(before.every((answer) => answer?.buffersFull === false)).toBe(true);
    expect(before.at(-1)?.decisions).toBe(100);
    const snapshot = { version: 3, parameters };
    hosted.host.updated({ ...update, snapshot, decisions: 164, buffer: null });
    expect(decide(1)[0]).toMatchObject({ policyVersion: 3, decisions: 164 });
  });

  it('stops recording when the learner has given up', () => {
    decide(5);
    const { buffer } = hosted.rollouts.shift()!;
    hosted.host.updated({ ...update, buffer, accepting: false });
    decide(12);
    expect(hosted.rollouts).toHaveLength(0);
  });
});
