import { BehaviorSubject, type Observable } from 'rxjs';
import type { Notice, PageState, Status } from '../../ui/shell/page-state';

/** The one place where the page's state lives; every change is a new object. */
export class PageStore {
  private readonly subject: BehaviorSubject<PageState>;

  constructor(initial: PageState) {
    this.subject = new BehaviorSubject(initial);
  }

  get state$(): Observable<PageState> {
    return this.subject;
  }

  get state(): PageState {
    return this.subject.value;
  }

  patch(change: Partial<PageState>): void {
    this.subject.next({ ...this.state, ...change });
  }

  patchStatus(change: Partial<Status>): void {
    this.patch({ status: { ...this.state.status, ...change } });
  }

  /** Shows a notice; one with the same id is replaced. */
  notify(notice: Notice): void {
    this.patch({ notices: [...this.state.notices.filter(({ id }) => id !== notice.id), notice] });
  }

  dismiss(id: string): void {
    if (this.state.notices.some((notice) => notice.id === id)) {
      this.patch({ notices: this.state.notices.filter((notice) => notice.id !== id) });
    }
  }
}
