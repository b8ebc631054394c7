import { readFileSync } from 'node:fs';
import { type CDPSession, chromium, type Page } from 'playwright';
import { testBrowserArguments } from '../../scripts/browser.mjs';
import { desktop, type Engine, type EnginePage, type KeyCode, type Size } from './engine';

/** Chromium without a window, by its own protocol. */
export async function launchChromium(executablePath: string): Promise<Engine> {
  const browser = await chromium.launch({ executablePath, args: testBrowserArguments });
  return {
    name: 'chromium',
    hasTouch: true,
    async openPage() {
      const context = await browser.newContext({ viewport: desktop });
      const page = await context.newPage();
      return new ChromiumPage(page, await context.newCDPSession(page));
    },
    close: () => browser.close(),
  };
}

class ChromiumPage implements EnginePage {
  private readonly page: Page;
  private readonly session: CDPSession;

  constructor(page: Page, session: CDPSession) {
    this.page = page;
    this.session = session;
  }

  async goTo(address: string): Promise<void> {
    await this.page.goto(address);
  }

  async reload(): Promise<void> {
    await this.page.reload();
  }

  evaluate<Result, Argument>(
    compute: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result> {
    // Playwright's types cannot see that plain data passes unchanged.
    return this.page.evaluate(compute as (argument: unknown) => Promise<Result>, argument);
  }

  click(selector: string): Promise<void> {
    return this.page.click(selector);
  }

  keyDown(key: KeyCode): Promise<void> {
    return this.page.keyboard.down(key);
  }

  keyUp(key: KeyCode): Promise<void> {
    return this.page.keyboard.up(key);
  }

  async hold(selector: string): Promise<void> {
    const box = await this.page.locator(selector).boundingBox();
    if (box === null) throw new Error(`There is nothing to touch at “${selector}”.`);
    await this.session.send('Input.dispatchTouchEvent', {
      type: 'touchStart',
      touchPoints: [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }],
    });
  }

  async release(): Promise<void> {
    await this.session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  }

  async enter(selector: string, text: string): Promise<void> {
    await this.page.fill(selector, text);
    await this.page.press(selector, 'Enter');
  }

  upload(selector: string, file: string): Promise<void> {
    return this.page.setInputFiles(selector, file);
  }

  async download(start: () => Promise<void>): Promise<Buffer> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), start()]);
    return readFileSync(await download.path());
  }

  resize(size: Size): Promise<void> {
    return this.page.setViewportSize(size);
  }

  screenshot(): Promise<Buffer> {
    return this.page.screenshot();
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}
