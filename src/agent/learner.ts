import {
  type CurvePoint,
  createRollout,
  type EnvironmentSpec,
  type Hyperparameters,
  hyperparameterProblems,
  type NormalisationData,
  oldestVersion,
  PlaytrainError,
  type Policy,
  problemMessage,
  rolloutShape,
  type SettingChange,
  type SnapshotData,
  seatsOf,
  settingChanges,
  type TrainingState,
  type UpdateMetrics,
} from '../contract';
import { SeededRandom } from '../random/seeded-random';
import { annealedFrom, annealedLearningRate } from './annealing';
import { ArenaEpisodes } from './arena-episodes';
import { summaryOf } from './episode-summary';
import type { KnownEstimates } from './estimates';
import { firstTrainingState } from './first-state';
import type { FullRollout } from './full-rollout';
import { hostBackend } from './host-backend';
import { type JoinedNotes, joinNotes } from './joined-rollouts';
import {
  type MinibatchTrainer,
  type Statistic,
  type StatisticsRow,
  statisticNames,
  takeStep,
} from './minibatch-trainer';
import { addOutcomes, winRates } from './outcomes';
import { boundParameters, type PolicyLayout, policyLayout, refuseOtherNet } from './policy';
import { checkedRatioDeviation } from './ratio-check';
import { standstillOf } from './standstill';
import { explainedVariance, trainingBatch } from './training-batch';
import { ppoUpdate, type UpdateResult } from './update';
import { hostBackends, type UpdateBackend } from './update-backend';

/** Fewer steps than this are not learned from: their advantages cannot be normalised sensibly. */
const smallestMinibatch = 8;
/** A longer curve is thinned to every second point. */
const longestCurve = 2_000;

export interface LearnerOptions {
  readonly spec: EnvironmentSpec;
  /** In force at the first update; with `state`, its hidden sizes and activation must be the state's. */
  readonly hyperparameters: Hyperparameters;
  /** Where to go on; without it, a new policy is drawn from the seed. */
  readonly state?: TrainingState;
  /** Wall time in milliseconds, from any start; only measures. */
  readonly clock: () => number;
  /** Awaited after each minibatch, or part of a long one, so that the thread's other messages get in and the device can catch up. */
  readonly breathe: (trainer: MinibatchTrainer) => Promise<void>;
  /** What updates are computed with; unless told, the fastest that needs no graphics processor. */
  readonly backend?: UpdateBackend;
}

export interface LearnerUpdate {
  readonly snapshot: SnapshotData;
  /** With every rollout's samples merged. */
  readonly normalisation: NormalisationData;
  /** The policy that joins the opponents with this update; null where none does. */
  readonly addedPast: Policy | null;
  readonly metrics: UpdateMetrics;
  /** In force during the update. */
  readonly hyperparameters: Hyperparameters;
  /** The settings that took hold with it. */
  readonly changed: readonly SettingChange[];
  /**
   * The mean return that this policy may be compared by; null until every arena has finished an episode since the
   * learner was made, or since settings or the reward's weights changed.
   */
  readonly judgedReturn: number | null;
  /** Whether the rollout is the first under other reward weights: returns cannot be compared with those before. */
  readonly rewardsChanged: boolean;
}

/** Everything that a run remembers but its settings and spec: what an update replaces as a whole, or not at all. */
type Memory = Omit<TrainingState, 'spec' | 'hyperparameters'>;

/**
 * Learns from full rollouts, one update at a time.
 *
 * Plain copies of weights and optimiser are kept after each update, so that nothing is ever read from the GPU outside
 * an update, and an update that fails leaves the learner as it was before.
 */
export class Learner {
  private readonly spec: EnvironmentSpec;
  private readonly layout: PolicyLayout;
  private readonly clock: () => number;
  private readonly breathe: (trainer: MinibatchTrainer) => Promise<void>;
  private backend: UpdateBackend;
  private inForce: Hyperparameters;
  private next: Hyperparameters;
  private memory: Memory;
  private episodes: ArenaEpisodes;
  /** Those that were played since settings were last changed: earlier ones say nothing of a policy that these made. */
  private judging: ArenaEpisodes;
  private trainer: MinibatchTrainer;
  private busy = false;
  private lastUpdateEndMs: number | null = null;

  private constructor(options: LearnerOptions, layout: PolicyLayout, memory: Memory) {
    this.spec = options.spec;
    this.layout = layout;
    this.clock = options.clock;
    this.breathe = options.breathe;
    this.backend = options.backend ?? hostBackends[hostBackend()];
    this.inForce = options.hyperparameters;
    this.next = options.hyperparameters;
    this.memory = memory;
    this.episodes = new ArenaEpisodes(options.hyperparameters.arenas, memory.recentEpisodes);
    this.judging = this.episodes;
    this.trainer = this.backend.createTrainer(layout, memory);
  }

