import type { Choices } from '../shell/choices';

/** What a person chose about matches once and for all: whether they sound, and whether agents play rating matches. */
export class MatchPreferences {
  sound = true;
  rates = true;
  private readonly choices: Pick<Choices, 'read$' | 'remember'>;

  /** @param changed after what an earlier visit kept was taken over. */
  constructor(choices: Pick<Choices, 'read$' | 'remember'>, changed: () => void) {
    this.choices = choices;
    choices.read$.subscribe(({ sound, rates }) => {
      this.sound = sound;
      this.rates = rates;
      changed();
    });
  }

  /** Holds at once, and is kept. */
  choose({
    sound = this.sound,
    rates = this.rates,
  }: {
    readonly sound?: boolean;
    readonly rates?: boolean;
  }): void {
    this.sound = sound;
    this.rates = rates;
    this.choices.remember({ sound, rates });
  }
}
