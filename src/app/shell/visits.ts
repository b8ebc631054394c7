import type { Subscription } from 'rxjs';
import { patchBetween } from '../../contract';
import type { PageStorage } from '../../storage/page-storage';
import type { UrlLesson, UrlState } from '../../texts/address-notation';
import { leftOutTexts } from '../../texts/left-out';
import { linkTexts, runTexts } from '../../texts/runs';
import type { Intent } from '../../ui/shell/page-state';
import { leftOut } from '../kept/left-out';
import type { Asked } from '../runs/choose-run';
import { earlierRun } from '../runs/earlier-runs';
import type { RunDesk } from '../runs/run-desk';
import type { Address } from './address';
import type { Choices } from './choices';
import { shownPreferences } from './initial-shell';
import type { NoticeBoard } from './notice-board';
import type { PageStore } from './page-store';
import type { TurnKind } from './turns';

export interface VisitPorts {
  readonly address: Pick<Address, 'isNamed' | 'isForClass' | 'read' | 'follow' | 'onTyped'>;
  readonly store: PageStore;
  readonly board: NoticeBoard;
  readonly storage: {
    readonly runs: Pick<PageStorage['runs'], 'list'>;
    readonly takeOver: PageStorage['takeOver'];
    readonly opensLate: PageStorage['opensLate'];
    readonly rest: PageStorage['rest'];
  };
  readonly choices: Pick<Choices, 'read$' | 'recall'>;
  readonly desk: Pick<RunDesk, 'visit'>;
  /** Puts a task into the page's turns. */
  readonly inTurn: (task: () => Promise<void>, kind?: TurnKind) => void;
  readonly handle: (intent: Intent) => void;
  /** Begins a lesson, or a class without one. */
  readonly openLesson: (asked: UrlState, lesson: UrlLesson) => Promise<void>;
}

/** Opens what the address asks for: as the page begins, and whenever somebody edits it. */
export class Visits {
  private readonly ports: VisitPorts;
  private readonly subscriptions: Subscription[] = [];
  /** What the address says in place of what the person chose. */
  private asLinked: { readonly large?: boolean } = {};

  constructor(ports: VisitPorts) {
    this.ports = ports;
  }

  /** Finds what earlier visits left, and puts the first visit into the page's turns. Never throws. */
  async begin(): Promise<void> {
    const { address, storage, store, choices, inTurn } = this.ports;
    storage.rest(address.isForClass);
    this.subscriptions.push(
      choices.read$.subscribe((chosen) => store.patch({ ...shownPreferences(chosen), ...this.asLinked })),
    );
    await choices.recall();
    const opensLate = storage.opensLate();
    await this.takeOverEarlierRuns();
    const { isNamed } = address;
    inTurn(() => this.open(isNamed));
    void opensLate?.then(() => inTurn(() => this.openedLate()));
    this.subscriptions.push(address.onTyped(() => inTurn(() => this.openTyped(), 'overtaking')));
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.unsubscribe();
  }

  /** Copies what earlier versions of the page kept, once; it stays where it was. */
  private async takeOverEarlierRuns(): Promise<void> {
    const { storage, board } = this.ports;
    try {
      const what = leftOut((await storage.takeOver(earlierRun)).problems);
      if (what === null) return;
      board.tell({ id: 'earlier-left-out', severity: 'warning', message: leftOutTexts.kept(what) });
    } catch {
      // Storage is closed, which saving tells; or another tab copies just now. It is tried again at the next visit.
    }
  }

  /** Opens what the address asks for, or, where it asks for nothing, the run that was opened last. */
  private async open(isNamed: boolean): Promise<void> {
    const { address, store, desk, handle, openLesson } = this.ports;
    const asked = await address.read();
    this.goBy(asked);
    store.patchRun(store.state.front, { speed: asked.speed });
    const last = isNamed ? null : await this.lastRun();
    const opened =
      asked.lesson === null ? desk.visit(last ?? askedOf(asked)) : openLesson(asked, asked.lesson);
    await opened.finally(() => this.tellProblems(asked));
    this.subscriptions.push(address.follow(store));
    if (asked.replay !== null) handle({ kind: 'watchShared', text: asked.replay });
    this.inspect(asked);
  }

  /** Somebody edited the address of the open page: of the same run, settings and speed; else another is opened. */
  private async openTyped(): Promise<void> {
    const { address, store, desk, handle, openLesson } = this.ports;
    const asked = await address.read();
    this.goBy(asked);
    if (asked.lesson !== null) {
      return openLesson(asked, asked.lesson).finally(() => this.tellProblems(asked));
    }
    const { run, game, speed, hyperparameters, replay } = asked;
    if (replay !== null) {
      // It is watched beside whichever run of the game is open.
      if (game !== store.state.game) await desk.visit({ game, run: null, settings: null });
      this.tellProblems(asked);
      return handle({ kind: 'watchShared', text: replay });
    }
    if (run === store.state.front && game === store.state.game) {
      this.tellProblems(asked);
      if (speed !== store.state.speed) handle({ kind: 'speed', speed });
      this.inspect(asked);
      return handle({ kind: 'settings', patch: patchBetween(store.state.hyperparameters, hyperparameters) });
    }
    store.patchRun(store.state.front, { speed });
    await desk.visit(askedOf(asked)).finally(() => this.tellProblems(asked));
    this.inspect(asked);
  }

  /** What a link says of the page holds as long as it is open; what the person chose stays kept. */
  private goBy({ locked, large, lesson }: UrlState): void {
    this.asLinked = large === null ? {} : { large };
    // A lesson has a lock of its own.
    this.ports.store.patch({ ...(lesson === null && { settingsLocked: locked }), ...this.asLinked });
  }

  /** Looks where the address asks to look in an update. */
  private inspect({ inspect, update }: UrlState): void {
    if (inspect !== null) this.ports.handle({ kind: 'inspectLinked', place: inspect, update });
  }

  /** What nobody understands of an address; with the run that was opened for it that is over. */
  private tellProblems({ problems }: UrlState): void {
    const { board } = this.ports;
    board.settledAll('link-');
    problems.forEach((message, index) => {
      board.tell({ id: `link-${index}`, severity: 'warning', message }, 'run');
    });
  }

  /** Storage took so long to open that a run was begun without it; what is kept can be had from now on. */
  private async openedLate(): Promise<void> {
    const { storage, store, board, choices } = this.ports;
    await choices.recall();
    await this.takeOverEarlierRuns();
    const [newest] = (await storage.runs.list()).value;
    if (newest === undefined || newest.id === store.state.front) return;
    const message = runTexts.openedLate(newest.name);
    const actions = [
      { label: linkTexts.goOnWith(newest.name), intent: { kind: 'openRun', run: newest.id } },
    ] as const;
    board.tell({ id: 'late', severity: 'info', message, actions }, 'run');
  }

  private async lastRun(): Promise<Asked | null> {
    try {
      const [newest] = (await this.ports.storage.runs.list()).value;
      return newest === undefined ? null : { game: newest.game, run: newest.id, settings: null };
    } catch {
      return null;
    }
  }
}

function askedOf({ game, run, hyperparameters, overrides, inspect }: UrlState): Asked {
  // Whoever shows an update to somebody shows it beside a run of its own.
  const isOwn = inspect !== null || Object.keys(overrides).length > 0;
  return { game, run, settings: isOwn ? hyperparameters : null };
}
