import { PlaytrainError } from '../../contract';
import { comparisonTexts } from '../../texts/compare';
import type { CompareIntent } from '../../ui/compare/compare-state';
import { type AppFeature, type IntentHandlers, now } from '../feature';
import type { RunDesk } from '../runs/run-desk';
import type { PageStore } from '../shell/page-store';
import type { Comparison } from './comparison';

export interface ComparePorts {
  readonly store: PageStore;
  readonly desk: RunDesk;
}

/** Trains runs unseen, side by side, and says how they differ. What does it is fetched when somebody asks. */
export function compareFeature({ store, desk }: ComparePorts): AppFeature {
  let underWay: Comparison | null = null;
  const stop = () => {
    underWay?.dispose();
    underWay = null;
    const { comparison } = store.state;
    if (comparison !== null) store.patch({ comparison: { ...comparison, isOver: true } });
  };
  const intents: IntentHandlers<CompareIntent> = {
    compare: now(async ({ ways, beside, from }) => {
      stop();
      const { session } = desk;
      if (session === null) throw new PlaytrainError('worker-lost', comparisonTexts.notBegun);
      const { entry } = session.run;
      if (entry.kind === 'live' && entry.visible.collector !== null) {
        throw new PlaytrainError('bad-settings', comparisonTexts.none);
      }
      const { Comparison: Made } = await import('./comparison');
      const state =
        from === 'nothing'
          ? null
          : from === 'here'
            ? await session.agent.checkpoint()
            : session.run.best?.bytes;
      const { hyperparameters } = store.state;
      underWay = new Made({ game: entry, settings: hyperparameters, ways, beside, from: state ?? null });
      await underWay.train((comparison) => store.patch({ comparison }));
    }),
    stopComparing: now(stop),
  };
  return { intents, dispose: stop };
}
