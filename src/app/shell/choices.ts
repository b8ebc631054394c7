import { type Observable, ReplaySubject } from 'rxjs';
import { defaultPreferences, type PreferenceStore, type Preferences } from '../../storage/preferences';

/**
 * What the person chose once and for all, for every part of the page: read at one place, so that whatever goes by it has
 * it before the first run is opened, and hears of it again where storage opens late.
 */
export class Choices {
  private readonly stored: Pick<PreferenceStore, 'load' | 'save'>;
  private readonly read = new ReplaySubject<Preferences>(1);
  private isRead = false;
  /** As earlier visits left it, or, where storage is closed, what holds where nothing was chosen. */
  readonly read$: Observable<Preferences> = this.read;

  constructor(stored: Pick<PreferenceStore, 'load' | 'save'>) {
    this.stored = stored;
  }

  /** Reads what is kept, and tells it before it resolves. Never rejects. */
  async recall(): Promise<void> {
    try {
      const { value } = await this.stored.load();
      this.isRead = true;
      this.read.next(value);
    } catch {
      // What was read before is not forgotten.
      if (!this.isRead) this.read.next(defaultPreferences);
    }
  }

  /** Keeps a choice for the next visit; where storage is closed it holds as long as the page is open. Never throws. */
  readonly remember = (choice: Partial<Preferences>): void => {
    this.stored.save(choice).catch(() => {});
  };

  dispose(): void {
    this.read.complete();
  }
}
