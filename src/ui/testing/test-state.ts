import {
  type Contestant,
  type GameAbout,
  type MetricPoint,
  personSeat,
  type SettingChange,
  sb3Hyperparameters,
  usualBindings,
} from '../../contract';
import { metricDefinitions } from '../../texts/metrics';
import { initialFeatures } from '../features';
import type { CourtState, PlayState } from '../matches/play-state';
import type { KeyPress } from '../shell/keys';
import type { PageState } from '../shell/page-state';

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
  promise: {
    opening: (arenas) => `${arenas} things, one brain.`,
    tally: (times) => `It has fallen ${times}.`,
    reached: (times) => `It has held! Before that it had fallen ${times}.`,
    marks: 'A cross: it fell. A star: it held.',
    isCounted: ({ terminated }) => terminated,
    isReached: ({ truncated }) => truncated,
  },
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
  const state = { ...defaultState(), ...changes };
  return { ...state, runs: { [state.front]: { ...state, id: state.front } } };
}

function defaultState(): Omit<PageState, 'runs'> {
  return {
    front: 'a-run',
    name: 'Balance',
    kind: 'simulated',
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
    large: false,
    theme: 'auto',
    focusedArena: 0,
    focusPlayer: 'newest',
    status: {
      phase: 'collecting',
      backend: {
        name: 'webgl',
        simd: null,
        shards: 1,
        aloneBecause: null,
        renderer: 'Test renderer',
        acting: 'cpu',
        timings: [],
        why: { code: 'quickest', measured: 'now', obstacle: null },
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
      gpuBytes: 0,
    },
    hyperparameters: fast,
    presets: { fast, sb3: sb3Hyperparameters, cleanrl: sb3Hyperparameters },
    pending: [],
    problems: [],
    best: { meanReturn: 230, version: 10, decisions: 20_480 },
    undo: {},
    redo: {},
    keeping: { kind: 'kept', savedAtMs: Date.UTC(2026, 10, 26, 13, 5) },
    notices: [],
    letterKeys: true,
    hintDismissed: false,
    allSettings: true,
    bindings: usualBindings,
    keyNames: {},
    returnsByItself: false,
    ...initialFeatures,
    guide: { step: 'watch', number: 1, of: 4 },
  };
}

const contestants: readonly Contestant[] = [
  {
    id: 'agent-champion',
    name: 'Champion',
    kind: 'shipped',
    summary: 'Aims where you are not.',
    rating: 1_560,
    matches: 1_200,
  },
  {
    id: 'agent-expert',
    name: 'Expert',
    kind: 'shipped',
    summary: 'Smashes what is high enough.',
    rating: 1_390,
    matches: 1_200,
  },
  {
    id: 'bot-hawk',
    name: 'Hawk',
    kind: 'scripted',
    summary: 'Foresees walls and net, and jumps to smash.',
    rating: 1_250,
    matches: 1_200,
  },
  {
    id: 'generation-40',
    name: 'Update 40',
    kind: 'generation',
    summary: 'This run’s agent as it was at update 40.',
    rating: 1_130,
    matches: 12,
  },
  {
    id: 'agent-novice',
    name: 'Novice',
    kind: 'shipped',
    summary: 'Gets most balls over the net.',
    rating: 980,
    matches: 1_200,
  },
  {
    id: 'bot-steady',
    name: 'Steady',
    kind: 'scripted',
    summary: 'Stands where the ball will come down.',
    rating: 900,
    matches: 1_200,
  },
  {
    id: 'training',
    name: 'Agent in training',
    kind: 'training',
    summary: 'The agent that learns in this page, as it is now.',
    rating: null,
    matches: 0,
  },
];

/** What there is of matches in a game for two, nothing on the court, with `changes` laid over. */
export function playState(changes: Partial<PlayState> = {}): PlayState {
  return {
    contestants,
    visitor: { rating: 1_012, matches: 8, placingLeft: 0, streak: 0, against: {} },
    setup: { seats: [personSeat, 'agent-novice'], seed: null, learns: true },
    court: null,
    isFetching: false,
    generations: [10, 20, 40, 60],
    bestGeneration: { version: 40, rating: 1_130 },
    replays: [
      { id: 'a', names: ['You', 'Novice'], score: [7, 3], playedAtMs: Date.UTC(2026, 10, 22, 18, 5) },
      { id: 'b', names: ['Champion', 'Hawk'], score: [7, 5], playedAtMs: Date.UTC(2026, 10, 21, 9, 30) },
    ],
    hasServes: true,
    rival: null,
    sound: true,
    rates: true,
    ratingMatch: 'Novice – Steady',
    ...changes,
  };
}

/** A match of a person on the left against Novice, in mid-rally, with `changes` laid over; `view` over its view. */
export function courtState(
  changes: Partial<Omit<CourtState, 'view'>> = {},
  view: Partial<CourtState['view']> = {},
): CourtState {
  return {
    kind: 'match',
    setup: playState().setup,
    seed: 1_234,
    paused: false,
    speed: '1',
    version: null,
    takeovers: 0,
    learning: false,
    ratingChange: null,
    kept: false,
    replay: null,
    ...changes,
    view: {
      score: [3, 2],
      pointsToWin: 7,
      names: ['You', 'Novice'],
      person: 0,
      phase: 'rally',
      countdownSeconds: 0,
      matchPoint: null,
      deuce: false,
      winner: null,
      ...view,
    },
  };
}

/** A page with a game for two, with `play` laid over what there is of matches. */
export function duelPage(play: Partial<PlayState> = {}, changes: Partial<PageState> = {}): PageState {
  const { spec, games } = pageState();
  return pageState({
    games: [...games, { id: 'volley', about: about('Volley') }],
    game: 'volley',
    spec: {
      ...spec,
      game: 'volley',
      seats: 2,
      winTerm: 'pointWon',
      actionSpace: {
        kind: 'multiDiscrete',
        counts: [3, 2],
        labels: [
          ['stay', 'forward', 'back'],
          ['stand', 'jump'],
        ],
      },
      rewardTerms: [
        { name: 'pointWon', description: 'Pays 1 for a rally won.', defaultWeight: 1 },
        { name: 'touch', description: 'Counts 1 for a touch.', defaultWeight: 0, shaping: true },
      ],
    },
    play: playState(play),
    ...changes,
  });
}

/** A point of the charts after `version` updates, every metric equal to `value`. */
export function metricPoint(
  version: number,
  value: number | null,
  changed: readonly SettingChange[] = [],
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
  const code = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : '';
  return {
    key,
    code,
    shift: false,
    modified: false,
    writes: false,
    repeated: false,
    focus: 'none',
    dialogOpen: false,
  };
}
