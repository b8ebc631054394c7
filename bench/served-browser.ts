import { type Browser, chromium } from 'playwright';
import { preview } from 'vite';
import { browserArguments, findBrowser } from '../scripts/browser.mjs';
import { freePort } from '../scripts/tools.mjs';

/** A built page on a local port, and a headless browser to open it in. */
export interface ServedBrowser {
  readonly browser: Browser;
  readonly address: string;
  readonly close: () => Promise<void>;
}

/**
 * Serves what the Vite configuration in `configFile` has built, on the first free port from `firstPort`, and starts a
 * browser.
 *
 * @param headers that every answer carries.
 */
export async function serveToBrowser(
  configFile: string,
  firstPort: number,
  headers: Readonly<Record<string, string>> = {},
): Promise<ServedBrowser> {
  const server = await preview({
    configFile,
    logLevel: 'warn',
    preview: { port: await freePort(firstPort), strictPort: true, host: '127.0.0.1', headers },
  });
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    ...(executablePath !== null && { executablePath }),
    args: browserArguments,
  });
  return {
    browser,
    address: server.resolvedUrls?.local[0] ?? '',
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}
