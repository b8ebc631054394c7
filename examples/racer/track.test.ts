import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawnTrack, faultOf } from './drawn-track';
import { apart, halfWidthPx, type Point, Track } from './track';
import { tracks } from './tracks';

const meadow = new Track(tracks['Meadow']!);

/** A loop around the world's middle that a trembling hand draws. */
const loops = fc
  .record({
    width: fc.integer({ min: 100, max: 620 }),
    height: fc.integer({ min: 100, max: 400 }),
    waves: fc.array(fc.integer({ min: -90, max: 90 }), { minLength: 3, maxLength: 7 }),
    tremble: fc.integer({ min: 0, max: 9 }),
    open: fc.integer({ min: 0, max: 12 }),
  })
  .map(({ width, height, waves, tremble, open }): Point[] =>
    Array.from({ length: 90 - open }, (_, i) => {
      const angle = (i / 90) * 2 * Math.PI;
      const wave = waves.reduce((sum, high, n) => sum + (high / (n + 1)) * Math.cos((n + 2) * angle), 0);
      const shake = i % 2 === 0 ? tremble : -tremble;
      return {
        x: 640 + (width + wave + shake) * Math.cos(angle),
        y: 400 + (height + wave + shake) * Math.sin(angle),
      };
    }),
  );

describe('a course', () => {
  it('that comes with the game can be driven', () => {
    for (const outline of Object.values(tracks)) expect(faultOf(new Track(outline))).toBeNull();
  });

  it('tells how far along it a place is, lap after lap', () => {
    for (let lap = 0; lap < 2; lap++) {
      for (let along = 5; along < meadow.lengthPx; along += 37) {
        const distance = lap * meadow.lengthPx + along;
        const { x, y, dx, dy } = meadow.at(distance);
        for (const aside of [-30, 0, 30]) {
          const found = meadow.distanceAt(x - aside * dy, y + aside * dx, distance - 20);
          expect(Math.abs(found - distance)).toBeLessThan(25);
          expect(Math.abs(meadow.asideAt(x - aside * dy, y + aside * dx, distance) - aside)).toBeLessThan(6);
        }
      }
    }
  });

  it('has its walls at its edges', () => {
    for (const { x, y } of meadow.walls()) {
      const nearest = Math.min(...meadow.points.map((point) => apart(point, { x, y })));
      expect(nearest).toBeGreaterThan(halfWidthPx + 1);
      expect(nearest).toBeLessThan(halfWidthPx + 16);
    }
  });
});

describe('a drawn line', () => {
  it('is a course that can be driven, or is refused, and drawn again from what is kept it is the same', () => {
    let courses = 0;
    fc.assert(
      fc.property(loops, (line) => {
        const drawn = drawnTrack(line);
        if ('refusal' in drawn) return;
        courses += 1;
        const { track, outline } = drawn;
        const again = new Track(outline);
        // Rounded to whole pixels.
        expect(Math.abs(again.lengthPx - track.lengthPx)).toBeLessThan(0.01 * track.lengthPx);
        const { points, spacingPx } = track;
        const apartAlong = (i: number, j: number) =>
          spacingPx * Math.min(Math.abs(i - j), points.length - Math.abs(i - j));
        const betweenParts = points.flatMap((point, i) =>
          points
            .filter((_, j) => j < i && apartAlong(i, j) > 4 * halfWidthPx)
            .map((other) => apart(point, other)),
        );
        // Nowhere is there another part of the course within its width.
        expect(Math.min(...betweenParts)).toBeGreaterThan(2 * halfWidthPx);
      }),
      { numRuns: 60 },
    );
    expect(courses).toBeGreaterThan(0);
  });

  it('is sharp where it doubles back, as sharp as it is', () => {
    const corners = [
      { x: 100, y: 0 },
      { x: 200, y: 10 },
      { x: 200, y: 20 },
      { x: 100, y: 30 },
      { x: 0, y: 15 },
    ];
    const hairpin = new Track(corners);
    const radii = hairpin.points.map((_, i) => Math.abs(hairpin.radiusAt(i)));
    // Four steps of some 16 px that turn by nearly half a circle.
    expect(Math.min(...radii)).toBeLessThan(30);
  });

  const circle = (radiusX: number, radiusY: number, share = 1) =>
    Array.from({ length: 80 }, (_, i) => {
      const angle = (i / 80) * 2 * Math.PI * share;
      return { x: 640 + radiusX * Math.cos(angle), y: 400 + radiusY * Math.sin(angle) };
    });

  it('is refused for what is wrong with it', () => {
    const refusalOf = (line: readonly Point[]) => {
      const drawn = drawnTrack(line);
      return 'refusal' in drawn ? drawn.refusal : null;
    };
    expect(refusalOf(circle(400, 260))).toBeNull();
    expect(refusalOf([])).toBe('short');
    expect(refusalOf(circle(100, 100))).toBe('short');
    expect(refusalOf(circle(400, 260, 0.8))).toBe('open');
    expect(refusalOf(circle(630, 300))).toBe('outside');
    // An eight crosses itself.
    const eight = Array.from({ length: 80 }, (_, i) => {
      const angle = (i / 80) * 2 * Math.PI;
      return { x: 640 + 450 * Math.sin(angle), y: 400 + 250 * Math.sin(2 * angle) };
    });
    expect(refusalOf(eight)).toBe('narrow');
  });
});
