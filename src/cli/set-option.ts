import { type Hyperparameters, hyperparameterFields, hyperparameterProblems, namesNear } from '../contract';
import { withSettingText } from '../texts/setting-notation';
import { settingsSentence } from '../texts/settings-problems';

/** As they are written on the command line. */
const byKey = (key: string) => key;

/**
 * Lays `key=value` texts over `settings`, read as an address reads them: `epochs=6`, `hiddenSizes=32,32`,
 * `rewardWeights.touch=0.1`.
 *
 * @throws Error whose message says what was wrong with which.
 */
export function withSetOptions(settings: Hyperparameters, texts: readonly string[]): Hyperparameters {
  const changed = texts.reduce(withSetOption, settings);
  const problems = hyperparameterProblems(changed);
  if (problems.length > 0)
    throw new Error(problems.map((problem) => settingsSentence(problem, byKey)).join(' '));
  return changed;
}

function withSetOption(settings: Hyperparameters, text: string): Hyperparameters {
  const split = text.indexOf('=');
  const name = text.slice(0, Math.max(0, split)).trim();
  const read = withSettingText(settings, name, text.slice(split + 1));
  if ('settings' in read) return read.settings;
  if (read.problem.code !== 'no-such-setting') {
    throw new Error(`--set ${name}: ${settingsSentence(read.problem, byKey)}`);
  }
  const near = namesNear(
    name,
    hyperparameterFields.flatMap(({ key, kind }) => (kind === 'weights' ? [] : [key])),
  );
  const terms = Object.keys(settings.rewardWeights).map((term) => `rewardWeights.${term}`);
  throw new Error(
    `There is no setting “${name}”${near.length > 0 ? `; near it ${near.length > 1 ? 'are' : 'is'} ${near.join(', ')}` : ''}; write --set as in a link, such as --set epochs=6. Reward weights here are ${terms.join(', ')}.`,
  );
}
