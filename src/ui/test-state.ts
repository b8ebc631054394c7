import { type GameAbout, type MetricPoint, metricDefinitions, sb3Hyperparameters } from '../contract';
import type { KeyPress } from './keys';
import type { PageState } from './page-state';

/** States for tests of the page: a game that does not exist, at a moment that is easy to describe. */

const about = (title: string): GameAbout => ({
  title,
  summary: `Keep ${title} going.`,
  setup: 'A thing on a rail.',
  goal: 'Keep it up.',
  reward: 'One a tick.',
  observations: 'Two numbers.',
  actions: 'Left or right.',
  controls: 'Arrow keys.',
});

const fast = {
  ...sb3Hyperparameters,
  arenas: 16,
  rolloutLength: 128,
  minibatchSize: 256,
  rewardWeights: { upright: 1 },
};

/** A page that runs and learns, with `changes` laid over. */
export function pageState(changes: Partial<PageState> = {}): PageState {
  return {
    games: [
      { id: 'balance', about: about('Balance') },
      { id: 'swing', about: about('Swing') },
    ],
    game: 'balance',
    spec: {
      game: 'balance',
      observationSpace: { size: 2, names: ['position', 'speed'], low: [-1, -1], high: [1, 1] },
      actionSpace: { kind: 'discrete', count: 2, labels: ['left', 'right'] },
      rewardTerms: [{ name: 'upright', description: 'Pays for every tick.', defaultWeight: 1 }],
      tickMs: 20,
      timeLimitTicks: 500,
    },
    running: true,
    learning: true,
    lockstep: false,
    speed: '1',
    theme: 'auto',
    focusedArena: 0,
    focusPlayer: 'newest',
    status: {
      phase: 'collecting',
      backend: {
        name: 'webgl',
        renderer: 'Test renderer',
        acting: 'cpu',
        timings: [],
        reason: 'It was the fastest here.',
      },
      policyVersion: 12,
      decisions: 24_576,
      meanReturn: 212,
      decisionsPerSecond: 800,
      decisionsDuringUpdate: 300,
      unrecordedDecisions: 0,
      lateDecisions: 2,
      policyLag: 1,
      learningShare: 0.85,
      collectorDecisionsPerSecond: [],
      frameMs: 16.7,
    },
    hyperparameters: fast,
    presets: { fast, sb3: sb3Hyperparameters, cleanrl: sb3Hyperparameters },
    pending: [],
    problems: [],
    best: { meanReturn: 230, version: 10, decisions: 20_480 },
    saved: '13:05',
    notices: [],
  play: null,
    ...changes,
  };
}

/** A point of the charts after `version` updates, every metric equal to `value`. */
export function metricPoint(
  version: number,
  value: number | null,
  changed: readonly string[] = [],
): MetricPoint {
  return {
    version,
    decisions: version * 2_048,
    values: Object.fromEntries(metricDefinitions.map(({ key }) => [key, value])),
    returnSpread: value === null ? null : 1,
    changed,
  };
}

/** A key pressed with nothing in the way. */
export function press(key: string): KeyPress {
  return { key, modified: false, repeated: false, focus: 'none', dialogOpen: false };
}
