import type { CapturedUpdate } from '../../contract';
import { StillStage } from '../../game/scenes/still-stage';
import { episodeStart } from '../../inspector/td-lambda';
import type { StageLooks } from '../game-stage';

const unknownTicks = -1;

/** One arena as it stood at steps of an update that was captured. */
export class MomentStage extends StillStage {
  private readonly captured: CapturedUpdate;

  constructor(captured: CapturedUpdate, looks: StageLooks, seats: number) {
    const { states, shape } = captured;
    super(states.length / shape.steps, shape.actionSize * seats, looks);
    this.captured = captured;
  }

  show(step: number): void {
    const { stateSize, captured } = this;
    const { states, actions, shape } = captured;
    this.still({
      state: states.subarray(step * stateSize, (step + 1) * stateSize),
      actions: actions.subarray(step * shape.actionSize, (step + 1) * shape.actionSize),
      episodeTicks: this.ticksAt(step),
    });
  }

  /** Since the episode began; where it began before the rollout nobody knows. */
  private ticksAt(step: number): number {
    const { captured } = this;
    const start = episodeStart(step, captured, captured.agent);
    return start === 0 ? unknownTicks : (step - start) * captured.settings.decisionIntervalTicks;
  }
}
