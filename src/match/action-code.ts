import { type ActionSpace, actionLayout, PlaytrainError } from '../contract';

/** A byte is all that an action may take in a record. */
const mostActions = 256;

/** Numbers each joint action of a space of choices: the last choice counts ones, those before it whole rounds of it. */
export class ActionCode {
  private readonly counts: readonly number[];
  /** How many joint actions there are. */
  readonly count: number;

  /** @throws PlaytrainError `bad-environment` for a continuous space, and for one of more than 256 joint actions. */
  constructor(space: ActionSpace) {
    const { components } = actionLayout(space);
    this.counts = components.map((component) => (component.kind === 'choice' ? component.count : Infinity));
    this.count = this.counts.reduce((product, count) => product * count, 1);
    if (this.count > mostActions) {
      throw new PlaytrainError(
        'bad-environment',
        `Matches are recorded only in games with at most ${mostActions} actions to choose from; this one has ${this.count === Infinity ? 'continuous ones' : this.count}.`,
      );
    }
  }

  /**
   * The number of the action that begins at `first`.
   *
   * @throws PlaytrainError `bad-actions` where a number is not one of the choices.
   */
  encode(actions: Float32Array, first: number): number {
    let code = 0;
    for (let i = 0; i < this.counts.length; i++) {
      const count = this.counts[i]!;
      const choice = actions[first + i]!;
      if (!(Number.isInteger(choice) && choice >= 0 && choice < count)) {
        throw new PlaytrainError(
          'bad-actions',
          `A player chose ${choice} at component ${i} of its action; the choices are 0 to ${count - 1}.`,
        );
      }
      code = code * count + choice;
    }
    return code;
  }

  /** Writes the action of this number, from `first` on. */
  decode(code: number, actions: Float32Array, first: number): void {
    let left = code;
    for (let i = this.counts.length - 1; i >= 0; i--) {
      const count = this.counts[i]!;
      const choice = left % count;
      actions[first + i] = choice;
      left = (left - choice) / count;
    }
  }
}
