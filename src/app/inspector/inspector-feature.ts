import { filter, firstValueFrom, map, take } from 'rxjs';
import { type CapturedUpdate, type InspectedPlace, type Stage, seatsOf, sentenceOf } from '../../contract';
import { asUsed, whatIfAt } from '../../inspector/what-if';
import { inspectorTexts } from '../../texts/inspector';
import type { InspectorIntent, InspectorLook, InspectorState } from '../../ui/inspector/inspector-state';
import { type AppFeature, type IntentHandlers, now } from '../feature';
import type { StageLooks } from '../game-stage';
import type { RunDesk } from '../runs/run-desk';
import { inspectLinkOf } from '../shell/address';
import { copyText } from '../shell/copy-text';
import { NewestAsk } from '../shell/newest-ask';
import type { NoticeBoard } from '../shell/notice-board';
import type { PageStore } from '../shell/page-store';
import { MomentStage } from './moment-stage';
import { updateFromLink, updateToLink } from './update-link';

export interface InspectorPorts {
  readonly store: PageStore;
  readonly board: NoticeBoard;
  readonly desk: RunDesk;
  readonly looks: StageLooks;
  /** Draws a stage in the run's place, or, for null, the run. */
  readonly show: (stage: Stage | null) => void;
  /** Whether the picture belongs to a match. */
  readonly isOnCourt: () => boolean;
}

/** Fetches what an update learned from, and shows the game as it was at its steps. */
export class Inspector implements AppFeature {
  readonly intents: IntentHandlers<InspectorIntent> = {
    inspect: now(() => this.inspect()),
    inspectMoment: now(({ step }) => this.showMoment(step)),
    suppose: now(({ whatIf }) => this.look({ whatIf })),
    inspectPlace: now(({ place }) => this.patch({ place })),
    inspectLinked: now(({ place, update }) => this.openLinked(place, update)),
    copyInspected: now(({ place }) => this.copyLink(place)),
  };
  private readonly ports: InspectorPorts;
  private stage: MomentStage | null = null;
  /** For updates to look at, which take their time to come. */
  private readonly asks = new NewestAsk();
  private readonly all;

  constructor(ports: InspectorPorts) {
    this.ports = ports;
    // Another session: what was captured is not of it.
    this.all = ports.desk.begun$.subscribe(() => {
      this.asks.withdraw();
      this.endPicture();
      this.patch({ captured: null, phase: 'idle', look: null, place: null, isPictured: false });
    });
  }

  dispose(): void {
    this.all.unsubscribe();
  }

  /** @param place where to look then; null: at the first step, under the update's own settings. */
  private async inspect(place: InspectedPlace | null = null): Promise<void> {
    const { desk, store } = this.ports;
    const { session } = desk;
    if (session === null) return;
    const isNewest = this.asks.ask();
    this.patch({ phase: 'waiting' });
    const asked = (session.arenas ?? session.agent).captureUpdate(store.state.focusedArena, 0);
    // What keeps the agent from answering is told where it happens.
    const captured = await asked.catch(() => null);
    if (!isNewest()) return;
    if (captured === null) this.patch({ phase: 'failed' });
    else this.present(captured, place);
  }

  /** Nobody can be asked before the agent has begun. */
  private async openLinked(place: InspectedPlace, update: string | null): Promise<void> {
    const { store, board } = this.ports;
    const isNewest = this.asks.ask();
    this.patch({ linked: { place } });
    if (update !== null) {
      try {
        const captured = updateFromLink(update);
        if (!this.isOfThisGame(captured)) throw new Error(inspectorTexts.otherGame);
        return this.present(captured, place);
      } catch (error) {
        board.tell({ id: 'link-update', severity: 'warning', message: sentenceOf(error) }, 'run');
      }
    }
    await firstValueFrom(
      store.state$.pipe(
        map(({ status }) => status.phase),
        filter((phase) => phase !== 'starting' && phase !== 'warming'),
        take(1),
      ),
      { defaultValue: null },
    );
    if (isNewest()) await this.inspect(place);
  }

  private present(captured: CapturedUpdate, place: InspectedPlace | null): void {
    this.endPicture();
    const step = Math.min(place?.step ?? 0, captured.shape.steps - 1);
    const whatIf = place === null ? asUsed(captured) : whatIfAt(captured, place);
    this.patch({ phase: 'idle', captured, look: { step, whatIf } });
    if (place !== null) this.showMoment(step);
  }

  private isOfThisGame({ shape, states }: CapturedUpdate): boolean {
    const { desk, store } = this.ports;
    const { observationSpace } = store.state.spec;
    const stateSize = desk.session?.arenas?.driver.environment.stateSize ?? 0;
    const isDrawn = states.length === 0 || states.length === stateSize * shape.steps;
    return isDrawn && shape.observationSize === observationSpace.names.length;
  }

  private async copyLink(place: InspectedPlace): Promise<void> {
    const { store, board } = this.ports;
    const { captured } = store.state.inspector;
    const update = captured === null ? null : updateToLink(captured);
    const link = inspectLinkOf(store.state, place, update, document.baseURI);
    if (!(await copyText(link))) {
      board.tell({ id: 'link', severity: 'info', message: inspectorTexts.linkByHand(link) }, 'run');
    } else board.inform('link', update === null ? inspectorTexts.linkWithout : inspectorTexts.linkCopied);
  }

  private showMoment(step: number | null): void {
    const { captured } = this.ports.store.state.inspector;
    if (step !== null) this.look({ step });
    if (step === null || captured === null || this.ports.isOnCourt()) {
      this.endPicture();
      return;
    }
    this.stage ??= this.begin(captured);
    this.stage?.show(step);
  }

  /** @returns null where there is no picture of it, as of live games. */
  private begin(captured: CapturedUpdate): MomentStage | null {
    if (captured.states.length === 0) return null;
    const { store, looks, show } = this.ports;
    const stage = new MomentStage(captured, looks, seatsOf(store.state.spec));
    show(stage);
    this.patch({ isPictured: true });
    return stage;
  }

  private endPicture(): void {
    if (this.stage === null) return;
    this.stage = null;
    this.patch({ isPictured: false });
    this.ports.show(null);
  }

  private look(change: Partial<InspectorLook>): void {
    const { look } = this.ports.store.state.inspector;
    if (look !== null) this.patch({ look: { ...look, ...change } });
  }

  private patch(change: Partial<InspectorState>): void {
    const { store } = this.ports;
    store.patch({ inspector: { ...store.state.inspector, ...change } });
  }
}
