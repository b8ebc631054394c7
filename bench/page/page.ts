import { proxy, type Remote, wrap } from 'comlink';
import type { BackendName, BackendReport } from '../../src/contract';
import type { CurvePoint, SeedResult, SeedRun } from '../learn-run';
import type { UpdateSample, UpdateSubject } from '../update-run';
import type { HeadlessWorker } from './headless.worker';

/** What the command line calls, through Playwright. */
export interface Tools {
  backendReport(backend: BackendName): Promise<BackendReport>;
  runSeed(run: SeedRun): Promise<SeedResult>;
  sampleUpdate(subject: UpdateSubject): Promise<UpdateSample>;
  actMicroseconds(decisions: number): Promise<number>;
}

declare global {
  interface Window {
    tools: Tools;
    reportProgress(point: CurvePoint): Promise<void>;
  }
}

interface OpenWorker {
  readonly remote: Remote<HeadlessWorker>;
  /** Rejects when the worker dies, which a pending call would never notice. */
  readonly death: Promise<never>;
  readonly report: Promise<BackendReport>;
  terminate(): void;
}

function open(backend: BackendName): OpenWorker {
  const worker = new Worker(new URL('./headless.worker.ts', import.meta.url), { type: 'module' });
  const death = new Promise<never>((_, reject) => {
    worker.onerror = (event) => reject(new Error(`The tools' worker died: ${event.message}`));
  });
  const remote = wrap<HeadlessWorker>(worker);
  const report = Promise.race([remote.openBackend(backend), death]);
  return { remote, death, report, terminate: () => worker.terminate() };
}

/** One worker a backend, kept: the benchmarks come back to it in every round. */
const kept = new Map<BackendName, OpenWorker>();

function keptWorker(backend: BackendName): OpenWorker {
  const found = kept.get(backend) ?? open(backend);
  kept.set(backend, found);
  return found;
}

window.tools = {
  async backendReport(backend) {
    const worker = open(backend);
    try {
      return await worker.report;
    } finally {
      worker.terminate();
    }
  },
  async runSeed(run) {
    const worker = open(run.backend);
    try {
      await worker.report;
      const onProgress = proxy((point: CurvePoint) => void window.reportProgress(point));
      return await Promise.race([worker.remote.runSeed(run, onProgress), worker.death]);
    } finally {
      worker.terminate();
    }
  },
  async actMicroseconds(decisions) {
    const worker = keptWorker('cpu');
    await worker.report;
    return Promise.race([worker.remote.actMicroseconds(decisions), worker.death]);
  },
  async sampleUpdate(subject) {
    const worker = keptWorker(subject.backend);
    await worker.report;
    return Promise.race([worker.remote.sampleUpdate(subject), worker.death]);
  },
};