  /**
   * A learner that begins anew, or goes on.
   *
   * @throws PlaytrainError `bad-settings` for settings that cannot work, or that do not fit the state's weights.
   */
  static create(options: LearnerOptions): Learner {
    refuseProblems(options.hyperparameters);
    const layout = policyLayout(options.spec, options.hyperparameters);
    const { spec, hyperparameters, state } = options;
    if (state !== undefined) refuseOtherNet(layout, state);
    const memory = memoryOf(state ?? firstTrainingState(spec, hyperparameters));
    boundParameters(layout, memory.parameters);
    return new Learner(options, layout, memory);
  }

  /**
   * Takes two steps on throw-away weights and a made-up rollout of the real shapes, so that shaders are compiled before
   * the first update. Leaves no tensors and does not touch what is learned.
   */
  async warmUp(): Promise<void> {
    const { minibatchSize } = this.inForce;
    const rollout = createRollout(rolloutShape(this.spec, this.inForce));
    rollout.valid.fill(1);
    rollout.masks.fill(1);
    const trainer = this.backend.createTrainer(this.layout, this.memory);
    try {
      const batch = trainingBatch([rollout], 0, this.inForce);
      const plan = { ...this.inForce, epochs: 1, minibatchSize };
      // Never taken, but compiled: an update may stop early once a person sets a target.
      const settings = { ...plan, largestKl: Number.MAX_VALUE };
      const rows = Int32Array.from({ length: Math.min(minibatchSize, batch.size) }, (_, row) => row);
      trainer.begin({ batch, minibatches: [rows, rows], settings });
      for (let step = 0; step < 2; step++) takeStep(trainer);
      await trainer.hasStopped();
      await trainer.finish();
    } finally {
      trainer.dispose();
    }
  }

  /** The present policy: version 0 before the first update. A copy. */
  snapshot(): SnapshotData {
    return { version: this.memory.version, parameters: this.memory.parameters.slice() };
  }

  /**
   * Takes up settings at the next update.
   *
   * @throws PlaytrainError `bad-settings` for settings that cannot work, or that need another network; those in force
   * stay so.
   */
  setHyperparameters(next: Hyperparameters): void {
    refuseProblems(next);
    const { hiddenSizes, activation } = this.layout;
    if (next.activation !== activation || next.hiddenSizes.join() !== hiddenSizes.join()) {
      throw new PlaytrainError(
        'bad-settings',
        `This run’s network has hidden layers ${hiddenSizes.join(', ')} with ${activation}; restart the run to change them.`,
      );
    }
    this.next = next;
  }

  /**
   * One PPO update: advantages, all epochs and minibatches, the next snapshot. Several rollouts, filled side by side
   * over the same number of steps, are learned from as one.
   *
   * A rollout with fewer of the learner's own steps than one minibatch is one minibatch; with next to none, the same
   * weights are published under the next version, and losses are NaN, since there are none.
   *
   * @throws PlaytrainError `not-finite`, `inconsistent-update` or `context-lost`; the learner is then as it was before.
   */
  async update(...parts: readonly FullRollout[]): Promise<LearnerUpdate> {
    this.refuseWhileBusy();
    this.busy = true;
    try {
      return await this.attemptUpdate(parts);
    } catch (error) {
      this.replaceTrainer();
      throw error;
    } finally {
      this.busy = false;
    }
  }

