/**
 * Something that a person may change and a worker may refuse. It is *asked* for as soon as it is wished, and *accepted*
 * once the workers have answered that they hold it; what is refused falls back to what was asked for before it.
 *
 * Wishes are numbered, since the same value may be asked for twice.
 */
export class Wish<Value> {
  private held: Value;
  /** Asked for and not yet answered, oldest first. */
  private open: readonly { readonly number: number; readonly value: Value }[] = [];
  private count = 0;

  constructor(initial: Value) {
    this.held = initial;
  }

  /** What is to hold: the newest wish that was not refused. */
  get asked(): Value {
    return this.open.at(-1)?.value ?? this.held;
  }

  /** The number of what is asked for; of a wish that was answered, the last such one's. */
  get number(): number {
    return this.open.at(-1)?.number ?? this.count;
  }

  /** True when what is asked for is what the workers hold. */
  get isAccepted(): boolean {
    return this.open.length === 0;
  }

  /** @returns the wish's number. */
  ask(value: Value): number {
    this.count += 1;
    this.open = [...this.open, { number: this.count, value }];
    return this.count;
  }

  /**
   * The workers hold what was asked for. They answer in the order in which they are asked.
   *
   * @param value as they hold it: where a wish names a moment (“the newest”), what that was.
   */
  accept(number: number, value: Value): void {
    this.held = value;
    this.open = this.open.filter((wish) => wish.number > number);
  }

  /** The workers do not take what was asked for. @returns false where it is what they held before. */
  refuse(number: number): boolean {
    const before = this.open.length;
    this.open = this.open.filter((wish) => wish.number !== number);
    return this.open.length < before;
  }
}
