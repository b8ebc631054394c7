import AxeBuilder from '@axe-core/playwright';
import { expect, picture, test } from './page';

test('the page that measures a machine says what each backend takes, as tables and as a report', async ({
  page,
}) => {
  await page.goto('/bench.html?quick');
  await page.getByRole('button', { name: 'Measure' }).click();
  const report = page.getByLabel('The report, as JSON');
  await expect(report).toBeVisible({ timeout: 60_000 });
  const measured = JSON.parse(await report.inputValue());
  expect(measured.failures).toEqual([]);
  expect(measured.machine.renderer).not.toBe('');
  const rows: readonly { backend: string; path: string; wallMs: number; threadMs: number }[] =
    measured.update;
  expect(rows.map(({ backend, path }) => `${backend} ${path}`)).toEqual([
    'webgl fused, whole sums',
    'webgl fused, in slices',
    'webgl fused',
    'wasm analytic',
    'cpu analytic',
  ]);
  for (const { wallMs, threadMs } of rows) {
    expect(threadMs).toBeGreaterThan(0);
    expect(wallMs).toBeGreaterThanOrEqual(threadMs);
  }
  const acting: readonly { acting: string; microseconds: number }[] = measured.act;
  expect(acting.map(({ acting }) => acting)).toEqual(['wasm', 'cpu']);
  expect(acting.every(({ microseconds }) => microseconds > 0)).toBe(true);
  const frames: readonly { updates: string | null; frames: number }[] = measured.frames;
  expect(frames.map(({ updates }) => updates)).toEqual([null, 'webgl', 'wasm', 'cpu']);
  expect(await page.getByRole('row').count()).toBe(3 + rows.length + acting.length + frames.length);
  await picture(page, 'bench-page');
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
});
