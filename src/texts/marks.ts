import { type MetricPoint, wentBackKey } from '../contract';
import { changeText } from './settings';

/** Whether a chart marks a point: something took hold with that update. */
export function isMarked({ changed, values }: Pick<MetricPoint, 'changed' | 'values'>): boolean {
  return changed.length > 0 || values[wentBackKey] !== undefined;
}

/** What took hold with an update: settings from → to, and that the run went back; empty where nothing did. */
export function markTexts({ changed, values }: Pick<MetricPoint, 'changed' | 'values'>): readonly string[] {
  const version = values[wentBackKey];
  const back = version === undefined || version === null ? [] : [`Back to update ${version}`];
  return [...back, ...changed.map(changeText)];
}
