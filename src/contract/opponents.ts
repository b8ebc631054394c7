import type { Policy } from './agent';
import type { ScriptedPlayer } from './environment';

/** Whom a learner may meet besides itself. */
export interface Opponents {
  /** Of the same run, oldest first. */
  readonly past: readonly Policy[];
  readonly scripted: readonly ScriptedPlayer[];
}

/** Nobody to meet but oneself. */
export const noOpponents: Opponents = { past: [], scripted: [] };

/** How records and metrics name opponents that are not scripted players. */
export const opponentNames = { self: 'self', past: 'past' } as const;
