import { BehaviorSubject, map, type Observable } from 'rxjs';
import type { RunId } from '../../contract';
import type { PageState, RunView, ShellState, Status } from '../../ui/shell/page-state';

/** The one place where the page's state lives; every change is a new object. */
export class PageStore {
  private readonly subject: BehaviorSubject<PageState>;
  /** Emits with every change. */
  readonly state$: Observable<PageState>;

  /** @param first the run in front. */
  constructor(shell: Omit<ShellState, 'runs' | 'front'>, first: RunView) {
    this.subject = new BehaviorSubject(shown({ ...shell, runs: { [first.id]: first }, front: first.id }));
    this.state$ = this.subject.pipe(map((state) => state));
  }

  get state(): PageState {
    return this.subject.value;
  }

  /** The run's view; undefined where there is no such run on the page. */
  run(id: RunId): RunView | undefined {
    return this.state.runs[id];
  }

  /** Changes what belongs to the page. */
  patch(change: Partial<Omit<ShellState, 'runs' | 'front'>>): void {
    this.subject.next({ ...this.state, ...change });
  }

  /** Changes one run's view; a run that is not on the page any more is left alone. */
  patchRun(id: RunId, change: Partial<Omit<RunView, 'id'>>): void {
    const before = this.run(id);
    if (before === undefined) return;
    const runs = { ...this.state.runs, [id]: { ...before, ...change } };
    this.subject.next(shown({ ...this.state, runs }));
  }

  patchStatus(id: RunId, change: Partial<Status>): void {
    const before = this.run(id);
    if (before !== undefined) this.patchRun(id, { status: { ...before.status, ...change } });
  }

  /** Puts a run in front; with `instead`, in the place of another, which leaves the page. */
  bringToFront(view: RunView, instead: RunId | null): void {
    const runs = { ...this.state.runs, [view.id]: view };
    if (instead !== null && instead !== view.id) delete runs[instead];
    this.subject.next(shown({ ...this.state, runs, front: view.id }));
  }
}

/** The page's state with the run in front laid open. */
function shown(state: ShellState): PageState {
  const view = state.runs[state.front];
  if (view === undefined) throw new Error('The run in front is not among the runs.');
  const { id: _, ...front } = view;
  return { ...state, ...front };
}
