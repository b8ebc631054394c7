import { type CapturedUpdate, type Hyperparameters, policyOutputSize, type Rollout } from '../contract';
import { SeededRandom } from '../random/seeded-random';
import type { ComputedUpdate } from './computed-update';
import { createDistribution } from './distributions';
import type { BatchCells } from './estimates';
import type { FullRollout } from './full-rollout';
import type { Memory } from './memory';
import type { PolicyLayout } from './policy';
import { createSnapshot } from './snapshot';
import { DrawnMinibatches } from './update';

/** An update that is over, and which agent of its rollouts is looked at. */
export interface CaptureTask {
  readonly layout: PolicyLayout;
  readonly parts: readonly FullRollout[];
  readonly computed: ComputedUpdate;
  /** In force during the update. */
  readonly settings: Hyperparameters;
  readonly before: Pick<Memory, 'shuffleRandom'>;
  readonly after: Pick<Memory, 'version' | 'parameters'>;
  /** Among those of all parts, side by side. */
  readonly agent: number;
}

/** Copies what an update learned from and what it made of it. The rollouts may be filled anew afterwards. */
export function captureUpdate(task: CaptureTask): CapturedUpdate {
  const { parts, settings, after } = task;
  const rollouts = parts.map(({ rollout }) => rollout);
  const { discount, gaeLambda, bootstrapTruncated, clipRange, minibatchSize, decisionIntervalTicks } =
    settings;
  const owner = ownerOf(rollouts, task.agent);
  const { collected, firstDecision = null } = parts[owner.part]!;
  const shape = {
    ...owner.rollout.shape,
    agents: rollouts.reduce((sum, rollout) => sum + rollout.shape.agents, 0),
  };
  return {
    version: after.version,
    shape,
    settings: { discount, gaeLambda, bootstrapTruncated, clipRange, minibatchSize, decisionIntervalTicks },
    rewards: joined(rollouts, 'rewards', Float32Array),
    values: joined(rollouts, 'values', Float32Array),
    finalValues: joined(rollouts, 'finalValues', Float32Array),
    terminated: joined(rollouts, 'terminated', Uint8Array),
    truncated: joined(rollouts, 'truncated', Uint8Array),
    valid: joined(rollouts, 'valid', Uint8Array),
    ...usedEstimates(rollouts, task.computed),
    ...agentColumns(task, owner),
    agent: task.agent,
    firstDecision: collected === undefined ? firstDecision : null,
    states: collected?.states ?? new Float64Array(0),
  };
}

/** Where an agent of the run lies. */
interface Owner {
  readonly part: number;
  readonly rollout: Rollout;
  /** Its number in that rollout. */
  readonly column: number;
}

function ownerOf(rollouts: readonly Rollout[], agent: number): Owner {
  let column = agent;
  for (const [part, rollout] of rollouts.entries()) {
    if (column < rollout.shape.agents) return { part, rollout, column };
    column -= rollout.shape.agents;
  }
  return { part: 0, rollout: rollouts[0]!, column: 0 }; // an update has a rollout
}

type CellColumn = 'rewards' | 'values' | 'finalValues' | 'terminated' | 'truncated' | 'valid';

/** A column of all rollouts with their agents side by side, row by row. */
function joined<Numbers extends Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>>(
  rollouts: readonly (Pick<Rollout, 'shape'> & { readonly [Name in CellColumn]: Rollout[Name] })[],
  name: CellColumn,
  NumbersOf: new (count: number) => Numbers,
): Numbers {
  const columns = rollouts.map((rollout) => ({ agents: rollout.shape.agents, numbers: rollout[name] }));
  const into = new NumbersOf(columns.reduce((sum, { numbers }) => sum + numbers.length, 0));
  let at = 0;
  for (let row = 0; at < into.length; row++) {
    for (const { agents, numbers } of columns) {
      into.set(numbers.subarray(row * agents, (row + 1) * agents), at);
      at += agents;
    }
  }
  return into;
}

/** Of every cell, as the trainer read them back; of steps that were not the learner's, 0 and the value. */
function usedEstimates(rollouts: readonly Rollout[], { batch, result }: ComputedUpdate) {
  const advantages = rollouts.map(({ rewards }) => new Float32Array(rewards.length));
  const returns = rollouts.map(({ values, rewards }) => values.slice(0, rewards.length));
  const { places, rollouts: owners } = cellsOf(batch);
  for (let row = 0; row < places.length; row++) {
    advantages[owners[row]!]![places[row]!] = result.estimates.advantages[row]!;
    returns[owners[row]!]![places[row]!] = result.estimates.returns[row]!;
  }
  const beside = (columns: readonly Float32Array<ArrayBuffer>[]) =>
    joined(
      rollouts.map((rollout, part) => ({ ...rollout, rewards: columns[part]! })),
      'rewards',
      Float32Array,
    );
  return { advantages: beside(advantages), returns: beside(returns) };
}

