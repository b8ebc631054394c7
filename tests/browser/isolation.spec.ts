import { expect, test, untilReady } from './page';

test('a page that is served with the headers is alone with its origin, and so are its workers', async ({
  page,
}) => {
  await page.goto('/#game=balance');
  await untilReady(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  for (const worker of page.workers()) expect(await worker.evaluate(() => crossOriginIsolated)).toBe(true);
});
