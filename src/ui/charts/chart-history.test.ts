import { describe, expect, it } from 'vitest';
import { metricPoint } from '../testing/test-state';
import { ChartHistory, thinned } from './chart-history';

const epochs = { key: 'epochs', from: 4, to: 10 } as const;

describe('thinning', () => {
  it('keeps every second point, the last, and each at which settings changed', () => {
    const points = [0, 1, 2, 3, 4, 5].map((version) =>
      metricPoint(version, 0, version === 3 ? [epochs] : []),
    );
    expect(thinned(points).map(({ version }) => version)).toEqual([0, 2, 3, 4, 5]);
  });
});

describe('a long run’s points', () => {
  it('stay within the limit, in order, from the first to the newest', () => {
    const history = new ChartHistory(50);
    for (let version = 1; version <= 1_000; version++) history.append(metricPoint(version, version));
    const versions = history.points.map(({ version }) => version);
    expect(versions.length).toBeLessThanOrEqual(50);
    expect(versions.length).toBeGreaterThan(20);
    expect(versions[0]).toBe(1);
    expect(versions.at(-1)).toBe(1_000);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
  });

  it('never lose a change of settings', () => {
    const history = new ChartHistory(50);
    for (let version = 1; version <= 1_000; version++) {
      history.append(metricPoint(version, version, version % 300 === 0 ? [epochs] : []));
    }
    const marked = history.points.filter(({ changed }) => changed.length > 0);
    expect(marked.map(({ version }) => version)).toEqual([300, 600, 900]);
  });

  it('give way to those of another run, thinned as well', () => {
    const history = new ChartHistory(50);
    history.append(metricPoint(7, 1));
    history.replace(Array.from({ length: 300 }, (_, index) => metricPoint(index + 1, 2)));
    expect(history.points.length).toBeLessThanOrEqual(50);
    expect(history.points[0]?.version).toBe(1);
    history.replace([]);
    expect(history.points).toEqual([]);
  });

  it('are all kept when each of them marks a change', () => {
    const history = new ChartHistory(10);
    history.replace(Array.from({ length: 30 }, (_, index) => metricPoint(index, 0, [epochs])));
    expect(history.points).toHaveLength(30);
  });
});
