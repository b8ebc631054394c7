import {
  concatMap,
  EMPTY,
  from,
  map,
  type Observable,
  type Subscription,
  scan,
  startWith,
  switchMap,
} from 'rxjs';
import type { Finding } from '../../contract';
import { nothingTold, steadied } from '../../doctor/steady';
import { runTexts } from '../../texts/runs';
import type { DoctorIntent } from '../../ui/doctor/doctor-state';
import { type AppFeature, inTurn, overtaking } from '../feature';
import type { RunDesk } from '../runs/run-desk';
import type { RunSession } from '../runs/run-session';
import type { NoticeBoard } from '../shell/notice-board';
import type { PageStore } from '../shell/page-store';
import { looks$ } from './looks';

/** Often enough for a person, and seldom enough for the machine. */
const betweenLooksMs = 2_000;

export interface DoctorPorts {
  readonly store: PageStore;
  readonly board: NoticeBoard;
  readonly desk: RunDesk;
}

/** Judges the run in front while it learns, and begins anew, or goes back, with what the doctor proposes. */
export function doctorFeature({ store, board, desk }: DoctorPorts): AppFeature {
  const following: Subscription = desk.begun$
    .pipe(switchMap(({ session }) => findings$(session).pipe(startWith([]))))
    .subscribe((findings) => {
      if (findings.length > 0 || store.state.findings.length > 0) store.patch({ findings });
    });
  const begin = async ({ patch }: DoctorIntent) => {
    const { front, name } = store.state;
    await desk.restart(patch);
    board.inform('restart', runTexts.restarted(name), [
      { label: runTexts.backTo(name), intent: { kind: 'openRun', run: front } },
    ]);
  };
  const goBack = async ({ patch }: DoctorIntent) => {
    const left = await desk.continueFromBest();
    await desk.applyPatch(patch);
    if (left === null) return;
    board.inform('loadBest', runTexts.goesOnFromBest(left.name), [
      { label: runTexts.backTo(left.name), intent: { kind: 'openRun', run: left.id } },
    ]);
  };
  return {
    intents: { beginPatched: overtaking(begin), backPatched: inTurn(goBack) },
    dispose: () => following.unsubscribe(),
  };
}

/** What is found in a session's run, again and again; nothing while the rules do not come. */
function findings$(session: RunSession): Observable<readonly Finding[]> {
  const { entry, history } = session.run;
  return looks$(session.points$, betweenLooksMs).pipe(
    concatMap(() => from(import('../../doctor/diagnose').catch(() => null))),
    switchMap((rules) =>
      rules === null
        ? EMPTY
        : [
            rules.diagnose({
              points: history.points,
              settings: session.view.hyperparameters,
              spec: entry.spec,
              usual: entry.presets.fast,
            }),
          ],
    ),
    scan(steadied, nothingTold),
    map(({ told }) => told),
  );
}
