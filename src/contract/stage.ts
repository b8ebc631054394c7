import type { Controller } from './decision';
import type { EpisodeEnding } from './environment';
import type { MatchView, PlayerLook } from './match';

/** What a scene draws and what it may say back. The scene never changes the simulation. */
export interface Stage {
  readonly arenas: number;
  readonly stateSize: number;
  /** States after the last tick and the one before, `[M, stateSize]`. The same arrays for the stage's life. */
  readonly states: Float64Array;
  readonly previousStates: Float64Array;
  /** Actions in force, `[N, actionSize]`. */
  readonly actions: Float32Array;
  /** Into the running episode; below 0 where nobody knows. */
  readonly episodeTicks: Int32Array;
  /** How far the drawn moment lies between the previous states (0) and the states (1). */
  blend(): number;
  /** The arena drawn large. */
  focusedArena(): number;
  /** A person clicked or tapped another arena. */
  focus(arena: number): void;
  /** Who acts in an arena. */
  controller(arena: number): Controller;
  /** Episodes that ended since the last frame, for flourishes. */
  takeEndings(): readonly EpisodeEnding[];
  /** How often it was jumped to another moment: what was drawn before is not what lies before. None where it never is. */
  cuts?(): number;
  /** How the page looks, for scenes that follow it. */
  theme(): 'dark' | 'light';
  /** How much larger letters are than usual, as a projector wants them; stages without it: 1. */
  typeScale?(): number;
  /** True when the person asks for less motion: no shakes, no particles. */
  reducedMotion(): boolean;
  /** The match that is played, or null; stages without it show training. */
  match?(): MatchView | null;
  /** How the players of a match look, left and right; null for who has no look of their own. */
  looks?(): readonly [PlayerLook | null, PlayerLook | null];
  /** False where nothing is written over the picture, such as who plays and for how long. */
  captions?(): boolean;
  /** True where sounds are to be heard. Stages without it are silent. */
  sound?(): boolean;
}
