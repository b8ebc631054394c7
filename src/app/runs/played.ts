import type { Observable } from 'rxjs';
import type { EpisodeEnding } from '../../contract';
import type { DriveEvent } from '../../streams/drive';
import type { RunView } from '../../ui/shell/page-state';

/** What the transport bar says. */
export type Transport = Pick<RunView, 'running' | 'speed' | 'lockstep' | 'learning'>;

/** What is played in a session, before people's eyes: the arenas of a simulation, or somebody's own game. */
export interface Played {
  /** Episodes that ended, as they are seen. */
  readonly ended$: Observable<readonly EpisodeEnding[]>;
  /** Decisions recorded for the learner since the run began; null before that is known. */
  readonly decisions: number | null;
  /** Decisions whose action was not there when a frame needed it. */
  readonly lateDecisions: number;
  /** True while it goes at no more than 1× because the actor has nowhere to record. */
  readonly isEased: boolean;
  /** Steps of the game since the session began. */
  readonly ticks: number;
  /** A hash of all that goes on in it; 0 where nobody can tell. */
  hash(): number;
  /** Game to agent and back, from subscription to its end. @param frames$ moments at which a frame is about to be drawn. */
  drive$(frames$: Observable<number>): Observable<DriveEvent>;
  setTransport(transport: Transport): void;
  /** Collectors have come or gone. */
  setPace(): void;
  /** Whether anybody can see the page. */
  setVisible(on: boolean): void;
  /** Lets one step happen while it stands still. */
  step(): void;
  /** Gives the focused arena to `player`. @param best the run's best state; null where there is none. */
  setPlayer(
    focusedArena: number,
    player: RunView['focusPlayer'],
    best: Uint8Array<ArrayBuffer> | null,
  ): Promise<void>;
}
