import type { Hyperparameters } from '../../contract';
import { type GameEntry, games } from '../../game/engine/registry';
import { environmentSpec } from '../../game/engine/vector-environment';
import type { PageState, Status } from '../../ui/shell/page-state';

export const initialStatus: Status = {
  phase: 'starting',
  backend: null,
  policyVersion: 0,
  decisions: 0,
  meanReturn: null,
  decisionsPerSecond: 0,
  decisionsDuringUpdate: 0,
  unrecordedDecisions: 0,
  lateDecisions: 0,
  policyLag: 0,
  learningShare: null,
  collectorDecisionsPerSecond: [],
  frameMs: 0,
};

/** The page before anything has happened in a game. */
export function initialState(entry: GameEntry, hyperparameters: Hyperparameters): PageState {
  return {
    games: games.map(({ simulation, about }) => ({ id: simulation.game, about })),
    ...gameState(entry, hyperparameters),
    running: true,
    learning: true,
    lockstep: false,
    speed: '1',
    theme: 'auto',
    notices: [],
    play: null,
  };
}

/** The part of the page's state that begins anew with every run. */
export function gameState(entry: GameEntry, hyperparameters: Hyperparameters) {
  return {
    game: entry.simulation.game,
    spec: environmentSpec(entry.simulation),
    presets: entry.presets,
    hyperparameters,
    focusedArena: 0,
    focusPlayer: 'newest',
    status: initialStatus,
    pending: [],
    problems: [],
    best: null,
    saved: null,
  } as const satisfies Partial<PageState>;
}
