import type { Thought } from '../../contract';
import type { Box } from '../../ui/overlay/box';
import type { DisplayList } from '../../ui/overlay/display-list';

export interface SizePx {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** The part of the picture in which the agent is seen, in CSS pixels. */
export interface CardPlace extends SizePx {
  readonly xPx: number;
  readonly yPx: number;
  /** Where a card is least in the way: below what is written above, or at the lower edge. */
  readonly corner: 'top' | 'bottom';
}

/** Where an agent's senses are drawn from. */
export interface SenseSource {
  /** How many of the last numbers that are seen it draws where they are. */
  readonly placed: number;
  /**
   * What is to be drawn in the part of the picture in which the agent is seen.
   *
   * @param taken where something is said or can be pressed. @param typeScale how much larger letters are than usual.
   */
  draw(size: SizePx, thought: Thought | null, taken: readonly Box[], typeScale: number): DisplayList;
  cardPlace(size: SizePx): CardPlace;
  /** What must be seen whatever is laid over the picture: where what is sensed lies, in seats of others too. */
  keptInSight(size: SizePx, thought: Thought | null): readonly Box[];
}
