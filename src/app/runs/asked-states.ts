/** The states of one arena as the actor was asked, under the questions' numbers: of the newest questions only. */
export class AskedStates {
  private readonly most: number;
  private readonly states = new Map<number, Float64Array>();

  /** @param most questions to remember. */
  constructor(most: number) {
    this.most = most;
  }

  note(question: number, state: Float64Array): void {
    this.states.set(question, state);
    this.states.delete(question - this.most);
  }

  /** @returns `[count, stateSize]` from a question on; null where one of them is not known. */
  from(question: number, count: number): Float64Array<ArrayBuffer> | null {
    const stateSize = this.states.get(question)?.length ?? 0;
    const all = new Float64Array(count * stateSize);
    for (let step = 0; step < count; step++) {
      const state = this.states.get(question + step);
      if (state === undefined) return null;
      all.set(state, step * stateSize);
    }
    return all;
  }
}
