import type { DecisionEnvironment, VectorEnvironment } from '../contract';

/** Notes the states of one arena through a rollout, where somebody asked for it. */
export class StateNotes {
  private readonly environment: DecisionEnvironment;
  /** The arena, among the environment's, to be noted from the next rollout's beginning on. */
  private wanted: number | null = null;
  private arena: number | null = null;
  private states: Float64Array[] = [];

  constructor(environment: DecisionEnvironment) {
    this.environment = environment;
  }

  /** @param arena null for none any more. */
  want(arena: number | null): void {
    this.wanted = arena;
  }

  /** A decision is about to be taken. @param isFirst whether with it a rollout begins. */
  decides(isFirst: boolean): void {
    if (isFirst) this.arena = this.wanted;
    const { arena, environment } = this;
    if (arena === null || !hasStates(environment)) return;
    const { states, stateSize } = environment;
    this.states.push(states.slice(arena * stateSize, (arena + 1) * stateSize));
  }

  /** The rollout is full. @returns `[T, stateSize]`, empty where there are no states; undefined where nobody asked. */
  take(): Float64Array<ArrayBuffer> | undefined {
    const { arena, states } = this;
    this.states = [];
    if (arena === null) return undefined;
    const all = new Float64Array(states.length * (states[0]?.length ?? 0));
    states.forEach((state, step) => {
      all.set(state, step * state.length);
    });
    return all;
  }
}

function hasStates(environment: DecisionEnvironment): environment is VectorEnvironment {
  return 'states' in environment;
}
