import { describe, expect, it } from 'vitest';
import { decodeTrainingState, encodeTrainingState } from '../src/agent/checkpoint';
import { policyOf } from '../src/agent/policy-file';
import { hostBackends } from '../src/agent/update-backend';
import type { HostBackend } from '../src/cli/host-backend';
import { type Hyperparameters, sb3Hyperparameters, type UpdateMetrics } from '../src/contract';
import { volley } from '../src/game/volley/simulation';
import { isBetter, type Judgement, judge } from './judgement';
import { type TrainRun, train } from './train-run';

const backend: HostBackend = { name: 'cpu', acting: 'cpu', updating: hostBackends.cpu, timings: [] };
const hyperparameters: Hyperparameters = {
  ...sb3Hyperparameters,
  seed: 3,
  arenas: 4,
  rolloutLength: 32,
  minibatchSize: 64,
  epochs: 1,
  decisionIntervalTicks: 4,
  hiddenSizes: [8],
  pastInterval: 2,
};

function run(changes: Partial<TrainRun> = {}): {
  readonly result: ReturnType<typeof train>;
  readonly updates: UpdateMetrics[];
} {
  const updates: UpdateMetrics[] = [];
  const result = train({
    simulation: volley,
    hyperparameters,
    decisions: 600,
    state: null,
    name: 'Learner',
    backend,
    judging: null,
    clock: () => 0,
    breathe: async () => {},
    onUpdate: (metrics) => updates.push(metrics),
    onJudged: () => {},
    shouldStop: () => false,
    ...changes,
  });
  return { result, updates };
}

describe('training on the command line', () => {
  it('ends with the first update at which so many decisions have been learned from', async () => {
    const { result, updates } = run();
    const { state, best } = await result;
    expect(state.decisions).toBeGreaterThanOrEqual(600);
    expect(updates.at(-2)?.decisions).toBeLessThan(600);
    expect(updates.at(-1)?.decisions).toBe(state.decisions);
    expect(best).toBeNull();
  });

  it('is repeated by its seed', async () => {
    const first = await run().result;
    const second = await run().result;
    expect(second.state).toEqual(first.state);
    const other = await run({ hyperparameters: { ...hyperparameters, seed: 4 } }).result;
    expect(other.state.parameters).not.toEqual(first.state.parameters);
  });

  it('goes on from a saved run, with weights, optimiser, pool and counts as they were', async () => {
    const { state } = await run().result;
    const saved = decodeTrainingState(encodeTrainingState(state));
    const { result, updates } = run({ state: saved, decisions: 1200 });
    const after = (await result).state;
    expect(updates[0]?.version).toBe(state.version + 1);
    expect(updates[0]?.decisions).toBeGreaterThan(state.decisions);
    expect(after.adamSteps).toBeGreaterThan(state.adamSteps);
    expect(after.curve.slice(0, state.curve.length)).toEqual(state.curve);
    expect(after.past.length).toBeGreaterThan(state.past.length);
    // Nothing is left to learn where it has come as far already.
    const enough = await run({ state: saved, decisions: 600 }).result;
    expect(enough.state).toEqual(saved);
  });

  it('refuses to go on with another game, seed or net', async () => {
    const { state } = await run().result;
    const resumed = (changes: Partial<Hyperparameters>) =>
      run({ state, hyperparameters: { ...hyperparameters, ...changes } }).result;
    await expect(resumed({ seed: 4 })).rejects.toThrow('its seed was 3 and 4 is asked for');
    await expect(resumed({ hiddenSizes: [9] })).rejects.toThrow('its net was 8 tanh and 9 tanh');
    await expect(resumed({ activation: 'relu' })).rejects.toThrow('its net was 8 tanh and 8 relu');
    const spec = { ...state.spec, game: 'other' };
    await expect(run({ state: { ...state, spec } }).result).rejects.toThrow('its game was other');
  });

  it('stops when asked to, with what the last update gave', async () => {
    let updates = 0;
    const { state } = await run({
      decisions: 1e9,
      onUpdate: () => {
        updates++;
      },
      shouldStop: () => updates === 2,
    }).result;
    expect(state.updates).toBe(2);
  });

  it('judges the newest policy on the way and at the end, and keeps the best', async () => {
    const judgements: Judgement[] = [];
    const { best, state } = await run({
      judging: { everyDecisions: 400, rallies: 4, until: null, best: null },
      onJudged: (judgement) => judgements.push(judgement),
    }).result;
    expect(judgements.length).toBeGreaterThanOrEqual(2);
    expect(judgements[0]?.shareOfBest).toBeNull();
    expect(judgements[1]?.shareOfBest).not.toBeNull();
    expect(judgements.at(-1)?.decisions).toBe(state.decisions);
    expect(Object.keys(judgements[0]?.shares ?? {})).toEqual(volley.scriptedPlayers?.map(({ id }) => id));
    expect(judgements.map(({ decisions }) => decisions)).toContain(best?.judgement.decisions);
  });

  it('does not learn otherwise because it is judged', async () => {
    const plain = await run().result;
    const judged = await run({ judging: { everyDecisions: 200, rallies: 2, until: null, best: null } })
      .result;
    expect(judged.state).toEqual(plain.state);
  });

  it('stops once the share asked for is reached', async () => {
    // Any share of rallies does.
    const until = { opponent: 'bot-pebble', share: 0 };
    const { untilReached, state } = await run({
      decisions: 1e9,
      judging: { everyDecisions: 1, rallies: 2, until, best: null },
    }).result;
    expect(untilReached).toBe(true);
    expect(state.updates).toBe(1);
  });
});

describe('a judgement', () => {
  const judgement = (first: number, second: number, shareOfBest: number | null): Judgement => ({
    decisions: 0,
    shares: { first, second },
    shareOfBest,
  });

  it('is better with more rallies won against scripted players and the best so far, taken together', () => {
    const best = judgement(0.9, 0.5, 0.8);
    expect(isBetter(judgement(0.9, 0.55, 0.5), best)).toBe(true);
    expect(isBetter(judgement(0.9, 0.45, 0.5), best)).toBe(false);
    expect(isBetter(judgement(0.9, 0.45, 0.6), best)).toBe(true);
    expect(isBetter(judgement(0.9, 0.55, 0.4), best)).toBe(false);
  });

  it('of the same policy is the same, and even against itself but for chance', async () => {
    const { state } = await run().result;
    const options = { simulation: volley, rallies: 10, seed: 1, acting: 'cpu' } as const;
    const policy = policyOf(state, 'Learner');
    const first = judge(policy, null, options);
    expect(judge(policy, null, options)).toEqual(first);
    // Both sides see the same serves from the same seed, so what one seat wins is won by the other policy's twin.
    const twin = judge(policy, { policy, judgement: first }, { ...options, rallies: 200 });
    expect(twin.shareOfBest).toBeGreaterThan(0.3);
    expect(twin.shareOfBest).toBeLessThan(0.7);
  });
});
