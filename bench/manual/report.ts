import type { BackendName } from '../../src/contract';
import { interleave, median, quantile } from '../measure';
import { type UpdatePath, type UpdateSubject, updatePaths } from '../update-run';
import { frameIntervals } from './frame-intervals';
import { OpenedWorker } from './measuring-worker';

/** What a machine was measured to do; the fields of updates are those of `npm run bench -- update`. */
export interface Report {
  readonly benchmark: 'bench.html';
  readonly date: string;
  readonly machine: Machine;
  readonly update: readonly UpdateRow[];
  readonly act: readonly { readonly acting: 'wasm' | 'cpu'; readonly microseconds: number }[];
  /** While nothing is learned (`updates: null`), and while updates follow each other without rest. */
  readonly frames: readonly FrameRow[];
  /** What could not be measured here, a sentence each. */
  readonly failures: readonly string[];
}

export interface Machine {
  readonly userAgent: string;
  readonly cores: number;
  readonly crossOriginIsolated: boolean;
  readonly devicePixelRatio: number;
  /** WebGL's, in a worker; empty where there is none. */
  readonly renderer: string;
}

export interface UpdateRow {
  readonly backend: BackendName;
  readonly path: string;
  readonly minibatch: number;
  /** Milliseconds a minibatch. */
  readonly wallMs: number;
  readonly threadMs: number;
}

export interface FrameRow {
  readonly updates: BackendName | null;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly frames: number;
}

/** How much is measured. */
export interface Extent {
  readonly minibatches: readonly number[];
  readonly rounds: number;
  readonly epochs: number;
  readonly decisions: number;
  readonly framesMs: number;
}

export const whole: Extent = {
  minibatches: [64, 256, 1024],
  rounds: 5,
  epochs: 4,
  decisions: 2_000,
  framesMs: 5_000,
};

const backends = ['webgl', 'wasm', 'cpu'] as const;
/** The way in which agents compute updates on a backend. */
const ownPath = (backend: BackendName) => updatePaths[backend].at(-1) ?? 'autodiff';

/** Besides, on a graphics processor, both ways to sum a gradient, whichever agents take there. */
const measuredPaths = (backend: BackendName): readonly UpdatePath[] =>
  updatePaths[backend].filter((path) => path.startsWith('fused,') || path === ownPath(backend));

/** Measures the machine that it runs on. What fails is said, and the rest goes on. */
export class Measurement {
  private readonly extent: Extent;
  private readonly canvas: HTMLCanvasElement;
  private readonly tell: (doing: string) => void;
  private readonly failures: string[] = [];

  /** @param tell hears what is being measured. */
  constructor(extent: Extent, canvas: HTMLCanvasElement, tell: (doing: string) => void) {
    this.extent = extent;
    this.canvas = canvas;
    this.tell = tell;
  }

  async run(): Promise<Report> {
    const workers = new Map<BackendName, OpenedWorker>();
    let renderer = '';
    for (const backend of backends) {
      this.tell(`Opening ${backend} …`);
      const worker = new OpenedWorker(backend);
      const opened = await this.attempt(backend, () => worker.opened);
      if (opened === null) worker.close();
      else workers.set(backend, worker);
      if (backend === 'webgl') renderer = opened?.renderer ?? '';
    }
    try {
      const update = await this.updates(workers);
      const act = await this.acting(workers);
      const frames = await this.frames(workers);
      const { failures } = this;
      const date = new Date().toISOString();
      return { benchmark: 'bench.html', date, machine: machine(renderer), update, act, frames, failures };
    } finally {
      for (const worker of workers.values()) worker.close();
    }
  }

  private async updates(workers: ReadonlyMap<BackendName, OpenedWorker>): Promise<readonly UpdateRow[]> {
    const { minibatches, rounds, epochs } = this.extent;
    const subjects = [...workers.keys()].flatMap((backend) =>
      measuredPaths(backend).flatMap((path) =>
        minibatches.map((minibatch): UpdateSubject => ({ backend, path, minibatch, epochs })),
      ),
    );
    const sample = (subject: UpdateSubject) => {
      const { backend, path, minibatch } = subject;
      this.tell(`Updates on ${backend}, minibatches of ${minibatch} …`);
      const worker = workers.get(backend);
      return this.attempt(
        `${backend}, ${path}, ${minibatch}`,
        async () => (await worker?.ask((remote) => remote.sampleUpdate(subject))) ?? null,
      );
    };
    // A first round compiles and warms up, and is thrown away.
    await interleave(subjects, 1, (subject) => sample({ ...subject, epochs: 1 }));
    const samples = await interleave(subjects, rounds, sample);
    return subjects.flatMap(({ backend, path, minibatch }, index) => {
      const mine = samples[index]?.filter((each) => each !== null) ?? [];
      if (mine.length === 0) return [];
      const wallMs = median(mine.map((each) => each.updateMs / each.minibatches));
      const threadMs = median(mine.map((each) => each.busyMs / each.minibatches));
      return { backend, path, minibatch, wallMs, threadMs };
    });
  }

  private async acting(workers: ReadonlyMap<BackendName, OpenedWorker>): Promise<Report['act']> {
    const rows: Report['act'][number][] = [];
    const worker = workers.get('cpu');
    if (worker === undefined) return rows;
    for (const acting of ['wasm', 'cpu'] as const) {
      this.tell(`The actor, computing on ${acting} …`);
      const microseconds = await this.attempt(`acting on ${acting}`, () =>
        worker.ask((remote) => remote.actMicroseconds(this.extent.decisions, acting)),
      );
      if (microseconds !== null) rows.push({ acting, microseconds });
    }
    return rows;
  }

  private async frames(workers: ReadonlyMap<BackendName, OpenedWorker>): Promise<readonly FrameRow[]> {
    const rows: FrameRow[] = [];
    for (const updates of [null, ...workers.keys()]) {
      this.tell(`Frames, ${updates === null ? 'nothing learning' : `updates on ${updates}`} …`);
      const intervalsMs = await this.attempt('frames', () => this.framesBeside(updates, workers));
      if (intervalsMs === null || intervalsMs.length === 0) continue;
      const [p50Ms, p99Ms] = [quantile(intervalsMs, 0.5), quantile(intervalsMs, 0.99)];
      rows.push({ updates, p50Ms, p99Ms, frames: intervalsMs.length });
    }
    return rows;
  }

  /** Frames while updates follow each other on a backend, without the rest that an agent gives the game. */
  private async framesBeside(
    backend: BackendName | null,
    workers: ReadonlyMap<BackendName, OpenedWorker>,
  ): Promise<readonly number[]> {
    let isOver = false;
    const intervals = frameIntervals(this.canvas, this.extent.framesMs).finally(() => {
      isOver = true;
    });
    const worker = backend === null ? undefined : workers.get(backend);
    while (!isOver && backend !== null && worker !== undefined) {
      const subject = { backend, path: ownPath(backend), minibatch: 256, epochs: 1 };
      await worker.ask((remote) => remote.sampleUpdate(subject));
    }
    return intervals;
  }

  private async attempt<Result>(what: string, work: () => Promise<Result>): Promise<Result | null> {
    try {
      return await work();
    } catch (error) {
      this.failures.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    }
  }
}

function machine(renderer: string): Machine {
  const { userAgent, hardwareConcurrency } = navigator;
  const { crossOriginIsolated, devicePixelRatio } = window;
  return { userAgent, cores: hardwareConcurrency, crossOriginIsolated, devicePixelRatio, renderer };
}
