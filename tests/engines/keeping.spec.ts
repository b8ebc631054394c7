import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { elements } from './elements';
import { expect, test } from './suite';

test('a run goes on after a reload', async ({ visit }) => {
  const page = await visit();
  await page.open('game=balance');
  await page.untilVersion(2);
  await expect.poll(async () => (await page.state()).saved).not.toBeNull();
  const before = (await page.state()).status;
  await page.reload();
  await page.untilVersion(Math.max(1, before.policyVersion - 2));
  await expect
    .poll(async () => (await page.state()).status.decisions, { timeout: 60_000 })
    .toBeGreaterThan(before.decisions);
});

test('a page that a service worker answers learns', async ({ visit }) => {
  const page = await visit();
  await page.open('game=balance');
  await page.untilVersion(1);
  const isAnswered = () =>
    page.page.evaluate(
      () => !('serviceWorker' in navigator) || navigator.serviceWorker.controller !== null,
      null,
    );
  await expect.poll(isAnswered, { timeout: 60_000 }).toBe(true);
  await page.reload();
  await page.untilVersion(2);
});

test('an exported run goes on where it was on a page that has never seen it', async ({ visit }, testInfo) => {
  const page = await visit();
  await page.open('game=balance&seed=7');
  await page.untilVersion(3);
  await page.click(elements.tabs.run);
  const exported = await page.download(elements.exportRun);
  const file = testInfo.outputPath('run.safetensors');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, exported);

  const other = await visit();
  await other.open('game=balance&speed=1');
  await other.click(elements.tabs.run);
  await other.upload(elements.importRun, file);
  await expect.poll(async () => (await other.state()).hyperparameters.seed).toBe(7);
  await other.untilVersion(4);
});
