import { elements } from './elements';
import { onlyIn } from './engine';
import { browserInterfaces, prelude } from './interfaces';
import { addressForOthers } from './site';
import { expect, test } from './suite';
import type { Visit } from './visit';

/** Small rollouts, so that the first update is soon there. */
const link = 'game=balance&arenas=8&rolloutLength=32&minibatchSize=64';

/** The page learns, says one sentence at most, and bears to be used. */
async function expectToWork(page: Visit): Promise<void> {
  await page.open(link);
  await page.untilVersion(1);
  const notices = await page.notices();
  expect(notices.length, notices.join(' ')).toBeLessThanOrEqual(1);
  await page.click(elements.aboutReturn);
  await page.click(elements.copyLink);
  await page.click(elements.takeOver);
  await expect.poll(async () => (await page.state()).focusPlayer).toBe('person');
  await page.untilVersion((await page.state()).status.policyVersion + 1);
}

/** What is kept can be gone on with, and left. */
async function expectToReturn(page: Visit): Promise<void> {
  await expect.poll(async () => (await page.state()).saved).not.toBeNull();
  await page.reload();
  const { front } = await page.state();
  await page.click(elements.restart);
  await expect.poll(async () => (await page.state()).front).not.toBe(front);
  await page.untilVersion(1);
}

const modes = ['gone', 'refusing', 'silent'] as const;

for (const mode of modes) {
  test(`with everything ${mode} that may be, the page learns and can be used`, async ({ visit }) => {
    const scripts = browserInterfaces.flatMap((each) => (each.onlyAlone ? [] : (each[mode] ?? [])));
    await expectToWork(await visit({ prelude: prelude(scripts) }));
  });
}

// One by one, in one engine each: what a script takes away is gone alike in all of them.
for (const browserInterface of browserInterfaces) {
  for (const mode of modes) {
    const script = browserInterface[mode];
    if (script === null) continue;
    const tag = [onlyIn(browserInterface.engine), '@long'];
    test(`with ${browserInterface.name} ${mode}, the page learns and can be used`, { tag }, async ({
      visit,
    }) => {
      const page = await visit({ prelude: prelude([script]) });
      await expectToWork(page);
      if (mode === 'silent' && browserInterface.name !== 'IndexedDB') await expectToReturn(page);
    });
  }
}

test('where workers are refused, a sentence says that nothing can be learned', async ({ visit }) => {
  const page = await visit({ prelude: prelude([`throwing(globalThis, 'Worker')`]) });
  await page.page.goTo(page.address);
  // Its program may not have begun yet.
  const failures = () =>
    page.page.evaluate(() => {
      const notices = window.playtrain?.state().notices ?? [];
      return notices.filter(({ severity }) => severity === 'error').map(({ message }) => message);
    }, null);
  await expect.poll(failures).toEqual([expect.stringMatching(/worker.*\.$/i)]);
  await page.click(elements.aboutReturn);
});

test('over plain http from another machine, the page learns and can be used', async ({ visit }) => {
  test.skip(addressForOthers() === null, 'This machine has no address but its loopback.');
  const page = await visit({ insecure: true });
  await expectToWork(page);
  expect(await page.page.evaluate(() => isSecureContext, null)).toBe(false);
});
