import { afterEach, expect, it, vi } from 'vitest';
import { chartTexts } from '../../texts/page';
import { RedrawBeat } from '../kit/redraw-beat';
import { duelPage, metricPoint } from '../testing/test-state';
import { ChartsPanel } from './charts-panel';

const container = document.createElement('div');
const errors: unknown[] = [];
const note = (event: ErrorEvent) => {
  errors.push(event.error);
  event.preventDefault();
};
addEventListener('error', note);

afterEach(() => {
  vi.restoreAllMocks();
  container.remove();
  errors.length = 0;
});

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

it.each([
  ['gives none', () => null],
  [
    'throws',
    () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    },
  ],
])('where a canvas to draw on is asked for and the browser %s, say so once and go on', async (_, answer) => {
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockImplementation(answer);
  document.body.append(container);
  const beat = new RedrawBeat();
  const panel = new ChartsPanel(container, { emit: () => {}, showSetting: () => {}, beat });
  // As the page's styles have it: without room nothing is drawn anyway.
  for (const plot of container.querySelectorAll<HTMLElement>('.plot')) plot.style.height = '84px';
  const state = duelPage();
  panel.update(state);
  for (let version = 1; version <= 3; version++) {
    panel.append(state.front, metricPoint(version, version));
    await frame();
  }
  panel.setTheme('dark');
  const value = () => container.querySelector('[data-metric="meanReturn"] .chart-value')?.textContent;
  await expect.poll(value).toBe('3.00');
  expect(errors).toEqual([]);
  expect(container.textContent?.split(chartTexts.refused)).toHaveLength(2);
  expect(container.querySelector('.uplot')).toBeNull();

  const table = container.querySelector<HTMLDetailsElement>('.chart-table');
  table?.querySelector('summary')?.click();
  await expect.poll(() => table?.querySelectorAll('tbody tr').length).toBe(3);
  panel.dispose();
  beat.dispose();
});
