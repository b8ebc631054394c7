import { loadModule, PlaytrainError } from '../../contract';
import { outsideTexts } from '../../texts/outside';
import type { OutsideIntent } from '../../ui/outside/outside-state';
import { type AppFeature, type IntentHandlers, now } from '../feature';
import type { InspectorPorts } from '../inspector/inspector-feature';
import type { RunDesk } from '../runs/run-desk';
import type { RunSession } from '../runs/run-session';
import { NewestAsk } from '../shell/newest-ask';
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
  const offers = new NewestAsk();
  /** In whose place it is seen. */
  let instead: RunSession | null = null;
  /** The run's picture comes back, and the run goes on where it was running; another is left as it is. */
  const giveBack = () => {
    if (instead === null) return;
    const session = instead;
    instead = null;
    show(null);
    if (desk.session === session) session.goOn();
  };
  const withdraw = () => {
    offers.withdraw();
    link?.dispose();
    link = null;
    giveBack();
    if (store.state.outside !== null) store.patch({ outside: null });
  };
  const begun = desk.begun$.subscribe(withdraw);
  const intents: IntentHandlers<OutsideIntent> = {
    offerTab: now(async ({ port }) => {
      withdraw();
      const isNewest = offers.ask();
      const entry = desk.session?.run.entry;
      if (entry?.kind !== 'simulated') throw new PlaytrainError('bad-settings', outsideTexts.notLive);
      if (!(Number.isInteger(port) && port >= 1_024 && port <= 65_535)) {
        throw new PlaytrainError('bad-settings', outsideTexts.badPort);
      }
      const code = oneTimeCode();
      const { TabLink: Made } = await loadModule(outsideTexts.part, () => import('./tab-link'));
      // It was withdrawn meanwhile, or offered anew, or another run is in front.
      if (!isNewest()) return;
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
          instead = desk.session;
          instead?.pauseMeanwhile();
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
