import type { DBSchema, IDBPDatabase } from 'idb';

export const databaseName = 'playtrain';

/**
 * What is kept where, by object store. Values are unknown: whoever reads one checks it first, since another version of
 * this page, or a fault, may have written it.
 */
export interface Schema extends DBSchema {
  /** A run's record and the index of its files, by run id. */
  runs: { key: string; value: unknown };
  /** A training state, by run id and slot. */
  checkpoints: { key: [runId: string, slot: string]; value: unknown };
  /** An earlier policy that checkpoints name, by run id and name; written once. */
  past: { key: [runId: string, name: string]; value: unknown };
  /** A stretch of a run's history, by run id and the first version in it. */
  history: { key: [runId: string, firstVersion: number]; value: unknown };
  /** A policy file of a run's past, to play against, by run id and version. */
  generations: { key: [runId: string, version: number]; value: unknown };
  /** A rating, by game and player. */
  standings: { key: [game: string, player: string]; value: unknown };
  replays: { key: [game: string, id: string]; value: unknown };
  /** An agent from a file, by game and id. */
  agents: { key: [game: string, id: string]; value: unknown };
  /** What a person chose once and for all, by name. */
  preferences: { key: string; value: unknown };
  /** How fast backends were on this machine, by subject. */
  timings: { key: string; value: unknown };
  /** Who has a run open, by run id, where the browser has no locks. */
  leases: { key: string; value: unknown };
  /** What a page that went away had not saved of a run, by run id: in a database of its own, and here up to version 2. */
  left: { key: string; value: unknown };
  /** What was taken over from the database of earlier versions, by the old key. */
  takenOver: { key: string; value: unknown };
}

export type StoreName =
  | 'runs'
  | 'checkpoints'
  | 'past'
  | 'history'
  | 'generations'
  | 'standings'
  | 'replays'
  | 'agents'
  | 'preferences'
  | 'timings'
  | 'leases'
  | 'left'
  | 'takenOver';

/** Brings a database from one schema version to the next. */
export type UpgradeStep = (database: IDBPDatabase<Schema>) => void;

/** Step `i` makes version `i + 1`. A step that was released is never changed; another is added behind it. */
export const upgradeSteps: readonly UpgradeStep[] = [
  (database) => {
    const stores: readonly StoreName[] = [
      'runs',
      'checkpoints',
      'past',
      'history',
      'generations',
      'standings',
      'replays',
      'agents',
      'preferences',
      'timings',
      'leases',
      'takenOver',
    ];
    for (const store of stores) database.createObjectStore(store);
  },
  (database) => {
    database.createObjectStore('left');
  },
];

/**
 * Of the database for what pages leave behind as they close. A write that is begun then may be lost where another is
 * under way in the same database: of 60 such pages of Chromium 18 lost it, with a database of its own none of 250.
 */
export const leftSteps: readonly UpgradeStep[] = [
  (database) => {
    database.createObjectStore('left');
  },
];
