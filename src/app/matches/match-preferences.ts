import type { PageStorage } from '../../storage/page-storage';

/** What a person chose about matches once and for all: whether they sound, and whether agents play rating matches. */
export class MatchPreferences {
  sound = true;
  rates = true;
  private readonly stored: Pick<PageStorage['preferences'], 'load' | 'save'>;

  constructor(stored: Pick<PageStorage['preferences'], 'load' | 'save'>) {
    this.stored = stored;
  }

  /** Takes over what an earlier visit kept. Where storage is closed, what holds by default holds. */
  async load(): Promise<void> {
    try {
      const { value } = await this.stored.load();
      this.sound = value.sound;
      this.rates = value.rates;
    } catch {}
  }

  /** Holds at once, and is kept; where storage is closed it holds as long as the page is open. */
  choose({
    sound = this.sound,
    rates = this.rates,
  }: {
    readonly sound?: boolean;
    readonly rates?: boolean;
  }): void {
    this.sound = sound;
    this.rates = rates;
    void this.stored.save({ sound, rates }).catch(() => {});
  }
}
