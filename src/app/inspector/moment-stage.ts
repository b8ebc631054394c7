import { type CapturedUpdate, controllers, type Stage } from '../../contract';
import { episodeStart } from '../../inspector/td-lambda';
import type { StageLooks } from '../game-stage';

const unknownTicks = -1;

/** One arena as it stood at steps of an update that was captured. */
export class MomentStage implements Stage {
  readonly arenas = 1;
  readonly stateSize: number;
  readonly states: Float64Array;
  readonly previousStates: Float64Array;
  readonly actions: Float32Array;
  readonly episodeTicks = new Int32Array(1);
  private readonly captured: CapturedUpdate;
  private readonly drawn: StageLooks;
  private jumps = 0;

  constructor(captured: CapturedUpdate, looks: StageLooks, seats: number) {
    this.captured = captured;
    this.drawn = looks;
    this.stateSize = captured.states.length / captured.shape.steps;
    this.states = new Float64Array(this.stateSize);
    this.previousStates = new Float64Array(this.stateSize);
    this.actions = new Float32Array(captured.shape.actionSize * seats);
  }

  show(step: number): void {
    const { states, actions, shape } = this.captured;
    const state = states.subarray(step * this.stateSize, (step + 1) * this.stateSize);
    this.states.set(state);
    this.previousStates.set(state);
    this.actions.set(actions.subarray(step * shape.actionSize, (step + 1) * shape.actionSize));
    this.episodeTicks[0] = this.ticksAt(step);
    this.jumps += 1;
  }

  /** Since the episode began; where it began before the rollout nobody knows. */
  private ticksAt(step: number): number {
    const { captured } = this;
    const start = episodeStart(step, captured, captured.agent);
    return start === 0 ? unknownTicks : (step - start) * captured.settings.decisionIntervalTicks;
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
}
