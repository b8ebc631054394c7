import type { LiveGame } from '../app/games/page-game';
import type { WorkerFactory } from '../workers/worker-factory';

/** What the panel's page is given by the page that it stands on. */
export interface PanelHost {
  readonly game: LiveGame;
  /** What the game has loaded, for its twin. */
  readonly handed: () => unknown;
  /** Workers in the place of the package's own. */
  readonly workers: Partial<Pick<WorkerFactory, 'actor' | 'learner'>>;
}

/** What can be done with a panel's page. */
export interface PanelDoor {
  /** Builds the panel, and lets the agent learn. @returns what ends both. */
  start(host: PanelHost): Promise<() => void>;
}

declare global {
  interface Window {
    /** Of a panel's page, once it is there. */
    playtrainPanel?: PanelDoor;
  }
}
