import type { EnvironmentSpec, Thought } from '../../contract';
import { type OddsRow, oddsRows, type SightRow, sightRows } from './card-rows';
import type { OverlayPart } from './overlay-state';

export const cardPx = 176;
export const paddingPx = 8;
export const rowPx = 16;
export const sightPx = 13;
export const surprisePx = 24;
/** Between odds and what is seen. */
const gapPx = 4;
const gaugePx = 44;
/** A gauge that is lower shows nothing. */
const leastGaugePx = 74;
/** What is left free of the picture's height, besides rows. */
const freePx = 150;
const mostSightRows = 8;

/** What stands on a card of thoughts and where, in CSS pixels before it grows with large type. */
export interface CardLayout {
  readonly hasValue: boolean;
  readonly hasSurprise: boolean;
  readonly odds: readonly OddsRow[];
  readonly sights: readonly SightRow[];
  /** Where rows begin. */
  readonly leftPx: number;
  readonly oddsTopPx: number;
  readonly sightsTopPx: number;
  readonly surpriseTopPx: number;
  readonly heightPx: number;
}

/**
 * @param placed how many of the last numbers that are seen stand where they are, and not on the card.
 * @param roomPx the height of where the agent is seen. @returns null where there is nothing to be shown.
 */
export function cardLayout(
  spec: EnvironmentSpec,
  placed: number,
  thought: Thought,
  parts: readonly OverlayPart[],
  roomPx: number,
): CardLayout | null {
  const [hasValue, hasSurprise] = [parts.includes('value'), parts.includes('surprise')];
  const odds = parts.includes('odds') ? oddsRows(spec, thought) : [];
  const roomyRows = Math.floor((roomPx - freePx - odds.length * rowPx) / sightPx);
  const sightCount = Math.max(0, Math.min(mostSightRows, roomyRows));
  const sights = parts.includes('senses') ? sightRows(spec, placed, thought).slice(0, sightCount) : [];
  const oddsPx = odds.length * rowPx;
  const sightsPx = sights.length > 0 ? sights.length * sightPx + gapPx : 0;
  const rowsPx = oddsPx + sightsPx + (hasSurprise ? surprisePx : 0);
  const insidePx = Math.max(hasValue ? leastGaugePx : 0, rowsPx);
  if (insidePx <= 0) return null;
  return {
    hasValue,
    hasSurprise,
    odds,
    sights,
    leftPx: hasValue ? gaugePx + 6 : paddingPx,
    oddsTopPx: paddingPx,
    sightsTopPx: paddingPx + oddsPx + gapPx,
    surpriseTopPx: paddingPx + insidePx - surprisePx,
    heightPx: insidePx + 2 * paddingPx,
  };
}
