import type { ArenaMoment } from '../scenes/arena-scene';
import { volleyState, volleyStateSize } from './court';
import { bounceOn } from './scene-after-point';

/** What moved to its place while a point was shown glides there for about so long. */
const glideMs = 130;
/** Nearer than this, in metres, it is there. */
const glideEnd = 1e-3;
/** Where in a state two numbers are a place: x, then y. */
const placesInState = [...volleyState.players, volleyState.ballX];

/** The part of a moment that a pose is taken from. */
export type PoseMoment = Pick<ArenaMoment, 'state' | 'previousState' | 'blend' | 'elapsedMs' | 'calm'>;

/**
 * What is drawn of a court: its state blended between two ticks; while a point is shown, what the rally ended with,
 * whether or not the states do; and from there a glide to where the next rally begins.
 */
export class RallyPose {
  /** A state of the simulation, as it is drawn now. */
  readonly drawn = new Float64Array(volleyStateSize);
  /** How far from the states things are still drawn, after a held pose. */
  private readonly glide = new Float64Array(volleyStateSize);
  private held = false;

  get isHeld(): boolean {
    return this.held;
  }

  /** Moves on to a moment. Held, the ball bounces on by itself. */
  take({ state, previousState, blend, elapsedMs, calm }: PoseMoment): void {
    const { drawn, glide } = this;
    if (this.held) {
      bounceOn(drawn, elapsedMs / 1000);
      return;
    }
    const kept = calm ? 0 : Math.exp(-elapsedMs / glideMs);
    for (let i = 0; i < volleyStateSize; i++) {
      const before = previousState[i]!;
      const left = glide[i]! * kept;
      glide[i] = Math.abs(left) < glideEnd ? 0 : left;
      drawn[i] = before + (state[i]! - before) * blend + glide[i]!;
    }
  }

  /** Stays with the rally's last moment: with `state`, where that is still of the rally that was won. */
  hold(state: Float64Array): void {
    this.held = true;
    if (state[volleyState.winner]! >= 0) this.drawn.set(state);
  }

  /** Goes on from where the point was won: what stands elsewhere in `state` by now glides there. */
  letGo(state: Float64Array): void {
    this.held = false;
    this.glide.fill(0);
    for (const first of placesInState) {
      for (let i = first; i < first + 2; i++) this.glide[i] = this.drawn[i]! - state[i]!;
    }
  }

  /** Forgets what was drawn: what comes next is drawn where it is. */
  settle(): void {
    this.held = false;
    this.glide.fill(0);
  }
}
