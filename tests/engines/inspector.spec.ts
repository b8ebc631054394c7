import { elements } from './elements';
import { phone } from './engine';
import { expect, test } from './suite';
import type { Visit } from './visit';

/** What of the inspector is drawn. */
function drawn(page: Visit) {
  return page.page.evaluate(() => {
    const stems = document.querySelector<HTMLCanvasElement>('.inspector canvas');
    const { data } = stems?.getContext('2d')?.getImageData(0, 0, stems.width, stems.height) ?? { data: [] };
    let pixels = 0;
    for (let i = 3; i < data.length; i += 4) if (data[i] !== 0) pixels++;
    const panel = document.querySelector('.panel-inspector');
    const formula = document.querySelector('.inspector math')?.getBoundingClientRect();
    return {
      stemPixels: pixels,
      formulaHeightPx: formula?.height ?? 0,
      rows: document.querySelectorAll('.steps tbody td.advantage').length,
      overflowPx: Math.max(
        ...[document.documentElement, panel].map(
          (each) => (each?.scrollWidth ?? 0) - (each?.clientWidth ?? 0),
        ),
      ),
    };
  }, null);
}

test('an update is shown from the inside: stems, formulas and rows, on a desk and on a phone', async ({
  visit,
}) => {
  const page = await visit();
  await page.open('game=balance');
  await page.untilVersion(1);
  await page.click(elements.tabs.inspector);
  await page.click(elements.lookAtUpdate);
  await expect.poll(async () => (await page.state()).inspector.captured !== null).toBe(true);
  for (const [name, size] of [
    ['desk', null],
    ['phone', phone],
  ] as const) {
    if (size !== null) await page.page.resize(size);
    await page.frames(5);
    await expect.poll(async () => (await drawn(page)).stemPixels, { message: name }).toBeGreaterThan(200);
    const { formulaHeightPx, rows, overflowPx } = await drawn(page);
    expect(formulaHeightPx, name).toBeGreaterThan(8);
    expect(rows, name).toBeGreaterThan(5);
    expect(overflowPx, name).toBeLessThanOrEqual(0);
    await page.picture(`inspector-${name}`);
  }
  // A step that is chosen is the one that is told of.
  await page.page.evaluate(() => {
    document.querySelectorAll<HTMLElement>('.steps tbody td.step')[3]?.click();
  }, null);
  await expect.poll(async () => (await page.state()).inspector.look?.step).toBe(3);
});
