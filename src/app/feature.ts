import type { Intent } from '../ui/shell/page-state';

/**
 * How an intent waits: not at all; for those before it, since it replaces the run or builds on its settings; or for
 * none, taking the place of those that wait, since whoever asks for it wants out of them.
 */
export type When = 'now' | 'inTurn' | 'overtaking';

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
export const overtaking = <Asked>(act: IntentHandler<Asked>['act']): IntentHandler<Asked> => ({
  when: 'overtaking',
  act,
});

/** A part of what the page can do: its intents, and what it begins and ends. */
export interface AppFeature {
  readonly intents: Partial<IntentHandlers>;
  dispose?(): void;
}
