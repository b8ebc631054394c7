import { controllers, type Stage } from '../../contract';

/** How what is shown looks. */
type Looks = Pick<Stage, 'theme' | 'reducedMotion' | 'typeScale' | 'captions'>;

/** One moment of one arena. */
export interface Still {
  readonly state: ArrayLike<number>; // [stateSize]
  readonly actions: ArrayLike<number>; // [seats, actionSize], or of the first seat
  /** Into the episode; below 0 where nobody knows. */
  readonly episodeTicks: number;
}

/** One arena of which single moments are shown: nothing moves between them. */
export class StillStage implements Stage {
  readonly arenas = 1;
  readonly stateSize: number;
  readonly states: Float64Array;
  readonly previousStates: Float64Array;
  readonly actions: Float32Array;
  readonly episodeTicks = new Int32Array(1);
  private readonly drawn: Looks;
  private jumps = 0;

  /** @param actionSize of all seats. */
  constructor(stateSize: number, actionSize: number, looks: Looks) {
    this.drawn = looks;
    this.stateSize = stateSize;
    this.states = new Float64Array(stateSize);
    this.previousStates = new Float64Array(stateSize);
    this.actions = new Float32Array(actionSize);
  }

  /** Shows another moment. */
  still({ state, actions, episodeTicks }: Still): void {
    this.states.set(state);
    this.previousStates.set(state);
    this.actions.set(actions);
    this.episodeTicks[0] = episodeTicks;
    this.jumps += 1;
  }

  blend = () => 1;
  focusedArena = () => 0;
  focus = () => {};
  controller = () => controllers.cast;
  takeEndings = () => [];
  cuts = () => this.jumps;
  theme = () => this.drawn.theme();
  reducedMotion = () => this.drawn.reducedMotion();
  typeScale = () => this.drawn.typeScale?.() ?? 1;
  captions = () => this.drawn.captions?.() ?? true;
}
