import type Phaser from 'phaser';
import type { Orb } from './orb';
import type { Seat } from './rules';
import type { Wizard } from './wizard';

/** What there is to be seen and heard of a step. */
export interface Happening {
  readonly kind: 'round' | 'throw' | 'ward' | 'catch' | 'pick' | 'rebound' | 'hit' | 'match';
  readonly x: number;
  readonly y: number;
  /** Whose doing it is. */
  readonly seat: Seat;
}

/** A bout as whoever shows it, or plays in it, looks at it. */
export interface Bout extends Phaser.Scene {
  readonly wizards: readonly [Wizard, Wizard];
  readonly orbs: readonly [Orb, Orb];
  readonly phase: 'ready' | 'play' | 'hit' | 'match';
  /** Into the phase. */
  readonly phaseMs: number;
  readonly score: readonly [number, number];
  /** Since they were last shown. */
  readonly happenings: Happening[];
  /** Orbs in the air that a wizard has to fear. */
  isFeared(orb: Orb, seat: Seat): boolean;
}