  private async attemptUpdate(parts: readonly FullRollout[]): Promise<LearnerUpdate> {
    const startMs = this.clock();
    const settings = this.next;
    const before = this.memory;
    const notes = joinNotes(parts, before, seatsOf(this.spec));
    const { episodes: ended, counters, normalisation } = notes;
    const batch = trainingBatch(
      parts.map(({ rollout }) => rollout),
      before.version,
      settings,
    );
    const decisionsBefore = counters.decisions - batch.size;
    const annealing = annealedFrom(before.annealedFrom, settings, decisionsBefore);
    const agents = settings.arenas * seatsOf(this.spec);
    const learningRate = annealedLearningRate(settings, agents, annealing, decisionsBefore);
    const random = SeededRandom.fromState(before.shuffleRandom);
    const result = await ppoUpdate(
      this.trainer,
      batch,
      { ...settings, learningRate, minibatchSize: fittingMinibatch(settings, batch.size) },
      random,
      this.breathe,
    );
    refuseNotFinite(result.estimates);
    const firstRatioDeviation = checkedRatioDeviation(
      result.statistics[0]?.ratioDeviation ?? 0,
      this.layout,
      before.parameters,
      batch,
      result.firstMinibatch,
    );
    refuseDivergence(result, before.version + 1);

    const changedWeights = parts
      .map(({ rewardWeights }) => rewardWeights)
      .filter((weights) => weights.join() !== before.rewardsSince.weights.join());
    const newWeights = changedWeights.at(-1);
    const rewardsChanged = newWeights !== undefined;
    const episodes = rewardsChanged
      ? // Of collectors, some may have taken the weights up later than others.
        new ArenaEpisodes(settings.arenas).after(
          changedWeights.length === parts.length ? ended : [],
          notes.playing,
        )
      : this.episodes.after(ended, notes.playing);
    const changed = settingChanges(this.inForce, settings);
    // A wish for other reward weights is heard by the rollouts first.
    const settingsChanged = changed.some(({ key }) => key !== 'rewardWeights');
    const judging = this.judgingAfter(notes, episodes, rewardsChanged, settingsChanged);
    const summary = summaryOf(episodes.judged);
    const version = before.version + 1;
    const { decisions } = counters;
    const { parameters, adamMean, adamVariance, adamSteps } = result;
    const { observations } = normalisation;
    const joins = seatsOf(this.spec) > 1 && version % settings.pastInterval === 0;
    const addedPast: Policy | null = joins ? { version, parameters, observations } : null;
    const past = addedPast === null ? before.past : [...before.past, addedPast];
    const outcomes = addOutcomes(before.outcomes, ended);
    const rates = winRates(outcomes);
    this.memory = {
      version,
      decisions,
      updates: before.updates + 1,
      parameters,
      adamMean,
      adamVariance,
      adamSteps,
      normalisation,
      annealedFrom: annealing,
      rewardsSince: newWeights === undefined ? before.rewardsSince : { version, weights: newWeights },
      shuffleRandom: random.state(),
      recentEpisodes: episodes.judged,
      curve: thinned([
        ...before.curve,
        {
          version,
          decisions,
          meanReturn: summary?.meanReturn ?? null,
          meanLength: summary?.meanLength ?? null,
          ...(seatsOf(this.spec) > 1 ? { winRates: rates } : {}),
        },
      ]),
      past: past.slice(-settings.pastWindow),
      outcomes,
    };
    this.inForce = settings;
    this.episodes = episodes;
    this.judging = judging;

    const endMs = this.clock();
    const elapsedMs =
      this.lastUpdateEndMs === null ? counters.collectMs + endMs - startMs : endMs - this.lastUpdateEndMs;
    this.lastUpdateEndMs = endMs;
    const metrics: UpdateMetrics = {
      version,
      decisions,
      episodes: ended.length,
      meanReturn: summary?.meanReturn ?? null,
      returnSpread: summary?.returnSpread ?? null,
      minReturn: summary?.minReturn ?? null,
      maxReturn: summary?.maxReturn ?? null,
      meanLength: summary?.meanLength ?? null,
      policyLoss: mean(result.statistics, 'policyLoss'),
      valueLoss: mean(result.statistics, 'valueLoss'),
      entropy: mean(result.statistics, 'entropy'),
      // Never negative but for rounding.
      approximateKl: Math.max(0, mean(lastEpoch(result), 'approximateKl')),
      clipFraction: mean(result.statistics, 'clipFraction'),
      explainedVariance: explainedVariance(result.estimates, batch.values),
      gradientNorm: mean(result.statistics, 'gradientNorm'),
      learningRate,
      decisionsPerSecond: elapsedMs > 0 ? (1000 * batch.size) / elapsedMs : 0,
      collectMs: counters.collectMs,
      updateMs: endMs - startMs,
      // Who paces updates knows better.
      learningShare: 1,
      minibatches: result.minibatches,
      stoppedEarly: result.stoppedEarly,
      standstill: standstillOf(this.layout, before.parameters, parameters, {
        minibatches: result.minibatches,
        learningRate,
      }),
      decisionsDuringUpdate: counters.decisionsDuringUpdate,
      unrecordedDecisions: counters.unrecordedDecisions,
      collectorDecisionsPerSecond: notes.collectorDecisionsPerSecond,
      winRates: rates,
      policyLag: before.version - Math.min(...parts.map(({ rollout }) => oldestVersion(rollout))),
      firstRatioDeviation,
      ...this.backend.memory(),
    };
    return {
      snapshot: this.snapshot(),
      normalisation,
      addedPast,
      metrics,
      hyperparameters: settings,
      changed,
      judgedReturn: judging.areNew ? (summaryOf(judging.judged)?.meanReturn ?? null) : null,
      rewardsChanged,
    };
  }

