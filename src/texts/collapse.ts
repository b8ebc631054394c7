import type { SettingChange } from '../contract';
import { changeText, settingLabel } from './settings';

/** What a sentence about a collapse needs to know of it; `Collapse` of the doctor is one. */
export interface CollapseTold {
  readonly code: 'fallen' | 'sagging';
  readonly cause: 'exploration-gone' | 'gradients-gone' | 'values-exploded' | 'unknown';
  readonly best: { readonly value: number; readonly version: number };
  readonly value: number;
  readonly change: SettingChange | null;
}

const causeTexts: Readonly<Record<CollapseTold['cause'], string>> = {
  'exploration-gone': 'It has stopped trying anything new',
  'gradients-gone': 'Nothing moves its weights any more',
  'values-exploded': 'Its critic’s values have exploded',
  unknown: 'It has lost much of what it had learned',
};

/**
 * A collapse in one sentence: what went with it, and what was changed before it.
 *
 * @param format how a measured value is written.
 */
export function collapseSentence(
  { code, cause, best, value, change }: CollapseTold,
  format: (value: number) => string,
): string {
  const what =
    code === 'sagging' && cause === 'unknown' ? 'It has been below its best for long' : causeTexts[cause];
  const after = change === null ? '' : ` since ${settingLabel(change.key, change.term)} was changed`;
  return `${what}${after}: ${format(value)}, where it had come to ${format(best.value)} at update ${best.version}.`;
}

/** What a button that goes back to the best policy says; the settings of then come back with it. */
export function goBackLabel(change: SettingChange | null, version: number): string {
  if (change === null) return `Back to update ${version}, with the settings of then`;
  return `Back to update ${version} (${changeText({ ...change, from: change.to, to: change.from })})`;
}
