import { loadModule, PlaytrainError } from '../../contract';
import type { PageStorage } from '../../storage/page-storage';
import { comparisonTexts } from '../../texts/compare';
import type { ComparedFrom, CompareIntent } from '../../ui/compare/compare-state';
import { type AppFeature, type IntentHandlers, now } from '../feature';
import { joined } from '../runs/kept-state';
import type { RunDesk } from '../runs/run-desk';
import type { RunSession } from '../runs/run-session';
import { NewestAsk } from '../shell/newest-ask';
import type { PageStore } from '../shell/page-store';
import type { Comparison } from './comparison';

export interface ComparePorts {
  readonly store: PageStore;
  readonly storage: Pick<PageStorage, 'runs'>;
  readonly desk: RunDesk;
}

/** Trains runs unseen, side by side, and says how they differ. What does it is fetched when somebody asks. */
export function compareFeature({ store, storage, desk }: ComparePorts): AppFeature {
  let underWay: Comparison | null = null;
  const asks = new NewestAsk();
  const stop = () => {
    asks.withdraw();
    underWay?.dispose();
    underWay = null;
    const { comparison } = store.state;
    if (comparison !== null) store.patch({ comparison: { ...comparison, isOver: true } });
  };
  const intents: IntentHandlers<CompareIntent> = {
    compare: now(async ({ ways, beside, from }) => {
      stop();
      const isNewest = asks.ask();
      const { session } = desk;
      if (session === null) throw new PlaytrainError('worker-lost', comparisonTexts.notBegun);
      const { entry } = session.run;
      if (entry.kind === 'live' && entry.visible.collector !== null) {
        throw new PlaytrainError('bad-settings', comparisonTexts.none);
      }
      const { hyperparameters } = session.view;
      const { Comparison: Made } = await loadModule(comparisonTexts.part, () => import('./comparison'));
      const state = await stateOf(session, from, storage);
      // Another was asked for meanwhile, or none any more.
      if (!isNewest()) return;
      underWay = new Made({ game: entry, settings: hyperparameters, ways, beside, from: state });
      try {
        await underWay.train((comparison) => store.patch({ comparison }));
      } finally {
        if (isNewest()) stop();
      }
    }),
    stopComparing: now(stop),
  };
  return { intents, dispose: stop };
}

/** What compared runs go on from; null from nothing. @throws PlaytrainError `bad-file` where it is not kept any more. */
async function stateOf(
  { run, agent }: RunSession,
  from: ComparedFrom,
  storage: ComparePorts['storage'],
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (from === 'nothing') return null;
  if (from === 'here') return agent.checkpoint();
  if (from === 'best') return run.best?.bytes ?? null;
  const { value } = await storage.runs.state(run.id, from);
  if (value === null) throw new PlaytrainError('bad-file', comparisonTexts.gone);
  return joined(value);
}
