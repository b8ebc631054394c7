import type { Subscription } from 'rxjs';
import { type Standstill, sentenceOf, type UpdateMetrics } from '../../contract';
import { type Collapse, CollapseWatch, measureOf } from '../../doctor/collapse';
import { WayBack } from '../../doctor/way-back';
import { collapseSentence, goBackLabel } from '../../texts/collapse';
import { runTexts } from '../../texts/runs';
import { standstillSentences, stopAnnealingLabel } from '../../texts/standstill';
import { formatMetric } from '../../ui/kit/format';
import type { NoticeAction, RecoveryIntent } from '../../ui/shell/page-state';
import { type AppFeature, type IntentHandlers, now } from '../feature';
import type { RunDesk } from '../runs/run-desk';
import type { RunSession } from '../runs/run-session';
import type { NoticeBoard } from '../shell/notice-board';
import type { PageStore } from '../shell/page-store';

export interface RecoveryPorts {
  readonly store: PageStore;
  readonly board: NoticeBoard;
  readonly desk: RunDesk;
  readonly nowMs: () => number;
  /** Keeps a choice for the next visit; never throws. */
  readonly remember: (choice: { readonly returnsByItself: boolean }) => void;
  /** Puts a task into the page's turns. */
  readonly inTurn: (task: () => Promise<void>) => void;
}

/** Who is as good as before for so long has climbed back by themselves. */
const recoveredMs = 2_000;

/**
 * Notices a collapse of the run in front, says so, and goes back to its best policy: by one button, or by itself. Says
 * also where nothing is learned any more.
 */
export class Recovery implements AppFeature {
  private readonly ports: RecoveryPorts;
  private readonly following: Subscription;
  private watch: { readonly run: string; readonly watch: CollapseWatch; readonly way: WayBack } | null = null;
  /** Since when the run in front is not low any more; null while it is. A fall is over once that is long enough ago. */
  private soundSinceMs: number | null = null;

  readonly intents: IntentHandlers<RecoveryIntent> = {
    returnsByItself: now(({ on }) => {
      this.ports.store.patch({ returnsByItself: on });
      this.ports.remember({ returnsByItself: on });
    }),
  };

  constructor(ports: RecoveryPorts) {
    this.ports = ports;
    this.following = ports.desk.begun$.subscribe(({ session, wentBack }) => this.follow(session, wentBack));
  }

  dispose(): void {
    this.following.unsubscribe();
  }

  private follow(session: RunSession, wentBack: boolean): void {
    const { id, history, entry } = session.run;
    if (this.watch?.run !== id) {
      const watch = new CollapseWatch(measureOf(entry.spec));
      const nowMs = this.ports.nowMs();
      // What came before this visit is known; it is not told again.
      for (const point of history.points) watch.take(point, nowMs);
      this.watch = { run: id, watch, way: new WayBack() };
      this.soundSinceMs = null;
    }
    const { watch } = this.watch;
    if (wentBack) watch.wentBack();
    session.points$.subscribe((point) => {
      const nowMs = this.ports.nowMs();
      const collapse = watch.take(point, nowMs);
      if (collapse !== null) this.tell(session, collapse);
      this.soundSinceMs = watch.isLow ? null : (this.soundSinceMs ?? nowMs);
      if (this.soundSinceMs !== null && nowMs - this.soundSinceMs > recoveredMs) {
        this.ports.board.settled('collapse');
      }
    });
    session.events$.subscribe((event) => {
      if (event.kind === 'updated') this.judgeStandstill(session, event.metrics);
    });
  }

  /** An update that took no step tells nothing either way. */
  private judgeStandstill({ run }: RunSession, { standstill, minibatches }: UpdateMetrics): void {
    if (minibatches === 0) return;
    if (standstill === null) this.ports.board.settled('standstill');
    else this.tellStandstill(standstill, run.best?.version ?? null);
  }

  private tellStandstill(standstill: Standstill, best: number | null): void {
    const back: NoticeAction[] =
      best === null ? [] : [{ label: goBackLabel(null, best), intent: { kind: 'loadBest' } }];
    const stopAnnealing: NoticeAction = {
      label: stopAnnealingLabel,
      intent: { kind: 'settings', patch: { learningRateAnnealing: false } },
    };
    const message = standstillSentences[standstill];
    const actions = standstill === 'annealed' ? [stopAnnealing] : back;
    this.ports.board.tellOnce({ id: 'standstill', severity: 'warning', message, actions }, 'session');
  }

  private tell(session: RunSession, collapse: Collapse): void {
    const { board, store } = this.ports;
    const message = collapseSentence(collapse, formatMetric);
    const { best } = session.run;
    if (best !== null && store.state.returnsByItself) {
      this.goBack(session, message, best.version);
      return;
    }
    const wayBack = (version: number) =>
      ({ label: goBackLabel(collapse.change, version), intent: { kind: 'loadBest' } }) as const;
    const actions = best === null ? [] : [wayBack(best.version)];
    board.tell({ id: 'collapse', severity: 'warning', message, actions }, 'session');
  }

  private goBack(session: RunSession, message: string, version: number): void {
    const { board, desk, inTurn } = this.ports;
    inTurn(async () => {
      if (desk.session !== session) return;
      try {
        const slower = this.watch?.way.next(version) ?? 1;
        await desk.goBack(slower);
        const news = runTexts.wentBack(message, version, slower);
        board.tell({ id: 'went-back', severity: 'info', message: news }, 'run');
      } catch (error) {
        board.tell({ id: 'way-back', severity: 'error', message: sentenceOf(error) }, 'session');
      }
    });
  }
}
