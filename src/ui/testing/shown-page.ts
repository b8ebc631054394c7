import { BehaviorSubject, NEVER, type Observable } from 'rxjs';
import { page as browser } from 'vitest/browser';
import { Page } from '../shell/page';
import type { Intent, PageState } from '../shell/page-state';

/** The whole page with its styles, as a window of any size shows it. */
export class ShownPage {
  readonly root = document.createElement('div');
  readonly state$: BehaviorSubject<PageState>;
  private readonly page: Page;

  constructor(state: PageState) {
    // As in the page itself.
    this.root.id = 'app';
    document.body.append(this.root);
    this.state$ = new BehaviorSubject(state);
    this.page = new Page(this.root, { state$: this.state$, points$: NEVER, histories$: NEVER });
  }

  get intents$(): Observable<Intent> {
    return this.page.intents$;
  }

  /** Takes the page away and gives the window its usual size back. */
  async dispose(): Promise<void> {
    this.page.dispose();
    this.root.remove();
    await browser.viewport(1280, 800);
  }
}
