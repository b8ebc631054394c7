import type { OptionRule } from '../options';
import type { SensorPen } from './pen';

/** Several numbers that an agent sees under one name, with a name and bounds of each. One sensor serves all agents of a scene. */
export interface Sensor<Scene> {
  /** A name of each number. */
  readonly names: readonly string[];
  /** The least that each comes to. */
  readonly low: readonly number[];
  /** The most that each comes to. */
  readonly high: readonly number[];
  /** An episode begins: what was remembered is of another. */
  begin?(scene: Scene, who: number): void;
  /** Writes the numbers into `into` from `offset` on. Allocates nothing. */
  read(scene: Scene, into: Float32Array, offset: number, who: number): void;
  /** Draws what it says of one agent. */
  draw?(scene: Scene, pen: SensorPen, who: number): void;
  /** Where one agent senses from, which what is laid over the game does not cover; null where there is no such place. */
  origin?(scene: Scene, who: number): Readonly<Pick<Standpoint, 'x' | 'y'>> | null;
}

/** Where an agent is, and where it looks, in radians clockwise from the right. Sensors are relative to it, and turn with it. */
export interface Standpoint {
  /** From the left of the world, in pixels. */
  readonly x: number;
  /** From its top. */
  readonly y: number;
  /** Where it looks. */
  readonly rotation: number;
}

/** Whatever may stand somewhere: game objects do. */
export type Placed = Readonly<Pick<Standpoint, 'x' | 'y'>> & { readonly rotation?: number };

/** Bounds of `count` numbers between `low` and `high`. */
export function bounds(count: number, low: number, high: number): Pick<Sensor<never>, 'low' | 'high'> {
  return { low: Array.from({ length: count }, () => low), high: Array.from({ length: count }, () => high) };
}

/** What belongs where a sensor does. */
export const isSensor: OptionRule = {
  wanted: 'a sensor, such as rays or nearest make',
  allows: (value) => {
    const { names, read } = (value ?? {}) as Partial<Sensor<never>>;
    return Array.isArray(names) && typeof read === 'function';
  },
};
