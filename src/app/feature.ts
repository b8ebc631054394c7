import type { Intent } from '../ui/shell/page-state';
import type { TurnKind } from './shell/turns';

/** How an intent waits: not at all, or in its turn, since it replaces the run or builds on its settings. */
export type When = 'now' | TurnKind;

export interface IntentHandler<Asked> {
  readonly when: When;
  /** @throws what the page then tells; nothing else has changed. */
  readonly act: (intent: Asked, signal: AbortSignal) => void | Promise<void>;
}

/** A handler for each of some intents, by kind. */
export type IntentHandlers<Asked extends { readonly kind: string } = Intent> = {
  readonly [Kind in Asked['kind']]: IntentHandler<Extract<Asked, { readonly kind: Kind }>>;
};

export const now = <Asked>(act: IntentHandler<Asked>['act']): IntentHandler<Asked> => ({ when: 'now', act });
export const inTurn = <Asked>(act: IntentHandler<Asked>['act']): IntentHandler<Asked> => ({
  when: 'inTurn',
  act,
});
/** Goes before whatever gives way. */
export const overtaking = <Asked>(act: IntentHandler<Asked>['act']): IntentHandler<Asked> => ({
  when: 'overtaking',
  act,
});

/** Waits for something from outside before it changes anything. */
export const givingWay = <Asked>(act: IntentHandler<Asked>['act']): IntentHandler<Asked> => ({
  when: 'givingWay',
  act,
});

/** A part of what the page can do: its intents, and what it begins and ends. */
export interface AppFeature {
  readonly intents: Partial<IntentHandlers>;
  dispose?(): void;
}
