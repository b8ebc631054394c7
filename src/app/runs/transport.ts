import type { TransportIntent } from '../../ui/shell/page-state';
import { type AppFeature, type IntentHandlers, now } from '../feature';
import type { PageStore } from '../shell/page-store';
import type { Transport } from './played';
import type { RunDesk } from './run-desk';

export interface TransportPorts {
  readonly store: PageStore;
  readonly desk: Pick<RunDesk, 'session' | 'save'>;
  /** True while a match has the first arena, which nobody else may have then. */
  readonly isOnCourt: () => boolean;
}

/** How the run in front goes, and who plays its arenas. */
export function transportFeature({ store, desk, isOnCourt }: TransportPorts): AppFeature {
  const go = (change: Partial<Transport>) => {
    if (change.running !== undefined) desk.session?.setByPerson();
    store.patchRun(store.state.front, change);
    desk.session?.played.setTransport(view());
  };
  const view = () => desk.session?.view ?? store.state;
  const setPlayer = async (player: ReturnType<typeof view>['focusPlayer']) => {
    const { session } = desk;
    const best = session?.run.best?.bytes ?? null;
    await session?.played.setPlayer(view().focusedArena, player, best);
  };
  const intents: IntentHandlers<TransportIntent> = {
    play: now(() => go({ running: true })),
    pause: now(() => {
      go({ running: false });
      // Whoever pauses may close the page next.
      void desk.save();
    }),
    step: now(() => desk.session?.played.step()),
    speed: now(({ speed }) => go({ speed })),
    lockstep: now(({ on }) => go({ lockstep: on })),
    learning: now(async ({ on }) => {
      go({ learning: on });
      await desk.session?.agent.setLearning(on);
    }),
    focusArena: now(async ({ arena }) => {
      store.patchRun(store.state.front, { focusedArena: arena, focusPlayer: 'newest' });
      await setPlayer('newest');
    }),
    focusPlayer: now(async ({ player }) => {
      if (isOnCourt() && player !== 'newest') return;
      store.patchRun(store.state.front, { focusPlayer: player });
      await setPlayer(player);
    }),
  };
  return { intents };
}
