import { readFileSync, writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, open, picture, state, test, untilVersion } from './page';

test('a reload resumes the run', async ({ page }) => {
  await open(page);
  await untilVersion(page, 2);
  await expect.poll(async () => (await state(page)).saved).not.toBeNull();
  // What the page knows as it goes.
  await page.evaluate(() => {
    window.addEventListener('pagehide', () => {
      sessionStorage.setItem('atClose', JSON.stringify(window.playtrain?.state().status));
    });
  });
  await untilVersion(page, (await state(page)).status.policyVersion + 4);
  await page.reload();
  const atClose = await page.evaluate(() => sessionStorage.getItem('atClose'));
  const { policyVersion, decisions } = JSON.parse(atClose ?? '') as Awaited<
    ReturnType<typeof state>
  >['status'];
  // What was saved last may be some updates old, but is never nothing.
  await expect.poll(async () => (await state(page)).status.policyVersion).toBeGreaterThan(0);
  const resumed = (await state(page)).status;
  expect(resumed.policyVersion).toBeGreaterThanOrEqual(policyVersion - 2);
  await expect
    .poll(async () => (await state(page)).status.decisions, { timeout: 60_000 })
    .toBeGreaterThan(decisions);
});

test('whatever is being written as the page closes, no more than the update under way is lost', async ({
  page,
}) => {
  await open(page);
  for (let round = 0; round < 6; round++) {
    await expect.poll(async () => (await state(page)).saved).not.toBeNull();
    await untilVersion(page, (await state(page)).status.policyVersion + 4);
    const reloaded = page.waitForEvent('load');
    // The page is reloaded while the very next write to the run is under way.
    await page.evaluate(() => {
      const name = 'transaction' as const;
      IDBDatabase.prototype[name] = new Proxy(IDBDatabase.prototype[name], {
        apply(begin, connection, parameters: Parameters<IDBDatabase[typeof name]>): IDBTransaction {
          if (parameters[1] === 'readwrite') {
            setTimeout(() => {
              sessionStorage.setItem('atClose', String(window.playtrain?.state().status.policyVersion));
              location.reload();
            });
          }
          return Reflect.apply(begin, connection, parameters) as IDBTransaction;
        },
      });
    });
    await reloaded;
    await expect.poll(async () => (await state(page)).status.policyVersion).toBeGreaterThan(0);
    const resumed = (await state(page)).status.policyVersion;
    const atClose = Number(await page.evaluate(() => sessionStorage.getItem('atClose')));
    expect(resumed).toBeGreaterThanOrEqual(atClose - 2);
  }
});

async function exported(page: Page): Promise<Buffer> {
  await page.getByRole('tab', { name: 'Run' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export run' }).click(),
  ]);
  return readFileSync(await download.path());
}

test('files that cannot be right are refused with a sentence, and the agent is untouched', async ({
  page,
}, testInfo) => {
  await open(page);
  await untilVersion(page, 1);
  const whole = await exported(page);

  const broken = Buffer.from(whole);
  // The last tensor's last number becomes NaN (little-endian float32).
  broken.writeFloatLE(Number.NaN, broken.length - 4);
  const bad: Readonly<Record<string, Buffer>> = {
    'not-a-run': Buffer.from('This is a shopping list, not a run: apples, pears, plums.'),
    empty: Buffer.alloc(0),
    truncated: whole.subarray(0, Math.floor(whole.length / 2)),
    'not-finite': broken,
    'other-game': Buffer.from(whole.toString('latin1').replaceAll('"balance', '"balanze'), 'latin1'),
  };
  for (const [name, bytes] of Object.entries(bad)) {
    const before = await state(page);
    const file = testInfo.outputPath(`${name}.safetensors`);
    writeFileSync(file, bytes);
    await page.locator('input[type=file]').setInputFiles(file);
    await expect(page.locator('.notice[data-severity=error]'), name).toContainText(/\w+ .*\./);
    await picture(page, `keeping-refused-${name}`);
    const after = await state(page);
    expect(after.hyperparameters, name).toEqual(before.hyperparameters);
    expect(after.status.policyVersion, name).toBeGreaterThanOrEqual(before.status.policyVersion);
    await page.locator('.notice[data-severity=error]').getByRole('button').click();
    await expect(page.locator('.notice[data-severity=error]')).toHaveCount(0);
  }
  await untilVersion(page, (await state(page)).status.policyVersion + 1);
});

test('a policy goes to another engine and back, and a run goes on from it', async ({ page }, testInfo) => {
  await open(page);
  await untilVersion(page, 1);
  await page.getByRole('tab', { name: 'Run' }).click();
  for (const [button, dialect] of [
    ['Export for Unity', 'mlagents'],
    ['Export for Godot', 'godot'],
  ] as const) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: button }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(
      new RegExp(`^playtrain-balance-update-\\d+\\.${dialect}\\.onnx$`),
    );
    const file = testInfo.outputPath(download.suggestedFilename());
    await download.saveAs(file);
    await page.locator('input[type=file]').setInputFiles(file);
    const name = download.suggestedFilename().replace(/\.onnx$/, '');
    await expect.poll(async () => (await state(page)).name).toContain(name);
    await untilVersion(page, 1);
  }
});

test('an exported run goes on where it was, after a fresh start', async ({ page }, testInfo) => {
  await open(page);
  await untilVersion(page, 2);
  const file = testInfo.outputPath('run.safetensors');
  writeFileSync(file, await exported(page));
  await page.keyboard.press('r');
  await expect.poll(async () => (await state(page)).status.policyVersion).toBe(0);
  await page.locator('input[type=file]').setInputFiles(file);
  await expect.poll(async () => (await state(page)).status.policyVersion).toBeGreaterThanOrEqual(2);
});

test('another speed by the address is the same run’s; another seed, and back, finds the old run again', async ({
  page,
}) => {
  await open(page, 'game=balance&seed=3');
  await untilVersion(page, 2);
  const { front } = await state(page);
  await page.evaluate(() => {
    location.hash += '&speed=4';
  });
  await expect.poll(async () => (await state(page)).speed).toBe('4');
  expect((await state(page)).front).toBe(front);
  const { decisions } = (await state(page)).status;
  await page.evaluate(() => {
    location.hash = '#game=balance&seed=4';
  });
  await expect.poll(async () => (await state(page)).hyperparameters.seed).toBe(4);
  await untilVersion(page, 1);
  expect((await state(page)).status.decisions).toBeLessThan(decisions + 2048);
  await page.evaluate(() => {
    location.hash = '#game=balance&seed=3';
  });
  await expect.poll(async () => (await state(page)).hyperparameters.seed).toBe(3);
  await expect.poll(async () => (await state(page)).status.policyVersion).toBeGreaterThanOrEqual(2);
});
