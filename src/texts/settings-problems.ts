import type { HyperparameterKey, SettingsProblem } from '../contract';
import { settingLabel } from './settings';

/**
 * A problem with settings as a sentence: what is wrong, and what to do.
 *
 * @param nameOf what the reader calls a setting; as the page does where nobody says.
 */
export function settingsSentence(
  problem: SettingsProblem,
  nameOf: (key: HyperparameterKey) => string = settingLabel,
): string {
  const name =
    'term' in problem && problem.term !== undefined ? `The weight of “${problem.term}”` : nameOf(problem.key);
  switch (problem.code) {
    case 'not-a-number':
      return `${name} must be a number; give one between ${problem.min} and ${problem.max}.`;
    case 'out-of-range':
      return `${name} is ${String(problem.value)}; keep it between ${problem.min} and ${problem.max}.`;
    case 'not-whole':
      return `${name} is ${problem.value}; it must be a whole number.`;
    case 'not-a-switch':
      return `${name} must be on or off.`;
    case 'no-such-option':
      return `${name} must be one of ${problem.options.join(', ')}.`;
    case 'not-sizes':
      return `${name} must list 1 to ${problem.maxLayers} whole numbers between ${problem.min} and ${problem.max}, such as 64, 64.`;
    case 'minibatch-too-large':
      return `A minibatch of ${problem.minibatchSize} is larger than ${batchText(problem)}; lower the minibatch size or lengthen the rollout.`;
    case 'minibatch-does-not-divide':
      return `${capitalised(batchText(problem))} does not divide into minibatches of ${problem.minibatchSize}; choose a minibatch size that divides ${problem.rolloutLength * problem.arenas}.`;
  }
}

function batchText({ rolloutLength, arenas }: { readonly rolloutLength: number; readonly arenas: number }) {
  return `the rollout of ${rolloutLength} × ${arenas} = ${rolloutLength * arenas} decisions`;
}

const capitalised = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
