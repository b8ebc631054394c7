import { type Hyperparameters, hyperparameterFields, hyperparameterProblems } from '../src/contract';
import { parseField } from '../src/ui/settings-draft';

const weightPrefix = 'rewardWeights.';

/**
 * Lays `key=value` texts over `settings`, read as an address reads them: `epochs=6`, `hiddenSizes=32,32`,
 * `rewardWeights.touch=0.1`.
 *
 * @throws Error whose message says what was wrong with which.
 */
export function withSetOptions(settings: Hyperparameters, texts: readonly string[]): Hyperparameters {
  const changed = texts.reduce(withSetOption, settings);
  const problems = hyperparameterProblems(changed);
  if (problems.length > 0) throw new Error(problems.join(' '));
  return changed;
}

function withSetOption(settings: Hyperparameters, text: string): Hyperparameters {
  const split = text.indexOf('=');
  const name = text.slice(0, Math.max(0, split)).trim();
  const value = text.slice(split + 1);
  const weight = name.startsWith(weightPrefix) ? name.slice(weightPrefix.length) : null;
  const key = weight === null ? name : 'rewardWeights';
  const field = hyperparameterFields.find((candidate) => candidate.key === key);
  if (field === undefined || (field.kind === 'weights') !== (weight !== null)) {
    throw new Error(`There is no setting “${name}”; write --set as in a link, such as --set epochs=6.`);
  }
  if (weight !== null) {
    const terms = Object.keys(settings.rewardWeights);
    if (!terms.includes(weight)) {
      throw new Error(`There is no reward term “${weight}”; there are ${terms.join(', ')}.`);
    }
    const number = value.trim() === '' ? Number.NaN : Number(value);
    return { ...settings, rewardWeights: { ...settings.rewardWeights, [weight]: number } };
  }
  const parsed = parseField(field, value);
  if ('problem' in parsed) throw new Error(`--set ${name}: ${parsed.problem}`);
  return { ...settings, [field.key]: parsed.value };
}
