import { oldestVersion, type UpdateMetrics } from '../contract';
import type { ComputedUpdate } from './computed-update';
import { summaryOf } from './episode-summary';
import type { FullRollout } from './full-rollout';
import type { Memory } from './memory';
import type { Statistic, StatisticsRow } from './minibatch-trainer';
import { winRates } from './outcomes';
import type { PolicyLayout } from './policy';
import { rolloutSigns } from './rollout-signs';
import { standstillOf } from './standstill';
import { explainedVariance } from './training-batch';
import type { UpdateResult } from './update';
import type { UpdateBackend } from './update-backend';

/** An update that is over, and how long it took. */
export interface FinishedUpdate {
  readonly layout: PolicyLayout;
  readonly parts: readonly FullRollout[];
  readonly computed: ComputedUpdate;
  readonly before: Memory;
  readonly after: Memory;
  readonly updateMs: number;
  /** Since the update before ended; where there was none, since its rollout began. */
  readonly elapsedMs: number;
  /** What its backend holds. */
  readonly held: ReturnType<UpdateBackend['memory']>;
}

/** An update in numbers, as charts show it. */
export function updateMetrics(update: FinishedUpdate): UpdateMetrics {
  const { layout, parts, computed, before, after, updateMs, elapsedMs, held } = update;
  const { notes, batch, result, learningRate, firstRatioDeviation } = computed;
  const { counters } = notes;
  const { minibatches, stoppedEarly } = result;
  const summary = summaryOf(after.recentEpisodes);
  return {
    version: after.version,
    decisions: after.decisions,
    episodes: notes.episodes.length,
    meanReturn: summary?.meanReturn ?? null,
    returnSpread: summary?.returnSpread ?? null,
    minReturn: summary?.minReturn ?? null,
    maxReturn: summary?.maxReturn ?? null,
    meanLength: summary?.meanLength ?? null,
    ...lossMetrics(result),
    explainedVariance: explainedVariance(result.estimates, batch.values),
    learningRate,
    decisionsPerSecond: elapsedMs > 0 ? (1000 * batch.size) / elapsedMs : 0,
    collectMs: counters.collectMs,
    updateMs,
    // Who paces updates knows better.
    learningShare: 1,
    minibatches,
    stoppedEarly,
    standstill: standstillOf(layout, before.parameters, after.parameters, { minibatches, learningRate }),
    decisionsDuringUpdate: counters.decisionsDuringUpdate,
    unrecordedDecisions: counters.unrecordedDecisions,
    collectorDecisionsPerSecond: notes.collectorDecisionsPerSecond,
    winRates: winRates(after.outcomes),
    policyLag: before.version - Math.min(...parts.map(({ rollout }) => oldestVersion(rollout))),
    firstRatioDeviation,
    signs: rolloutSigns({
      batch,
      estimates: result.estimates,
      rollouts: parts.map(({ rollout }) => rollout),
      actionSpace: layout.actionSpace,
      episodes: notes.episodes.length,
    }),
    ...held,
  };
}

/** Means over the update's minibatches; NaN where there are none. */
function lossMetrics(result: UpdateResult) {
  const { statistics, lastEpochRows } = result;
  const lastEpoch = lastEpochRows === 0 ? [] : statistics.slice(-lastEpochRows);
  return {
    policyLoss: mean(statistics, 'policyLoss'),
    valueLoss: mean(statistics, 'valueLoss'),
    entropy: mean(statistics, 'entropy'),
    // Never negative but for rounding.
    approximateKl: Math.max(0, mean(lastEpoch, 'approximateKl')),
    clipFraction: mean(statistics, 'clipFraction'),
    gradientNorm: mean(statistics, 'gradientNorm'),
  };
}

function mean(rows: readonly StatisticsRow[], name: Statistic): number {
  return rows.reduce((sum, row) => sum + row[name], 0) / rows.length;
}
