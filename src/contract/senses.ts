/** What a game's senses are drawn with, in the game's own units, x to the right and y upwards; in a Phaser scene, in its world's pixels, y downwards. */
export interface SensePen {
  /** A straight one, between two points. */
  line(from: SensedPoint, to: SensedPoint, tone: SenseTone): void;
  /** From one point to another, with its head at the second. */
  arrow(from: SensedPoint, to: SensedPoint, tone: SenseTone): void;
  /** Around a point, from one angle to another, in radians clockwise from upright. */
  arc(around: SensedPoint, radius: number, from: number, to: number, tone: SenseTone): void;
  /** A small one, of the same size in every game. */
  dot(at: SensedPoint, tone: SenseTone): void;
  /** Says what components of the observation are, in their own units. */
  label(components: readonly number[], at: SensedPoint, text: string, tone: SenseTone): void;
}

/** In the game's own units. */
export type SensedPoint = readonly [x: number, y: number];
/** Places, how they change, and whatever else there is. */
export type SenseTone = 'place' | 'change' | 'other';

/** Where the numbers that an agent sees lie in a simulation's picture, and what they mean. */
export interface Senses {
  /** Draws what the agent in `seat` sees of a state `[stateSize]`. */
  draw(pen: SensePen, state: Float64Array, seat: number): void;
}

/** Where the numbers that an agent sees lie in a Phaser scene, and what they mean: in the world's pixels, y downwards. */
export interface SceneSenses<Scene> {
  /** Draws what the agent counted `who` sees of the scene as it stands; changes nothing of it. */
  draw(pen: SensePen, scene: Scene, who: number): void;
}

/** Where a game's origin lies in its picture, and how long one of its units is, in CSS pixels. */
export interface PictureFrame {
  readonly originXPx: number;
  readonly originYPx: number;
  readonly unitPx: number;
  /** Whether its y counts downwards, as a screen's does. */
  readonly isDownwards?: boolean;
}
