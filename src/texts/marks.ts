import { type MetricPoint, wentBackKey } from '../contract';
import { changeText } from './settings';

/** Whether a chart marks a point: something took hold with that update. */
export function isMarked({ changed, values }: Pick<MetricPoint, 'changed' | 'values'>): boolean {
  return changed.length > 0 || values[wentBackKey] !== undefined;
}

/** That the run went back with an update, and where to; empty where it did not. */
export function wentBackText({ values }: Pick<MetricPoint, 'values'>): string {
  const version = values[wentBackKey];
  return version === undefined || version === null ? '' : `Back to update ${version}`;
}

/** What took hold with an update: settings from → to, and that the run went back; empty where nothing did. */
export function markTexts({ changed, values }: Pick<MetricPoint, 'changed' | 'values'>): readonly string[] {
  const back = wentBackText({ values });
  return [...(back === '' ? [] : [back]), ...changed.map(changeText)];
}
