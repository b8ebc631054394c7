import { areaPx, type Box, intersection, overlap } from './box';
import { freePlace } from './free-place';

/** What only passes behind a card does not chase it about. */
const behindMs = 600;
/** Where things are is not asked in every frame. */
const lookEveryMs = 150;

/**
 * Which of its corners a card stands in: the first that hides nothing, those before the rest that nothing pushes it out
 * of; and that one for as long as it hides nothing. Where each hides something, the one that hides least.
 */
export class CardCorner {
  private corner: number | null = null;
  private freeAtMs = Number.NEGATIVE_INFINITY;
  private seen: readonly Box[] = [];
  private seenAtMs = Number.NEGATIVE_INFINITY;

  /**
   * @param corners where the card would stand, the best first. @param taken what it never lies over, where there is room.
   * @param inSight what it should not hide, which may move.
   */
  place(
    corners: readonly [Box, ...Box[]],
    taken: readonly Box[],
    inSight: () => readonly Box[],
    within: Box,
    nowMs: number,
  ): Box {
    const places = corners.map((corner) => freePlace(corner, taken, within) ?? corner);
    const isPushed = (index: number) =>
      places[index]?.xPx !== corners[index]?.xPx || places[index]?.yPx !== corners[index]?.yPx;
    if (nowMs - this.seenAtMs >= lookEveryMs) {
      this.seen = inSight();
      this.seenAtMs = nowMs;
    }
    const hides = (place: Box) => this.seen.some((each) => overlap(each, place));
    const here = this.corner === null ? undefined : places[this.corner];
    if (here !== undefined && !hides(here)) {
      this.freeAtMs = nowMs;
      return here;
    }
    if (here !== undefined && nowMs - this.freeAtMs < behindMs) return here;
    const free = [...places.keys()].filter((index) => !hides(places[index]!));
    const other = free.find((index) => !isPushed(index)) ?? free[0] ?? this.leastHiding(places);
    this.corner = other;
    this.freeAtMs = nowMs;
    return places[other] ?? corners[0];
  }

  /** Where something is hidden everywhere, it is as little as can be. */
  private leastHiding(places: readonly Box[]): number {
    const sharedPx = (a: Box, b: Box) => {
      const shared = intersection(a, b);
      return shared === null ? 0 : areaPx(shared);
    };
    const hiddenPx = places.map((place) => this.seen.reduce((sum, each) => sum + sharedPx(each, place), 0));
    return hiddenPx.indexOf(Math.min(...hiddenPx));
  }

  /** Another game: it begins in its first corner. */
  begin(): void {
    this.corner = null;
    this.freeAtMs = Number.NEGATIVE_INFINITY;
    this.seenAtMs = Number.NEGATIVE_INFINITY;
  }
}
