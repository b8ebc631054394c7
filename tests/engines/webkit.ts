import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Builder, By, Capabilities, error, Key, type WebDriver } from 'selenium-webdriver';
import { freePort } from '../../scripts/tools.mjs';
import { startDisplay } from './display';
import { DownloadFolder } from './download-folder';
import { desktop, type Engine, type EnginePage, jsonOf, type KeyCode, resultOf, type Size } from './engine';

export interface WebKitPaths {
  /** WebKitWebDriver. */
  readonly driver: string;
  /** MiniBrowser, the browser that comes with WebKitGTK. */
  readonly browser: string;
  readonly display: string;
}

const keys: Readonly<Record<KeyCode, string>> = {
  ArrowLeft: Key.ARROW_LEFT,
  ArrowRight: Key.ARROW_RIGHT,
  ArrowUp: Key.ARROW_UP,
  Enter: Key.ENTER,
  Escape: Key.ESCAPE,
  KeyT: 't',
  Space: ' ',
};

/**
 * WebKitGTK in its MiniBrowser, by the WebDriver protocol, in a window without bars on a display of its own.
 *
 * @param language the system's, as the environment variable LANG has it.
 */
export async function launchWebKit(paths: WebKitPaths, language = 'C.UTF-8'): Promise<Engine> {
  const display = await startDisplay(paths.display);
  const downloads = new DownloadFolder();
  const settings = mkdtempSync(join(tmpdir(), 'playtrain-webkit-'));
  // It takes the folder for downloads from the desktop's settings.
  writeFileSync(join(settings, 'user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${downloads.path}"\n`);
  const port = await freePort(5400);
  const server = spawn(paths.driver, [`--port=${port}`], {
    stdio: 'ignore',
    env: {
      ...process.env,
      DISPLAY: display.name,
      XDG_CONFIG_HOME: settings,
      LANG: language,
      LC_ALL: '',
      // Its newer way of handing frames on takes a third of a second a frame where no graphics processor draws.
      WEBKIT_DISABLE_DMABUF_RENDERER: '1',
    },
  });
  const driver = await session(`http://127.0.0.1:${port}`, paths.browser, server);
  return {
    name: 'webkit',
    hasTouch: false,
    async openPage() {
      const page = new WebKitPage(driver, downloads);
      await page.resize(desktop);
      return page;
    },
    async close() {
      await driver.quit();
      server.kill();
      display.stop();
      downloads.remove();
      rmSync(settings, { recursive: true, force: true });
    },
  };
}

/** Opens the browser as soon as the driver's server listens. */
async function session(address: string, binary: string, server: ChildProcess): Promise<WebDriver> {
  const capabilities = new Capabilities({
    browserName: 'MiniBrowser',
    'webkitgtk:browserOptions': { binary, args: ['--automation', '--full-screen'] },
  });
  process.once('exit', () => server.kill());
  for (let attempt = 0; ; attempt++) {
    try {
      if ((await fetch(`${address}/status`)).ok) break;
    } catch (error) {
      if (attempt === 100 || server.exitCode !== null) throw error;
    }
    await wait(50);
  }
  return new Builder().usingServer(address).withCapabilities(capabilities).build();
}

/** The browser's one window: pages take turns in it. */
class WebKitPage implements EnginePage {
  private readonly driver: WebDriver;
  private readonly downloads: DownloadFolder;

  constructor(driver: WebDriver, downloads: DownloadFolder) {
    this.driver = driver;
    this.downloads = downloads;
  }

  goTo(address: string): Promise<void> {
    return this.driver.get(address);
  }

  reload(): Promise<void> {
    return this.driver.navigate().refresh();
  }

  async evaluate<Result, Argument>(
    compute: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result> {
    const { json, error: reason } = await this.driver.executeAsyncScript<{ json: string; error?: string }>(
      `const answer = arguments[0];
      ${jsonOf(compute, argument)}.then((json) => answer({ json }), (error) => answer({ error: String(error) }));`,
    );
    if (reason !== undefined) throw new Error(reason);
    return resultOf(json);
  }

  async click(selector: string): Promise<void> {
    try {
      await this.element(selector).click();
    } catch (thrown) {
      // The page moved it away in this moment: whoever clicks sees that nothing was clicked.
      if (!(thrown instanceof error.ElementClickInterceptedError)) throw thrown;
    }
  }

  async keyDown(key: KeyCode): Promise<void> {
    await this.driver.actions().keyDown(keys[key]).perform();
  }

  async keyUp(key: KeyCode): Promise<void> {
    await this.driver.actions().keyUp(keys[key]).perform();
  }

  async hold(selector: string): Promise<void> {
    const middle = await this.evaluate((wanted) => {
      const box = document.querySelector(wanted)?.getBoundingClientRect();
      if (box === undefined) throw new Error(`There is nothing to touch at “${wanted}”.`);
      return { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
    }, selector);
    await this.driver
      .actions()
      .move({ ...middle, duration: 0 })
      .press()
      .perform();
  }

  async release(): Promise<void> {
    await this.driver.actions().release().perform();
  }

  async enter(selector: string, text: string): Promise<void> {
    const field = this.element(selector);
    await field.clear();
    await field.sendKeys(text, Key.ENTER);
  }

  async upload(selector: string, file: string): Promise<void> {
    await this.element(selector).sendKeys(file);
  }

  download(start: () => Promise<void>): Promise<Buffer> {
    return this.downloads.next(start);
  }

  async resize({ width, height }: Size): Promise<void> {
    await this.driver.manage().window().setRect({ x: 0, y: 0, width, height });
  }

  async screenshot(): Promise<Buffer> {
    return Buffer.from(await this.driver.takeScreenshot(), 'base64');
  }

  close(): Promise<void> {
    return this.driver.get('about:blank');
  }

  private element(selector: string) {
    return this.driver.findElement(By.css(selector));
  }
}
