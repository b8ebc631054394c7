/** How to make the workers; a game that bundles them its own way passes its own. */
export interface WorkerFactory {
  /** Makes the worker that acts. */
  readonly actor: (name: string) => Worker;
  /** Makes the worker that learns. */
  readonly learner: (name: string) => Worker;
  /** A worker whose file calls `serveCollector` with the game. Without it there are no collectors. */
  readonly collector?: (name: string) => Worker;
  /** What each collector is handed as it begins, for its game alone to read: whatever can be cloned. */
  readonly handed?: () => unknown;
  /** Calls back whenever that has changed, so that collectors begin anew with it. @returns what ends it. */
  readonly onHandedChange?: (changed: () => void) => () => void;
}
