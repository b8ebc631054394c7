import { controllers, type Stage } from '../contract';

/** What tells one moment of one arena. */
export interface Moment {
  readonly state: readonly number[]; // [stateSize]
  readonly actions: readonly number[]; // [seats, actionSize]
  readonly episodeTicks: number;
}

/** One arena of which single moments are shown: nothing moves between them, and nothing is written over them. */
export class MomentStage implements Stage {
  readonly arenas = 1;
  readonly stateSize: number;
  readonly states: Float64Array;
  readonly previousStates: Float64Array;
  readonly actions: Float32Array;
  readonly episodeTicks = new Int32Array(1);
  private readonly look: 'dark' | 'light';
  private moments = 0;

  constructor(like: Moment, look: 'dark' | 'light') {
    this.stateSize = like.state.length;
    this.states = new Float64Array(like.state.length);
    this.previousStates = new Float64Array(like.state.length);
    this.actions = new Float32Array(like.actions.length);
    this.look = look;
    this.show(like);
  }

  show({ state, actions, episodeTicks }: Moment): void {
    this.states.set(state);
    this.previousStates.set(state);
    this.actions.set(actions);
    this.episodeTicks[0] = episodeTicks;
    this.moments++;
  }

  blend = () => 1;
  focusedArena = () => 0;
  focus = () => {};
  controller = () => controllers.cast;
  takeEndings = () => [];
  cuts = () => this.moments;
  theme = () => this.look;
  reducedMotion = () => true;
  captions = () => false;
}
