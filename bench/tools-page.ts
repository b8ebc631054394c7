import { resolve } from 'node:path';
import { build } from 'vite';
import { ensureBrowser } from '../scripts/ensure-browser.mjs';
import { isolation } from '../scripts/isolation.mjs';
import type { ActingBackend, BackendName, SimdKernels } from '../src/contract';
import type { HandOverSample, HandOverSubject } from './hand-over-run';
import type { CurvePoint, SeedResult, SeedRun } from './learn-run';
import type { MemorySample } from './memory-run';
import type { Lane, PeerSubject } from './peers-run';
import type { ProfilePart, ProfileSubject } from './profile-run';
import type { RltoolsSample, RltoolsSubject } from './rltools-run';
import { serveToBrowser } from './served-browser';
import type { TwinSubject } from './twin-run';
import type { UpdateSample, UpdateSubject } from './update-run';

/** Headless Chromium with a page that runs tools in workers, on the backends that only a browser has. */
export interface ToolsPage {
  /** Name and version. */
  readonly browser: string;
  /** What drives WebGL in it. */
  renderer(): Promise<string>;
  /** One seed in a worker of its own. */
  runSeed(run: SeedRun, onProgress: (point: CurvePoint) => void): Promise<SeedResult>;
  /** One update in the backend's own worker, which stays for the next. */
  sampleUpdate(subject: UpdateSubject): Promise<UpdateSample>;
  /** What the parts of one step take, in a worker of its own. */
  profileStep(subject: ProfileSubject): Promise<readonly ProfilePart[]>;
  /** RLtools' Pendulum job, on WebAssembly in a worker of its own. */
  runRltools(subject: RltoolsSubject): Promise<RltoolsSample>;
  /** Steps a second of a game's twin, in a worker of its own. */
  sampleTwin(subject: TwinSubject): Promise<number>;
  /** Microseconds of one reading of rays among boxes. */
  sampleRays(rays: number, bodies: number): Promise<number>;
  /** Decisions or rollouts handed over between threads; the page must be isolated. */
  sampleHandOver(subject: HandOverSubject): Promise<HandOverSample>;
  /** Which kernels ours runs in a lane's worker. */
  oursSimd(lane: Lane): Promise<SimdKernels | null>;
  /** Milliseconds a step, in the lane's own worker, which stays for the next. */
  samplePeer(lane: Lane, subject: PeerSubject): Promise<number>;
  /** Adam's mean after one step from zeros. */
  firstMean(lane: Lane, minibatch: number): Promise<number[]>;
  /** What is held after each of `updates` updates. */
  sampleMemory(backend: BackendName, updates: number): Promise<MemorySample[]>;
  /** Microseconds that the actor computes for one decision of 16 arenas. */
  actMicroseconds(decisions: number, acting: ActingBackend): Promise<number>;
  close(): Promise<void>;
}

const firstPort = 4373;

/**
 * Builds the tools page, serves it on a free local port and opens it.
 *
 * @param options whether the page is cross-origin isolated; it is not unless asked for.
 * @throws Error with a sentence when there is no browser or the page does not open.
 */
export async function openToolsPage(options: { readonly isolated?: boolean } = {}): Promise<ToolsPage> {
  await ensureBrowser();
  const configFile = resolve(import.meta.dirname, 'page/vite.config.ts');
  await build({ configFile, logLevel: 'warn' });
  const { browser, address, close } = await serveToBrowser(
    configFile,
    firstPort,
    options.isolated === true ? isolation : {},
  );
  try {
    const page = await browser.newPage();
    let listener: (point: CurvePoint) => void = () => {};
    await page.exposeFunction('reportProgress', (point: CurvePoint) => listener(point));
    await page.goto(address);
    await page.waitForFunction(() => 'tools' in window);
    return {
      browser: `Chromium ${browser.version()}`,
      renderer: () => page.evaluate(() => window.tools.renderer()),
      runSeed: (run, onProgress) => {
        listener = onProgress;
        return page.evaluate((seedRun) => window.tools.runSeed(seedRun), run);
      },
      sampleUpdate: (subject) => page.evaluate((what) => window.tools.sampleUpdate(what), subject),
      profileStep: (subject) => page.evaluate((what) => window.tools.profileStep(what), subject),
      runRltools: (subject) => page.evaluate((what) => window.tools.runRltools(what), subject),
      sampleTwin: (subject) => page.evaluate((what) => window.tools.sampleTwin(what), subject),
      sampleRays: (rays, bodies) =>
        page.evaluate(([count, among]) => window.tools.sampleRays(count, among), [rays, bodies] as const),
      sampleHandOver: (subject) => page.evaluate((what) => window.tools.sampleHandOver(what), subject),
      oursSimd: (lane) => page.evaluate((where) => window.tools.oursSimd(where), lane),
      samplePeer: (lane, subject) =>
        page.evaluate(([where, what]) => window.tools.samplePeer(where, what), [lane, subject] as const),
      firstMean: (lane, minibatch) =>
        page.evaluate(([where, size]) => window.tools.firstMean(where, size), [lane, minibatch] as const),
      sampleMemory: (backend, updates) =>
        page.evaluate(([name, count]) => window.tools.sampleMemory(name, count), [backend, updates] as const),
      actMicroseconds: (decisions, acting) =>
        page.evaluate(([count, where]) => window.tools.actMicroseconds(count, where), [
          decisions,
          acting,
        ] as const),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
