import { asapScheduler, observeOn, pairwise, type Subscription } from 'rxjs';
import type { FirstMinuteIntent } from '../../ui/first-minute/first-minute-state';
import type { PageState } from '../../ui/shell/page-state';
import { type AppFeature, type IntentHandlers, now } from '../feature';
import type { PageStore } from '../shell/page-store';
import { type GuideProgress, guideView, noProgress, progressAfter, withoutNext } from './guide-progress';

export interface GuidePorts {
  readonly store: PageStore;
  /** Keeps a choice for the next visit; never throws. */
  readonly remember: (choice: { readonly hintDismissed: boolean }) => void;
}

type GuideIntent = Exclude<FirstMinuteIntent, { readonly kind: 'putPromiseAway' }>;

/** Leads a first visitor through their first minute: each step is over once it was really done. */
export class Guide implements AppFeature {
  private readonly ports: GuidePorts;
  private readonly following: Subscription;
  private progress: GuideProgress = noProgress;

  readonly intents: IntentHandlers<GuideIntent> = {
    skipGuideStep: now(() => {
      this.take(withoutNext(this.progress, this.ports.store.state.settingsLocked));
    }),
    leaveGuide: now(() => {
      const { store, remember } = this.ports;
      store.patch({ hintDismissed: true, guide: null });
      remember({ hintDismissed: true });
    }),
  };

  constructor(ports: GuidePorts) {
    this.ports = ports;
    // A state is not changed before everybody has heard of it.
    const changes$ = ports.store.state$.pipe(pairwise(), observeOn(asapScheduler));
    this.following = changes$.subscribe(([from, to]) => this.follow(from, to));
  }

  dispose(): void {
    this.following.unsubscribe();
  }

  private follow(from: PageState, to: PageState): void {
    const { hintDismissed, guide } = this.ports.store.state;
    if (hintDismissed) return;
    const begins = guide === null || from.settingsLocked !== to.settingsLocked;
    const progress = progressAfter(this.progress, from, to);
    if (begins || progress !== this.progress) this.take(progress);
  }

  private take(progress: GuideProgress): void {
    const { store, remember } = this.ports;
    this.progress = progress;
    const guide = guideView(progress, store.state.settingsLocked);
    store.patch({ guide });
    // The last words stay to be read; at the next visit they are gone, too.
    if (guide.step === 'done') remember({ hintDismissed: true });
  }
}
