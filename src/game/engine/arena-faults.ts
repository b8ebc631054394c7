import { type ArenaFault, PlaytrainError, sentenceOf } from '../../contract';

/** An arena that goes wrong so often, and never right in between, is not worth another try. */
export const mostFaultsInARow = 5;
/** Unless told: an episode that ran so long before it went wrong does not count to the row. */
const soundTicks = 1_000;
/** When nobody takes them, later ones are only counted. */
const faultsKept = 256;
const none: readonly ArenaFault[] = [];

/** What went wrong: which kind, and the end of a sentence that begins with the arena. */
export interface Wrong {
  readonly kind: ArenaFault['kind'];
  readonly what: string;
  /** What was thrown, if anything was. */
  readonly error?: unknown;
}

/** Remembers which arenas went wrong, for people, and how often in a row, to know when to give up. */
export class ArenaFaults {
  private readonly inARow: Uint8Array; // [M]
  private readonly firstArena: number;
  private readonly soundTicks: number;
  private faults: ArenaFault[] = [];

  /**
   * @param firstArena which of the run's arenas is the first of these.
   * @param sound after so many ticks, an episode that goes wrong does not count to the row.
   */
  constructor(arenas: number, firstArena: number, sound = soundTicks) {
    this.firstArena = firstArena;
    this.soundTicks = sound;
    this.inARow = new Uint8Array(arenas);
  }

  /**
   * An arena went wrong, so many ticks into its episode.
   *
   * @throws PlaytrainError `bad-environment` where it does so again and again.
   */
  add(arena: number, ticks: number, { kind, what }: Wrong): void {
    const inARow = ticks >= this.soundTicks ? 1 : this.inARow[arena]! + 1;
    this.inARow[arena] = inARow;
    const which = `Arena ${this.firstArena + arena} ${what}`;
    if (inARow > mostFaultsInARow) {
      throw new PlaytrainError(
        'bad-environment',
        `${which}, and has gone wrong ${inARow} times in a row, so the game was stopped; mend the game’s rules and begin anew.`,
      );
    }
    if (this.faults.length === faultsKept) return;
    const message = `${which}. It was begun anew, and nothing is learned from what it did since its last decision; if this repeats, mend the game’s rules.`;
    this.faults.push({ arena: this.firstArena + arena, kind, message });
  }

  /** An episode of the arena ended as it should. */
  endedWell(arena: number): void {
    this.inARow[arena] = 0;
  }

  /** Those since the last call. */
  take(): readonly ArenaFault[] {
    if (this.faults.length === 0) return none;
    const { faults } = this;
    this.faults = [];
    return faults;
  }
}

/** @returns what is wrong where the game's own code threw `error`. Throws on what no new episode mends. */
export function threw(error: unknown): Wrong {
  if (error instanceof PlaytrainError && error.code === 'needs-page') throw error;
  return { kind: 'threw', what: `stopped with an error (${sentenceOf(error)})`, error };
}

/** @returns what is wrong where a number that the game gave is not finite. */
export function gaveNotFinite(value: number, part: string): Wrong {
  return {
    kind: 'notFinite',
    what: `gave ${value} as ${part}, where numbers must be finite: look for a division by zero or a state that runs away`,
  };
}
