import type { Hyperparameters } from '../../contract';
import type { RunView, Status } from '../../ui/shell/page-state';
import type { ShownGame } from '../games/page-game';

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
  gpuBytes: 0,
};

/** How a run goes, as a person set it; another run goes on the same way. */
export type Going = Pick<RunView, 'running' | 'learning' | 'lockstep' | 'speed'>;

export const initialGoing: Going = { running: true, learning: true, lockstep: false, speed: '1' };

/** A run's view before its session has said anything. */
export function initialView(
  run: Pick<RunView, 'id' | 'name' | 'best' | 'keeping'>,
  { kind, spec, presets }: Pick<ShownGame, 'kind' | 'spec' | 'presets'>,
  hyperparameters: Hyperparameters,
  going: Going,
): RunView {
  return {
    ...run,
    ...going,
    kind,
    game: spec.game,
    spec,
    presets,
    hyperparameters,
    focusedArena: 0,
    focusPlayer: 'newest',
    status: initialStatus,
    pending: [],
    problems: [],
    undo: {},
    redo: {},
  };
}