  /** What the policy is judged by from now on, `episodes` being what was played of late, whatever changed meanwhile. */
  private judgingAfter(
    { episodes: ended, playing }: JoinedNotes,
    episodes: ArenaEpisodes,
    rewardsChanged: boolean,
    settingsChanged: boolean,
  ): ArenaEpisodes {
    // Of the policy before the change; the one after it has played nothing yet.
    if (settingsChanged) return new ArenaEpisodes(this.inForce.arenas);
    if (rewardsChanged || this.judging === this.episodes) return episodes;
    return this.judging.after(ended, playing);
  }

  /** That of the present snapshot; counts updates. */
  get version(): number {
    return this.memory.version;
  }

  /** What the last update has come to, without a copy of its weights. */
  get progress(): Pick<TrainingState, 'version' | 'decisions'> {
    return this.memory;
  }

  /** All that is needed to go on later, from the copies kept after the last update. */
  trainingState(): TrainingState {
    return { spec: this.spec, hyperparameters: this.inForce, ...memoryOf(this.memory) };
  }

  /** Computes updates elsewhere from now on. Not while an update is under way. */
  useBackend(backend: UpdateBackend): void {
    this.refuseWhileBusy();
    this.backend = backend;
    this.replaceTrainer();
  }

  /** Gives the backend's memory back. The learner is not usable afterwards. */
  dispose(): void {
    this.trainer.dispose();
  }

  /** One that goes on from the weights after the last update takes the present one's place. */
  private replaceTrainer(): void {
    const next = this.backend.createTrainer(this.layout, this.memory);
    this.trainer.dispose();
    this.trainer = next;
  }

  private refuseWhileBusy(): void {
    if (this.busy) throw new Error('An update is under way; wait for it to end first.');
  }
}

/** A rollout that was begun under other settings, or shared with a person, may be smaller than one minibatch. */
function fittingMinibatch({ minibatchSize }: Hyperparameters, steps: number): number {
  return Math.max(smallestMinibatch, Math.min(minibatchSize, steps));
}

function refuseProblems(settings: Hyperparameters): void {
  const problems = hyperparameterProblems(settings);
  if (problems.length > 0)
    throw new PlaytrainError(
      'bad-settings',
      `Settings cannot work: ${problems.map(problemMessage).join('; ')}.`,
    );
}

function refuseNotFinite({ advantages }: KnownEstimates): void {
  if (advantages.every(Number.isFinite)) return;
  throw new PlaytrainError(
    'not-finite',
    'The advantages of this rollout are not all finite numbers, so it was left out; check the game’s rewards and their weights, or lower the learning rate if values grew without bound.',
  );
}

function refuseDivergence(result: UpdateResult, version: number): void {
  const { parameters, adamMean, adamVariance, statistics } = result;
  const wrong = ([] as string[]).concat(
    [parameters, adamMean, adamVariance].every((numbers) => numbers.every(Number.isFinite))
      ? []
      : ['weights'],
    statisticNames.filter((name) => !statistics.every((row) => Number.isFinite(row[name]))),
  );
  if (wrong.length === 0) return;
  throw new PlaytrainError(
    'not-finite',
    `Update ${version} gave numbers that are not finite (${wrong.join(', ')}), so it was taken back; lower the learning rate, the clip range or the gradient-norm clip.`,
  );
}

function memoryOf(state: Memory): Memory {
  const { version, decisions, updates, adamSteps, normalisation, shuffleRandom } = state;
  const { recentEpisodes, curve, past, outcomes } = state;
  return {
    version,
    decisions,
    updates,
    parameters: state.parameters.slice(),
    adamMean: state.adamMean.slice(),
    adamVariance: state.adamVariance.slice(),
    adamSteps,
    normalisation: normalisation satisfies NormalisationData,
    annealedFrom: state.annealedFrom,
    rewardsSince: state.rewardsSince,
    shuffleRandom,
    recentEpisodes,
    curve,
    past,
    outcomes,
  };
}

function thinned(curve: readonly CurvePoint[]): readonly CurvePoint[] {
  if (curve.length <= longestCurve) return curve;
  const last = curve.length - 1;
  return curve.filter((_, i) => (last - i) % 2 === 0);
}

function lastEpoch(result: UpdateResult): readonly StatisticsRow[] {
  return result.lastEpochRows === 0 ? [] : result.statistics.slice(-result.lastEpochRows);
}

/** NaN where there are no rows. */
function mean(rows: readonly StatisticsRow[], name: Statistic): number {
  return rows.reduce((sum, row) => sum + row[name], 0) / rows.length;
}
