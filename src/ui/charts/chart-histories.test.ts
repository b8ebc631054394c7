import { expect, it } from 'vitest';
import type { MetricPoint } from '../../contract';
import { pageState } from '../testing/test-state';
import { ChartHistories } from './chart-histories';

const point = (version: number): MetricPoint => ({
  version,
  decisions: 100 * version,
  values: { meanReturn: version },
  returnSpread: null,
  changed: [],
});
const versions = (histories: ChartHistories, run: string) =>
  histories.points(run).map(({ version }) => version);

/** A page on which just these runs are. */
const pageOf = (...runs: readonly string[]) => {
  const [view] = Object.values(pageState().runs);
  return { runs: Object.fromEntries(runs.map((run) => [run, view!])) };
};

it('keeps the points of two runs apart', () => {
  const histories = new ChartHistories();
  histories.append('a', point(1));
  histories.append('b', point(7));
  histories.append('a', point(2));
  expect(versions(histories, 'a')).toEqual([1, 2]);
  expect(versions(histories, 'b')).toEqual([7]);
  histories.replace('a', [point(1)]);
  expect(versions(histories, 'a')).toEqual([1]);
});

it('forgets a run once it has left the page, and not before it was there', () => {
  const histories = new ChartHistories();
  histories.append('coming', point(1));
  histories.keepOnly(pageOf('other'));
  expect(versions(histories, 'coming')).toEqual([1]);
  histories.keepOnly(pageOf('coming'));
  expect(versions(histories, 'coming')).toEqual([1]);
  histories.keepOnly(pageOf('other'));
  expect(versions(histories, 'coming')).toEqual([]);
});
