import type { PresetName, TakesHold } from '../contract';

/** What the form of all settings says besides what settings are called. */
export const formTexts = {
  heading: 'Settings',
  presets: 'Presets',
  undo: 'Undo',
  undoTitle: 'Take the last change of settings back',
  redo: 'Redo',
  redoTitle: 'Do it again',
  find: 'Find a setting',
  all: 'All settings',
  /** Under the basic ones: how many more there are, and how many of them are not as the game opens with them. */
  more: (count: number, changed: number) =>
    `${count} more ${count === 1 ? 'setting' : 'settings'}${changed === 0 ? '' : `, ${changed} of them changed`}`,
  fewer: 'Basic settings only',
  found: (count: number) => (count === 1 ? 'One setting found' : `${count} settings found`),
  noneFound: (query: string) => `No setting has to do with “${query}”.`,
  takesHold:
    'A change takes hold at the next update. Where “rebuild” stands beside it, arenas and workers are set up again and what was learned is kept; where “restart” does, another run begins, and this one stays kept. You are asked before either.',
  whenHeading: 'when changes take hold',
  whenShort: 'Changes take hold at the next update, but where “rebuild” or “restart” stands.',
  goesOn: 'The run goes on with the values before.',
  dismiss: 'Dismiss',
  shaping: 'shaping, not zero-sum',
  shapingExplained:
    'Shaping, not zero-sum: what it pays one side the other does not lose. It helps at the start; an agent that is paid much for it may come to play for it rather than for the point.',
  reset: 'reset',
  resetTo: (label: string, standard: string) => `Reset ${label} to ${standard}`,
  slider: (label: string) => `${label}, slider`,
  pending: 'pending',
  range: (min: string, max: string) => `${min} to ${max}`,
  layers: (most: number, min: number, max: number) => `1 to ${most} layers of ${min} to ${max}`,
  byDefault: (standard: string) => `default ${standard}`,
  rangeAndDefault: (range: string, standard: string) => `${range} · default ${standard}`,
};

/** What a badge says about when a change takes hold; empty where that is when most do. */
export const takesHoldLabels: Readonly<Record<TakesHold, string>> = {
  nextUpdate: '',
  rebuild: 'rebuild',
  restart: 'restart',
};

export const presetTexts: Readonly<Record<PresetName, { readonly label: string; readonly title: string }>> = {
  fast: { label: 'Fast', title: 'What the game opens with: learns in the least time' },
  sb3: { label: 'Stable-Baselines3', title: 'The settings of Stable-Baselines3’s PPO' },
  cleanrl: { label: 'CleanRL', title: 'The settings of CleanRL’s ppo.py' },
};

/** What is asked before settings change that interrupt the run; `names` are those settings’. */
export const changeQuestions = {
  restart: (names: string) => ({
    title: 'Start the run again?',
    body: `${names} can only change in another run: learning begins again from nothing, with a new policy, new counters and new charts. This run stays kept, as it is.`,
    confirm: 'Start again',
    cancel: 'Keep the present value',
  }),
  rebuild: (names: string) => ({
    title: 'Set the arenas up again?',
    body: `To change ${names} the arenas and workers are set up again. What was learned is kept; the rollout that is filling is not.`,
    confirm: 'Set up again',
    cancel: 'Keep the present value',
  }),
  listed: (names: readonly string[]) => {
    const quoted = names.map((name) => `“${name}”`);
    const last = quoted.pop() ?? '';
    return quoted.length === 0 ? last : `${quoted.join(', ')} and ${last}`;
  },
};
