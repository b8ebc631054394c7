import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MetricPoint } from '../../contract';
import { RunHistory } from './run-history';

const point = (version: number, meanReturn = version): MetricPoint => ({
  version,
  decisions: version * 100,
  values: { meanReturn },
  returnSpread: null,
  changed: [],
});
const versions = (points: readonly MetricPoint[]) => points.map(({ version }) => version);

describe('a history', () => {
  it('goes on from an earlier state without ever stepping back', () => {
    const history = new RunHistory();
    for (const version of [1, 2, 3, 4]) history.append(point(version));
    history.append(point(3, 30));
    expect(versions(history.points)).toEqual([1, 2, 3]);
    expect(history.points.at(-1)?.values['meanReturn']).toBe(30);
  });

  it('ascends, and each point is told as unsaved until it was saved, whatever happens in which order', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('append' as const), version: fc.integer({ min: 1, max: 30 }) }),
      fc.record({ kind: fc.constant('save' as const) }),
      fc.record({ kind: fc.constant('save late' as const) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const history = new RunHistory();
        const stored: MetricPoint[] = [];
        let underWay: readonly MetricPoint[] = [];
        const store = (points: readonly MetricPoint[]) => {
          const first = points[0];
          if (first === undefined) return;
          const from = stored.findIndex(({ version }) => version >= first.version);
          if (from >= 0) stored.length = from;
          stored.push(...points);
        };
        for (const each of steps) {
          if (each.kind === 'append') history.append(point(each.version, steps.indexOf(each)));
          else if (each.kind === 'save') {
            const points = history.unsaved();
            store(points);
            history.noteSaved(points);
          } else {
            // Points that were given to storage a while ago.
            store(underWay);
            history.noteSaved(underWay);
            underWay = history.unsaved();
          }
          const shown = versions(history.points);
          expect(shown).toEqual([...shown].sort((a, b) => a - b));
        }
      }),
    );
  });

  it('says so once it holds only a selection, and still tells what is not saved', () => {
    const history = new RunHistory([], false, 100);
    for (let version = 1; version <= 90; version++) history.append(point(version));
    history.noteSaved(history.unsaved());
    for (let version = 91; version <= 120; version++) history.append(point(version));
    expect(history.isThinned).toBe(true);
    expect(versions(history.unsaved())).toEqual(Array.from({ length: 30 }, (_, index) => 91 + index));
  });
});
