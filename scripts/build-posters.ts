/**
 * `npm run build:posters [-- GAME …]`: takes the pictures of the gallery's cards, each from the game itself as it plays in
 * its card on the built page (`npm run build` first), and writes them into assets/posters: one a theme where the game
 * follows the page's.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { serveToBrowser } from '../bench/served-browser';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'assets', 'posters');
const themes = ['dark', 'light'] as const;
const lookMs = 3_000;
const quality = 0.85;

const wanted = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const { browser, address, close } = await serveToBrowser(join(root, 'vite.config.ts'), 4_280);
try {
  for (const theme of themes) await takeAll(browser, theme);
} finally {
  await close();
}

async function takeAll(from: Browser, theme: (typeof themes)[number]): Promise<void> {
  const page = await from.newPage({
    // A card of it is a good 300 pixels wide.
    viewport: { width: 1_400, height: 1_000 },
    deviceScaleFactor: 2,
    colorScheme: theme,
    serviceWorkers: 'block',
  });
  await page.goto(address);
  await page.locator('.game-button').click();
  await page.locator('.gallery-card').first().waitFor();
  const cards = await page.locator('.gallery-card').all();
  for (const card of cards) {
    const game = (await card.getAttribute('data-game')) ?? '';
    if (wanted.length > 0 && !wanted.includes(game)) continue;
    await card.focus();
    await page.waitForFunction((id) => window.playtrain?.state().gallery.playing === id, game);
    await page.waitForTimeout(lookMs);
    const own = card.locator('.live-game canvas');
    const isLive = (await own.count()) > 0;
    if (isLive && theme !== themes[0]) continue;
    // Rounded corners are the card's.
    await page.addStyleTag({ content: '.gallery-picture { border-radius: 0 !important; }' });
    const box = await (isLive ? own : card.locator('.gallery-screen')).boundingBox();
    if (box === null) throw new Error(`“${game}” is not to be seen.`);
    // Its edges may lie within a pixel of what is behind it.
    const clip = { x: box.x + 1, y: box.y + 1, width: box.width - 2, height: box.height - 2 };
    const bytes = await webp(page, await page.screenshot({ clip }));
    const name = isLive ? `${game}.webp` : `${game}-${theme}.webp`;
    writeFileSync(join(folder, name), bytes);
    console.log(`${name}: ${bytes.length} bytes.`);
  }
  await page.close();
}

/** The picture as the browser encodes it. */
async function webp(page: Page, png: Buffer): Promise<Buffer> {
  const url = await page.evaluate(
    async ([source, how]) => {
      const bitmap = await createImageBitmap(await (await fetch(source)).blob());
      const canvas = document.createElement('canvas');
      canvas.width = bitmap.width;
      canvas.height = bitmap.height;
      canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
      return canvas.toDataURL('image/webp', how);
    },
    [`data:image/png;base64,${png.toString('base64')}`, quality] as const,
  );
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}
