import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeTrainingState } from '../agent/checkpoint';
import { learnerSettings, startLearner } from '../agent/testing/learner-properties';
import { LearnerHost, type LearnerHostOptions } from './learner-host';
import { openNodeBackend } from './node-backend';
import type { KeptCheckpoint, LearnerToPage, RolloutMessage, UpdateMessage } from './protocol';

beforeAll(async () => {
  await openNodeBackend('cpu');
});

const small = { ...learnerSettings, hiddenSizes: [4], epochs: 1 };
const pauses = {
  setPriority: () => {},
  setTogether: () => {},
  report: () => null,
  updateBegins: () => {},
  updateEnds: () => 1,
};

/** A learner that is fed by hand, on a clock that the test moves. */
function hosted(changes: Partial<LearnerHostOptions> = {}) {
  const { learner, rollout, spec } = startLearner(small);
  const answers: UpdateMessage[] = [];
  const told: LearnerToPage[] = [];
  let nowMs = 0;
  let due: { atMs: number; work: () => void }[] = [];
  const host = new LearnerHost({
    learner,
    actor: { postMessage: (message) => answers.push(message) },
    collectors: [],
    page: { postMessage: (message) => told.push(message) },
    pauses,
    best: null,
    nowMs: () => nowMs,
    lost: (error) => {
      throw error;
    },
    later: (durationMs, work) => due.push({ atMs: nowMs + durationMs, work }),
    ...changes,
  });
  return {
    host,
    learner,
    spec,
    answers,
    told,
    message(): RolloutMessage {
      const { rollout: full, ...notes } = rollout();
      return { ...notes, buffer: full.buffer, shape: full.shape };
    },
    spend(durationMs: number) {
      nowMs += durationMs;
    },
    pass(durationMs: number) {
      nowMs += durationMs;
      const ready = due.filter(({ atMs }) => atMs <= nowMs);
      due = due.filter(({ atMs }) => atMs > nowMs);
      for (const { work } of ready) work();
    },
    checkpoints: () =>
      told.flatMap((message): KeptCheckpoint[] =>
        message.kind === 'checkpoint' ? [message.checkpoint] : [],
      ),
  };
}

