import type { Intent } from '../../ui/shell/page-state';
import type { AppFeature, IntentHandler } from '../feature';
import { Turns } from './turns';

/** What becomes of intents, besides what is done. */
export interface DispatcherEvents {
  readonly succeeded: (intent: Intent) => void;
  readonly failed: (intent: Intent, error: unknown) => void;
  /** A task failed that nobody asked for by an intent. */
  readonly broken: (error: unknown) => void;
}

/** Hands each intent to the feature that handles its kind, at once or in turn. */
export class Dispatcher {
  private readonly handlers = new Map<string, IntentHandler<Intent>>();
  private readonly events: DispatcherEvents;
  readonly turns: Turns;

  /** @throws Error where two features handle the same kind. */
  constructor(features: readonly Pick<AppFeature, 'intents'>[], events: DispatcherEvents) {
    this.events = events;
    this.turns = new Turns(events.broken);
    for (const { intents } of features) {
      for (const [kind, handler] of Object.entries(intents)) {
        if (this.handlers.has(kind)) throw new Error(`Two features handle “${kind}”.`);
        this.handlers.set(kind, handler as IntentHandler<Intent>);
      }
    }
  }

  handle(intent: Intent): void {
    const handler = this.handlers.get(intent.kind);
    if (handler === undefined) throw new Error(`No feature handles “${intent.kind}”.`);
    const attempt = async (signal: AbortSignal) => {
      try {
        await handler.act(intent, signal);
        if (!signal.aborted) this.events.succeeded(intent);
      } catch (error) {
        if (!signal.aborted) this.events.failed(intent, error);
      }
    };
    if (handler.when === 'now') void attempt(new AbortController().signal);
    else this.turns.add(attempt, handler.when);
  }
}
