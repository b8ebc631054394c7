import { loadModule, PlaytrainError, type RunId } from '../../contract';
import { outsideTexts } from '../../texts/outside';
import type { OutsideIntent } from '../../ui/outside/outside-state';
import { type AppFeature, type IntentHandlers, now } from '../feature';
import type { InspectorPorts } from '../inspector/inspector-feature';
import type { RunDesk } from '../runs/run-desk';
import type { PageStore } from '../shell/page-store';
import { ServedStage } from './served-stage';
import type { TabLink } from './tab-link';

export interface OutsidePorts {
  readonly store: PageStore;
  readonly desk: RunDesk;
  readonly looks: InspectorPorts['looks'];
  readonly show: InspectorPorts['show'];
}

/** Lets a program on this machine play the game that is seen, once a person offers it. */
export function outsideFeature({ store, desk, looks, show }: OutsidePorts): AppFeature {
  let link: TabLink | null = null;
  /** Counts what was wished, since what plays the tab is fetched first. */
  let wished = 0;
  /** The run in whose place it is seen, and whether that was running. */
  let instead: { readonly run: RunId; readonly wasRunning: boolean } | null = null;
  /** The run's picture comes back, and the run goes on where it was running; another is left as it is. */
  const giveBack = () => {
    if (instead === null) return;
    const { run, wasRunning } = instead;
    instead = null;
    show(null);
    if (store.state.front === run) setRunning(wasRunning);
  };
  const setRunning = (running: boolean) => {
    store.patchRun(store.state.front, { running });
    const { session } = desk;
    session?.played.setTransport(session.view);
  };
  const withdraw = () => {
    wished += 1;
    link?.dispose();
    link = null;
    giveBack();
    if (store.state.outside !== null) store.patch({ outside: null });
  };
  const begun = desk.begun$.subscribe(withdraw);
  const intents: IntentHandlers<OutsideIntent> = {
    offerTab: now(async ({ port }) => {
      withdraw();
      const wish = wished;
      const entry = desk.session?.run.entry;
      if (entry?.kind !== 'simulated') throw new PlaytrainError('bad-settings', outsideTexts.notLive);
      if (!(Number.isInteger(port) && port >= 1_024 && port <= 65_535)) {
        throw new PlaytrainError('bad-settings', outsideTexts.badPort);
      }
      const code = oneTimeCode();
      const { TabLink: Made } = await loadModule(outsideTexts.part, () => import('./tab-link'));
      // It was withdrawn meanwhile, or offered anew, or another run is in front.
      if (wish !== wished) return;
      store.patch({ outside: { code, port, phase: { kind: 'waiting' } } });
      link = new Made({
        simulation: entry.simulation,
        port,
        code,
        onPhase: (phase) => {
          store.patch({ outside: { code, port, phase } });
          if (phase.kind === 'over') giveBack();
        },
        onBegin: (environment) => {
          instead = { run: store.state.front, wasRunning: store.state.running };
          setRunning(false);
          show(new ServedStage(environment, looks));
        },
      });
    }),
    withdrawTab: now(withdraw),
  };
  return {
    intents,
    dispose: () => {
      begun.unsubscribe();
      withdraw();
    },
  };
}

/** Letters and digits that nobody takes for each other. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Forty random bits, as a person types them. */
function oneTimeCode(): string {
  const drawn = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(drawn, (byte) => alphabet[byte % alphabet.length]).join('');
}
