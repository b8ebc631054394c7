import { loadModule, PlaytrainError, sentenceOf } from '../../contract';
import { pictureTexts } from '../../texts/picture';
import { thenAndNowTexts } from '../../texts/then-and-now';
import { canDraw } from '../../ui/kit/can-draw';
import type { ThenAndNowIntent, ThenAndNowState } from '../../ui/then-and-now/then-and-now-state';
import { type AppFeature, type IntentHandlers, now } from '../feature';
import { randomSeed } from '../matches/random-seed';
import { NewestAsk } from '../shell/newest-ask';
import type { SideBySide } from './side-by-side';
import type { ThenAndNowPorts } from './then-and-now-ports';

/** Shows any two policies of a game beside each other, from the same seed. What does it is fetched when somebody asks. */
export function thenAndNowFeature(ports: ThenAndNowPorts): AppFeature {
  const { store, desk } = ports;
  let shown: SideBySide | null = null;
  const asks = new NewestAsk();
  const close = () => {
    asks.withdraw();
    shown?.end();
    shown = null;
    if (store.state.thenAndNow !== null) store.patch({ thenAndNow: null });
  };
  const patch = (change: Partial<ThenAndNowState>) => {
    const { thenAndNow } = store.state;
    if (thenAndNow !== null) store.patch({ thenAndNow: { ...thenAndNow, ...change } });
  };
  /** What goes wrong is said there: what lies behind is out of sight. */
  const choosing = async (choose: (seen: SideBySide) => Promise<void>) => {
    patch({ problem: null });
    try {
      if (shown !== null) await choose(shown);
    } catch (error) {
      patch({ problem: sentenceOf(error) });
    }
  };
  const show = async (places: readonly [HTMLElement, HTMLElement]) => {
    shown?.end();
    shown = null;
    const isNewest = asks.ask();
    try {
      if (!canDraw()) throw new PlaytrainError('canvas-refused', pictureTexts.refused);
      const { SideBySide: Made } = await loadModule(thenAndNowTexts.part, () => import('./side-by-side'));
      const { session } = desk;
      if (!isNewest()) return;
      if (session === null) throw new PlaytrainError('worker-lost', thenAndNowTexts.notBegun);
      shown = new Made(session, places, ports);
      await shown.open();
    } catch (error) {
      if (!isNewest()) return;
      shown?.end();
      shown = null;
      patch({ phase: 'failed', problem: sentenceOf(error) });
    }
  };
  // Of another run another game is to be seen; the same one goes on learning in another session.
  const begun = desk.begun$.subscribe(({ session, isAnotherRun }) => {
    if (isAnotherRun) close();
    else shown?.follow(session);
  });
  const intents: IntentHandlers<ThenAndNowIntent> = {
    thenAndNow: now(({ open }) => {
      if (!open) close();
      else if (store.state.thenAndNow === null) store.patch({ thenAndNow: loading });
    }),
    thenAndNowIn: now(({ places }) => show(places)),
    thenAndNowPolicy: now(({ side, choice }) => choosing((seen) => seen.choose(side, choice))),
    thenAndNowFile: now(({ side, file }) => choosing((seen) => seen.chooseFile(side, file))),
    thenAndNowSeed: now(({ seed }) => shown?.beginFrom(seed ?? randomSeed())),
    thenAndNowRunning: now(({ on }) => shown?.setRunning(on)),
  };
  return {
    intents,
    dispose: () => {
      begun.unsubscribe();
      close();
    },
  };
}

const emptySide: ThenAndNowState['sides'][0] = {
  choice: '',
  label: '',
  version: null,
  score: 0,
  seconds: 0,
  isOver: false,
  results: [],
};

/** Before anything is there to be seen. */
const loading: ThenAndNowState = {
  phase: 'loading',
  problem: null,
  seed: 1,
  isRunning: true,
  opponent: null,
  seats: 1,
  bodies: 1,
  choices: [],
  sides: [emptySide, emptySide],
};