function cellsOf({ estimates }: ComputedUpdate['batch']): BatchCells {
  if ('cells' in estimates) return estimates.cells;
  throw new Error('The batch was not cut out of rollouts.');
}

/** The rows of the batch that are an agent's, by step; −1 for steps that were not the learner's. */
function rowsOf({ places, rollouts: owners }: BatchCells, { part, rollout, column }: Owner): Int32Array {
  const { steps, agents } = rollout.shape;
  const rows = new Int32Array(steps).fill(-1);
  for (let row = 0; row < places.length; row++) {
    if (owners[row] !== part || places[row]! % agents !== column) continue;
    rows[Math.floor(places[row]! / agents)] = row;
  }
  return rows;
}

/** What is copied of the one agent that is looked at. */
function agentColumns(task: CaptureTask, owner: Owner) {
  const { computed } = task;
  const { rollout, column } = owner;
  const { steps, agents, observationSize, actionSize } = rollout.shape;
  const pick = (numbers: Float32Array, width: number) => {
    const picked = new Float32Array(steps * width);
    for (let step = 0; step < steps; step++) {
      const from = (step * agents + column) * width;
      picked.set(numbers.subarray(from, from + width), step * width);
    }
    return picked;
  };
  const observations = pick(rollout.observations, observationSize);
  const actions = pick(rollout.actions, actionSize);
  const logProbabilities = pick(rollout.logProbabilities, 1);
  const rows = rowsOf(cellsOf(computed.batch), owner);
  const newLogProbabilities = probabilitiesAfter(task, owner, observations, actions, rows);
  return {
    observations,
    actions,
    logProbabilities,
    newLogProbabilities,
    ratios: newLogProbabilities.map((after, step) => Math.exp(after - logProbabilities[step]!)),
    normalised: normalised(task, rows),
  };
}

/** log π(a|s) by the policy that came of the update, as an actor computes it; NaN where the step was another's. */
function probabilitiesAfter(
  { layout, after }: CaptureTask,
  { rollout, column }: Owner,
  observations: Float32Array,
  actions: Float32Array,
  rows: Int32Array,
): Float32Array<ArrayBuffer> {
  const { steps, agents, maskSize } = rollout.shape;
  const policy = createSnapshot(layout, after);
  const distribution = createDistribution(layout.actionSpace);
  const outputs = new Float32Array(steps * policyOutputSize(layout.actionSpace));
  policy.forward(observations, steps, outputs, new Float32Array(steps));
  const masks = new Uint8Array(steps * maskSize);
  for (let step = 0; step < steps; step++) {
    const from = (step * agents + column) * maskSize;
    masks.set(rollout.masks.subarray(from, from + maskSize), step * maskSize);
  }
  return Float32Array.from(rows, (row, step) =>
    row < 0 ? Number.NaN : distribution.logProbability(outputs, step, policy.logStd, masks, actions),
  );
}

/** Each step's advantage as its minibatch of the first epoch centred and scaled it; NaN where none had it. */
function normalised({ computed, before }: CaptureTask, rows: Int32Array): Float32Array<ArrayBuffer> {
  const { advantages } = computed.result.estimates;
  const scaled = new Float32Array(advantages.length).fill(Number.NaN);
  // Drawn again from where the generator stood: so no trainer has to say.
  const minibatchSize = computed.result.firstMinibatch.length;
  if (minibatchSize === 0) return new Float32Array(rows.length).fill(Number.NaN);
  const random = SeededRandom.fromState(before.shuffleRandom);
  const minibatches = new DrawnMinibatches(advantages.length, { epochs: 1, minibatchSize }, random);
  for (let minibatch = 0; minibatch < minibatches.length; minibatch++) {
    const members = minibatches.at(minibatch)!;
    const mean = members.reduce((sum, row) => sum + advantages[row]!, 0) / members.length;
    const squares = members.reduce((sum, row) => sum + (advantages[row]! - mean) ** 2, 0);
    const deviation = Math.sqrt(squares / (members.length - 1)) + 1e-8;
    for (const row of members) scaled[row] = (advantages[row]! - mean) / deviation;
  }
  return Float32Array.from(rows, (row) => (row < 0 ? Number.NaN : scaled[row]!));
}
