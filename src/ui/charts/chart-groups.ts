import { type MetricDefinition, metricDefinitions } from '../../texts/metrics';
import type { MetricKind } from './chart-colours';

/** Which charts stand together, in the order of the page. */
export const chartGroups: readonly {
  readonly kind: MetricKind;
  readonly title: string;
  readonly keys: readonly string[];
}[] = [
  { kind: 'outcome', title: 'Outcome', keys: ['meanReturn', 'meanLength'] },
  { kind: 'policy', title: 'Policy', keys: ['policyLoss', 'entropy', 'approximateKl', 'clipFraction'] },
  { kind: 'critic', title: 'Critic', keys: ['valueLoss', 'explainedVariance'] },
  { kind: 'step', title: 'Step size', keys: ['gradientNorm', 'learningRate'] },
  { kind: 'speed', title: 'Speed', keys: [] },
];

/** The group that a metric belongs to; those that none names are shown last. */
export function kindOf(key: string): MetricKind {
  return chartGroups.find(({ keys }) => keys.includes(key))?.kind ?? 'speed';
}

export function definitionsOf(kind: MetricKind): readonly MetricDefinition[] {
  return metricDefinitions.filter(({ key }) => kindOf(key) === kind);
}
