import { controllers, type Stage, type VectorEnvironment } from '../../contract';
import type { StageLooks } from '../game-stage';

/** Arenas that are stepped from outside, as they stand after each step. */
export class ServedStage implements Stage {
  readonly arenas: number;
  readonly stateSize: number;
  readonly states: Float64Array;
  readonly previousStates: Float64Array;
  readonly actions: Float32Array;
  readonly episodeTicks: Int32Array;
  private readonly environment: VectorEnvironment;
  private readonly drawn: StageLooks;
  private focused = 0;

  constructor(environment: VectorEnvironment, looks: StageLooks) {
    const { arenas, stateSize, states, previousStates, actions, episodeTicks } = environment;
    this.arenas = arenas;
    this.stateSize = stateSize;
    this.states = states;
    this.previousStates = previousStates;
    this.actions = actions;
    this.episodeTicks = episodeTicks;
    this.environment = environment;
    this.drawn = looks;
  }

  focus(arena: number): void {
    this.focused = arena;
  }

  blend = () => 1;
  focusedArena = () => this.focused;
  controller = () => controllers.cast;
  takeEndings = () => this.environment.takeEndings();
  theme = () => this.drawn.theme();
  reducedMotion = () => this.drawn.reducedMotion();
  typeScale = () => this.drawn.typeScale?.() ?? 1;
}
