import type { SettingsProblem } from '../../contract';

/** How one control of the form stands. */
export type ControlState =
  /** It shows the value in force. */
  | { readonly kind: 'settled' }
  /** Somebody types into it, or moves it. */
  | { readonly kind: 'typed'; readonly text: string }
  /** A dialog asks whether its text is meant. */
  | { readonly kind: 'asked'; readonly text: string }
  /** Its text was sent, and no state has answered yet. */
  | { readonly kind: 'sent'; readonly text: string }
  /** Its last text was refused; it shows the value in force again. */
  | { readonly kind: 'refused'; readonly problem: SettingsProblem };

const settled: ControlState = { kind: 'settled' };

/** How the controls of the form stand, by their ids. */
export class ControlStates {
  /** Of those that are not settled. */
  private readonly states = new Map<string, ControlState>();

  of(id: string): ControlState {
    return this.states.get(id) ?? settled;
  }

  set(id: string, state: ControlState): void {
    if (state.kind === 'settled') this.states.delete(id);
    else this.states.set(id, state);
  }

  settle(id: string): void {
    this.states.delete(id);
  }

  /** Settles all that stand in one way: what was sent has been answered, what was refused is forgotten. */
  settleAll(kind: ControlState['kind']): void {
    for (const [id, state] of this.states) if (state.kind === kind) this.states.delete(id);
  }

  clear(): void {
    this.states.clear();
  }

  /** True while a dialog asks: opening it takes the focus, which must not commit a second time. */
  get isAsking(): boolean {
    return [...this.states.values()].some(({ kind }) => kind === 'asked');
  }
}
