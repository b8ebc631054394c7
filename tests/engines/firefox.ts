import puppeteer, { type Browser, type ElementHandle, type Page, type TouchHandle } from 'puppeteer-core';
import { startDisplay } from './display';
import { DownloadFolder } from './download-folder';
import { desktop, type Engine, type EnginePage, jsonOf, type KeyCode, resultOf, type Size } from './engine';

export interface FirefoxPaths {
  readonly browser: string;
  /** Null where windows need no X server of their own. */
  readonly display: string | null;
}

/** Firefox over WebDriver BiDi, in a window on a display of its own: without a window it has no WebGL on Linux. */
export async function launchFirefox({
  browser: executablePath,
  display: xvfb,
}: FirefoxPaths): Promise<Engine> {
  const display = xvfb === null ? null : await startDisplay(xvfb);
  const downloads = new DownloadFolder();
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: display === null,
    ...(display !== null && { env: { ...process.env, DISPLAY: display.name } }),
    extraPrefsFirefox: {
      // Else it refuses WebGL that is drawn in software.
      'webgl.force-enabled': true,
      // A folder of ours, and no question.
      'browser.download.folderList': 2,
      'browser.download.dir': downloads.path,
      'browser.download.useDownloadDir': true,
      'browser.download.always_ask_before_handling_new_types': false,
    },
  });
  return {
    name: 'firefox',
    hasTouch: true,
    openPage: () => openPage(browser, downloads),
    async close() {
      await browser.close();
      display?.stop();
      downloads.remove();
    },
  };
}

async function openPage(browser: Browser, downloads: DownloadFolder): Promise<EnginePage> {
  const page = await browser.newPage();
  const opened = new FirefoxPage(page, downloads);
  await opened.resize(desktop);
  // What lies behind another page is drawn once a second, or not at all.
  await page.bringToFront();
  return opened;
}

class FirefoxPage implements EnginePage {
  private readonly page: Page;
  private readonly downloads: DownloadFolder;
  private finger: TouchHandle | null = null;

  constructor(page: Page, downloads: DownloadFolder) {
    this.page = page;
    this.downloads = downloads;
  }

  async goTo(address: string): Promise<void> {
    await this.page.goto(address);
  }

  async reload(): Promise<void> {
    await this.page.reload();
  }

  async evaluate<Result, Argument>(
    compute: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result> {
    return resultOf(String(await this.page.evaluate(jsonOf(compute, argument))));
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
    const { x, y } = await (await this.element(selector)).clickablePoint();
    this.finger = await this.page.touchscreen.touchStart(x, y);
  }

  async release(): Promise<void> {
    await this.finger?.end();
    this.finger = null;
  }

  async enter(selector: string, text: string): Promise<void> {
    const field = await this.element(selector);
    await field.click({ count: 3 });
    await field.type(text);
    await field.press('Enter');
  }

  async upload(selector: string, file: string): Promise<void> {
    await ((await this.element(selector)) as ElementHandle<HTMLInputElement>).uploadFile(file);
  }

  download(start: () => Promise<void>): Promise<Buffer> {
    return this.downloads.next(start);
  }

  resize(size: Size): Promise<void> {
    return this.page.setViewport({ ...size, deviceScaleFactor: 1 });
  }

  async screenshot(): Promise<Buffer> {
    return Buffer.from(await this.page.screenshot());
  }

  close(): Promise<void> {
    return this.page.close();
  }

  private async element(selector: string): Promise<ElementHandle> {
    const element = await this.page.$(selector);
    if (element === null) throw new Error(`There is nothing at “${selector}”.`);
    return element;
  }
}
