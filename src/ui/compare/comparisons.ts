import type { ComparedWay, Hyperparameters } from '../../contract';
import { settingLabel, settingValueText } from '../../texts/settings';

/** Ways that are compared by one press; the one that the others stand beside is usual. */
export interface BuiltInComparison {
  readonly id: string;
  readonly label: string;
  readonly ways: readonly ComparedWay[];
  readonly beside: number;
}

/** Comparisons that can be asked for, for a run with these settings. */
export function builtInComparisons(settings: Hyperparameters): readonly BuiltInComparison[] {
  const { learningRate } = settings;
  return [
    of('gaeLambda', [0, 0.95, 1], 1),
    of('clipRange', [0.05, 0.2, 1], 1),
    of('learningRate', [learningRate / 3, learningRate, Math.min(0.1, 3 * learningRate)].map(rounded), 1),
  ];
}

function of(
  key: 'gaeLambda' | 'clipRange' | 'learningRate',
  values: readonly number[],
  beside: number,
): BuiltInComparison {
  const label = settingLabel(key);
  const ways = values.map((value) => ({ label: settingValueText(key, value), patch: { [key]: value } }));
  return { id: key, label: `${label}: ${ways.map((way) => way.label).join(', ')}`, ways, beside };
}

const rounded = (value: number): number => Number(value.toPrecision(3));
