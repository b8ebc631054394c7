import { describe, expect, it } from 'vitest';
import type { EnvironmentSpec, Thought } from '../../contract';
import { cardLayout, paddingPx, rowPx, sightPx, surprisePx } from './card-layout';
import { overlayParts } from './overlay-state';

const spec = {
  observationSpace: { size: 12, names: Array.from({ length: 12 }, (_, index) => `x${index}`) },
  actionSpace: { kind: 'discrete', size: 3, labels: ['left', 'stay', 'right'] },
} as unknown as EnvironmentSpec;
const thought = {
  agent: 0,
  observation: new Float32Array(12),
  odds: [{ kind: 'choices', odds: [0.2, 0.3, 0.5] }],
  value: 1,
  surprise: 0,
} as unknown as Thought;

describe('what stands on a card of thoughts', () => {
  it('stands below one another, with nothing over something else or beyond the card', () => {
    for (const placed of [0, 4, 12]) {
      for (let chosen = 1; chosen < 2 ** overlayParts.length; chosen++) {
        const parts = overlayParts.filter((_, index) => chosen & (1 << index));
        const layout = cardLayout(spec, placed, thought, parts, 600);
        if (layout === null) continue;
        const oddsEndPx = layout.oddsTopPx + layout.odds.length * rowPx;
        const sightsEndPx =
          layout.sights.length > 0 ? layout.sightsTopPx + layout.sights.length * sightPx : oddsEndPx;
        expect(layout.sightsTopPx).toBeGreaterThanOrEqual(oddsEndPx);
        const surpriseTopPx = layout.hasSurprise ? layout.surpriseTopPx : sightsEndPx;
        expect(surpriseTopPx).toBeGreaterThanOrEqual(sightsEndPx);
        const endPx = layout.hasSurprise ? surpriseTopPx + surprisePx : sightsEndPx;
        expect(endPx).toBeLessThanOrEqual(layout.heightPx - paddingPx);
      }
    }
  });

  it('is nothing where no part of it is wished for, or all that is seen has its place in the picture', () => {
    expect(cardLayout(spec, 0, thought, [], 600)).toBeNull();
    expect(cardLayout(spec, 12, thought, ['senses'], 600)).toBeNull();
  });

  it('has fewer rows of what is seen where the picture is low, and none rather than cover it', () => {
    // 600: eight at most. 150 + 3 · 16 + 2 · 13 = 224: two. 100: none.
    const rowsIn = (roomPx: number) => cardLayout(spec, 0, thought, overlayParts, roomPx)?.sights.length;
    expect([600, 224, 100].map(rowsIn)).toEqual([8, 2, 0]);
  });
});