describe('LearnerHost', () => {
  it('is not kept from sending one by a checkpoint that took unusually long', async () => {
    const set = hosted();
    const state = set.learner.trainingState.bind(set.learner);
    let costMs = 100;
    set.learner.trainingState = () => {
      set.spend(costMs);
      return state();
    };
    await set.host.rollout(set.message());
    costMs = 1;
    set.pass(250);
    await set.host.rollout(set.message());
    expect(set.checkpoints().at(-1)?.version).toBe(2);
    set.learner.dispose();
  });

  it('sends the page the newest update soon, whatever the pace, and spends a fiftieth of its time on that at most', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 0, max: 20 }),
        async (gapsMs, costMs) => {
          const set = hosted();
          const state = set.learner.trainingState.bind(set.learner);
          set.learner.trainingState = () => {
            set.spend(costMs);
            return state();
          };
          const intervalMs = Math.max(250, 50 * costMs);
          for (const gapMs of gapsMs) {
            set.pass(gapMs);
            await set.host.rollout(set.message());
          }
          const elapsedMs = gapsMs.reduce((sum, gapMs) => sum + gapMs, 0);
          set.pass(intervalMs);
          const kept = set.checkpoints();
          expect(kept.at(-1)?.version).toBe(gapsMs.length);
          const { parameters, version } = set.learner.trainingState();
          const saved = decodeTrainingState(kept.at(-1)!.bytes, set.spec);
          expect(saved.parameters).toEqual(parameters);
          expect(saved.version).toBe(version);
          const others = kept.filter(({ isBest }) => !isBest);
          // The first is given no weight.
          expect(others.length).toBeLessThanOrEqual(elapsedMs / intervalMs + 3);
          set.learner.dispose();
        },
      ),
      { numRuns: 20 },
    );
  });

  it('hands the newest update over when it is asked for it, and sends it no second time', async () => {
    const set = hosted();
    expect(set.host.unsentCheckpoint()).toBeNull();
    for (const _ of [1, 2]) await set.host.rollout(set.message());
    expect(set.host.unsentCheckpoint()?.version).toBe(2);
    expect(set.host.unsentCheckpoint()).toBeNull();
    set.pass(5_000);
    expect(set.checkpoints().map(({ version }) => version)).toEqual([1]);
  });

  const refusing = (kinds: readonly string[]) => ({
    postMessage(message: LearnerToPage) {
      const kind = message.kind === 'event' ? message.event.kind : message.kind;
      if (kinds.includes(kind)) throw new Error(`“${kind}” cannot be cloned.`);
    },
  });

  it.each([
    ['its checkpoint', refusing(['checkpoint'])],
    ['what it says of the update', refusing(['updated'])],
    ['nor anything else that follows', refusing(['updated', 'checkpoint', 'warning', 'failed'])],
  ])('takes no update back because the page cannot be told %s', async (_, page) => {
    const set = hosted({ page });
    for (let update = 1; update <= 5; update++) {
      set.pass(2_000);
      await set.host.rollout(set.message());
      expect(set.learner.version).toBe(update);
    }
    expect(set.answers.map(({ snapshot }) => snapshot.version)).toEqual([1, 2, 3, 4, 5]);
    expect(set.answers.every(({ accepting }) => accepting)).toBe(true);
  });

  it('takes no update back because it cannot be written to a file, and says why it is not saved', async () => {
    const set = hosted();
    const state = set.learner.trainingState.bind(set.learner);
    set.learner.trainingState = () => ({ ...state(), parameters: state().parameters.fill(Number.NaN) });
    for (const _ of [1, 2, 3, 4]) {
      set.pass(2_000);
      await set.host.rollout(set.message());
    }
    expect(set.answers.map(({ snapshot }) => snapshot.version)).toEqual([1, 2, 3, 4]);
    const sentences = set.told.flatMap((message) =>
      message.kind === 'event' && message.event.kind === 'warning' ? [message.event.message] : [],
    );
    expect(sentences[0]).toContain('The run was not saved');
  });

  it('captures the first update whose rollouts brought the arena’s states, and asks for no more of them', async () => {
    const asked: unknown[] = [];
    const set = hosted({ collectors: [{ postMessage: (message) => asked.push(message) }] });
    const captured = set.host.captureUpdate(0, 0);
    const collected = { firstArena: 0, episodeSteps: [] };
    // Begun before it was asked for.
    await set.host.rollout({ ...set.message(), collected }, 0);
    const states = Float64Array.of(1, 2);
    await set.host.rollout({ ...set.message(), collected: { ...collected, states } }, 0);
    expect(await captured).toMatchObject({ version: 2, agent: 0, states });
    await set.host.rollout({ ...set.message(), collected }, 0);
    expect(asked.filter((message) => typeof message === 'object' && 'noteStatesOf' in message!)).toEqual([
      { noteStatesOf: 0 },
      { noteStatesOf: null },
    ]);
  });

  it('asks collectors that take over for the states that somebody waits for', async () => {
    const set = hosted();
    const captured = set.host.captureUpdate(0, 0);
    const asked: unknown[] = [];
    await set.host.replaceCollectors([{ postMessage: (message) => asked.push(message) }]);
    expect(asked).toEqual([{ noteStatesOf: 0 }]);
    const states = Float64Array.of(1, 2);
    await set.host.rollout({ ...set.message(), collected: { firstArena: 0, episodeSteps: [], states } }, 0);
    expect(await captured).toMatchObject({ agent: 0, states });
  });

  it('answers the newest wish to see an update, and earlier ones with none', async () => {
    const set = hosted();
    const first = set.host.captureUpdate(0, 0);
    const second = set.host.captureUpdate(1, 0);
    await set.host.rollout(set.message());
    expect(await first).toBeNull();
    expect(await second).toMatchObject({ version: 1, agent: 1 });
  });

  it('gives a rollout back that comes from the actor after collectors took over, and learns from the actor again', async () => {
    const set = hosted();
    const toCollector: unknown[] = [];
    await set.host.replaceCollectors([{ postMessage: (message) => toCollector.push(message) }]);
    const late = set.message();
    await set.host.rollout(late);
    expect(set.learner.version).toBe(0);
    expect(set.answers.map(({ buffer }) => buffer)).toEqual([late.buffer]);
    await set.host.rollout(set.message(), 0);
    expect(set.learner.version).toBe(1);
    expect(toCollector).toHaveLength(2); // an update began, and ended
    await set.host.replaceCollectors([]);
    await set.host.rollout(set.message());
    expect(set.learner.version).toBe(2);
    set.learner.dispose();
  });

  it('gives every receiver weights of its own', async () => {
    const set = hosted();
    await set.host.rollout(set.message());
    const [first] = set.answers;
    first!.snapshot.parameters.fill(0);
    expect(set.learner.snapshot().parameters.some((weight) => weight !== 0)).toBe(true);
  });
});
