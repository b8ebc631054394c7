import type { CurvePoint, Hyperparameters, Policy, TrainingState } from '../contract';
import type { ComputedUpdate } from './computed-update';
import { summaryOf } from './episode-summary';
import { addOutcomes, winRates } from './outcomes';
import type { PlayedEpisodes } from './played-episodes';

/** A longer curve is thinned to every second point. */
const longestCurve = 2_000;

/** Everything that a run remembers but its settings and spec: what an update replaces as a whole, or not at all. */
export type Memory = Omit<TrainingState, 'spec' | 'hyperparameters'>;

/** A copy; of a state, without what is not remembered. */
export function memoryOf(state: Memory): Memory {
  const { version, decisions, updates, adamSteps, normalisation, shuffleRandom } = state;
  const { recentEpisodes, curve, past, outcomes, annealedFrom, rewardsSince } = state;
  return {
    version,
    decisions,
    updates,
    parameters: state.parameters.slice(),
    adamMean: state.adamMean.slice(),
    adamVariance: state.adamVariance.slice(),
    adamSteps,
    normalisation,
    annealedFrom,
    rewardsSince,
    shuffleRandom,
    recentEpisodes,
    curve,
    past,
    outcomes,
  };
}

/** What an update is remembered with. */
export interface UpdateOutcome {
  readonly computed: ComputedUpdate;
  readonly episodes: PlayedEpisodes;
  /** Of the reward, where they are new with it. */
  readonly newWeights: readonly number[] | null;
  readonly settings: Hyperparameters;
  readonly seats: number;
}

/** @returns what is remembered after an update, and the policy that joins the opponents with it, null where none does. */
export function memoryAfter(
  before: Memory,
  { computed, episodes, newWeights, settings, seats }: UpdateOutcome,
): { readonly memory: Memory; readonly addedPast: Policy | null } {
  const { notes, result, annealedFrom, shuffleRandom } = computed;
  const { counters, normalisation } = notes;
  const { parameters, adamMean, adamVariance, adamSteps } = result;
  const version = before.version + 1;
  const { decisions } = counters;
  const joins = seats > 1 && version % settings.pastInterval === 0;
  const addedPast: Policy | null = joins
    ? { version, parameters, observations: normalisation.observations }
    : null;
  const past = addedPast === null ? before.past : [...before.past, addedPast];
  const outcomes = addOutcomes(before.outcomes, notes.episodes);
  const summary = summaryOf(episodes.shown);
  const point: CurvePoint = {
    version,
    decisions,
    meanReturn: summary?.meanReturn ?? null,
    meanLength: summary?.meanLength ?? null,
    ...(seats > 1 ? { winRates: winRates(outcomes) } : {}),
  };
  const memory = {
    version,
    decisions,
    updates: before.updates + 1,
    parameters,
    adamMean,
    adamVariance,
    adamSteps,
    normalisation,
    annealedFrom,
    rewardsSince: newWeights === null ? before.rewardsSince : { version, weights: newWeights },
    shuffleRandom,
    recentEpisodes: episodes.shown,
    curve: thinned([...before.curve, point]),
    past: past.slice(-settings.pastWindow),
    outcomes,
  };
  return { memory, addedPast };
}

function thinned(curve: readonly CurvePoint[]): readonly CurvePoint[] {
  if (curve.length <= longestCurve) return curve;
  const last = curve.length - 1;
  return curve.filter((_, i) => (last - i) % 2 === 0);
}
