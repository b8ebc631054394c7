import { proxy, type Remote, wrap } from 'comlink';
import type { ActingBackend, BackendName, SimdKernels } from '../../src/contract';
import type { OpenedBackend } from '../../src/workers/backend';
import type { HandOverSample, HandOverSubject } from '../hand-over-run';
import type { CurvePoint, SeedResult, SeedRun } from '../learn-run';
import type { MemorySample } from '../memory-run';
import type { Lane, PeerSubject } from '../peers-run';
import type { ProfilePart, ProfileSubject } from '../profile-run';
import type { RltoolsSample, RltoolsSubject } from '../rltools-run';
import type { TwinSubject } from '../twin-run';
import type { UpdateSample, UpdateSubject } from '../update-run';
import type { HeadlessWorker } from './headless.worker';
import type { PeersWorker } from './peers.worker';
import { sampleHandOver } from './sample-hand-over';
import type { TwinWorker } from './twin.worker';

/** What the command line calls, through Playwright. */
export interface Tools {
  /** What drives WebGL here. */
  renderer(): Promise<string>;
  runSeed(run: SeedRun): Promise<SeedResult>;
  sampleUpdate(subject: UpdateSubject): Promise<UpdateSample>;
  /** Which kernels ours runs in a lane’s worker. */
  oursSimd(lane: Lane): Promise<SimdKernels | null>;
  samplePeer(lane: Lane, subject: PeerSubject): Promise<number>;
  firstMean(lane: Lane, minibatch: number): Promise<number[]>;
  profileStep(subject: ProfileSubject): Promise<readonly ProfilePart[]>;
  runRltools(subject: RltoolsSubject): Promise<RltoolsSample>;
  sampleTwin(subject: TwinSubject): Promise<number>;
  sampleRays(rays: number, bodies: number): Promise<number>;
  sampleHandOver(subject: HandOverSubject): Promise<HandOverSample>;
  sampleMemory(backend: BackendName, updates: number): Promise<MemorySample[]>;
  actMicroseconds(decisions: number, acting: ActingBackend): Promise<number>;
}

declare global {
  interface Window {
    tools: Tools;
    reportProgress(point: CurvePoint): Promise<void>;
  }
}

interface LivingWorker {
  readonly remote: Remote<HeadlessWorker>;
  /** Rejects when the worker dies, which a pending call would never notice. */
  readonly death: Promise<never>;
  terminate(): void;
}

interface OpenWorker extends LivingWorker {
  readonly opened: Promise<OpenedBackend>;
}

function spawn(): LivingWorker {
  const worker = new Worker(new URL('./headless.worker.ts', import.meta.url), { type: 'module' });
  const death = new Promise<never>((_, reject) => {
    worker.onerror = (event) => reject(new Error(`The tools' worker died: ${event.message}`));
  });
  const remote = wrap<HeadlessWorker>(worker);
  return { remote, death, terminate: () => worker.terminate() };
}

async function inTwinWorker<Answer>(ask: (worker: Remote<TwinWorker>) => Promise<Answer>): Promise<Answer> {
  const worker = new Worker(new URL('./twin.worker.ts', import.meta.url), { type: 'module' });
  const death = new Promise<never>((_, reject) => {
    worker.onerror = (event) => reject(new Error(`The twin's worker died: ${event.message}`));
  });
  try {
    return await Promise.race([ask(wrap<TwinWorker>(worker)), death]);
  } finally {
    worker.terminate();
  }
}

function open(backend: BackendName): OpenWorker {
  const living = spawn();
  return { ...living, opened: Promise.race([living.remote.openBackend(backend), living.death]) };
}

/** One worker a backend, kept: the benchmarks come back to it in every round. */
const kept = new Map<BackendName, OpenWorker>();

function keptWorker(backend: BackendName): OpenWorker {
  const found = kept.get(backend) ?? open(backend);
  kept.set(backend, found);
  return found;
}

/** One worker a contender, with threads or without. */
const lanes = new Map<string, Promise<Remote<PeersWorker>>>();

function lane({ contender, threads }: Lane): Promise<Remote<PeersWorker>> {
  const name = `${contender} ${threads}`;
  const found = lanes.get(name) ?? openLane(threads);
  lanes.set(name, found);
  return found;
}

async function openLane(threads: boolean): Promise<Remote<PeersWorker>> {
  const worker = new Worker(new URL('./peers.worker.ts', import.meta.url), { type: 'module' });
  const remote = wrap<PeersWorker>(worker);
  if (!threads) await remote.stayOnOneThread();
  if ((await remote.canShareMemory()) !== threads) {
    throw new Error(threads ? 'This page cannot share memory.' : 'A worker could not be kept to one thread.');
  }
  return remote;
}

window.tools = {
  sampleHandOver,
  oursSimd: async (where) => (await lane(where)).oursSimd(),
  async samplePeer(where, subject) {
    return (await lane(where)).samplePeer(subject);
  },
  async firstMean(where, minibatch) {
    return [...(await (await lane(where)).firstMean(where.contender, minibatch))];
  },
  async renderer() {
    const worker = open('webgl');
    try {
      return (await worker.opened).renderer;
    } finally {
      worker.terminate();
    }
  },
  async runSeed(run) {
    const worker = spawn();
    try {
      const onProgress = proxy((point: CurvePoint) => void window.reportProgress(point));
      return await Promise.race([worker.remote.runSeed(run, onProgress), worker.death]);
    } finally {
      worker.terminate();
    }
  },
  async runRltools(subject) {
    const worker = spawn();
    try {
      return await Promise.race([worker.remote.runRltools(subject), worker.death]);
    } finally {
      worker.terminate();
    }
  },
  async sampleTwin(subject) {
    const { loadedAssets } = await import('./loaded-assets');
    const assets = await loadedAssets(subject.game);
    return inTwinWorker((worker) => worker.sampleTwin({ ...subject, assets }));
  },
  sampleRays: (rays, bodies) => inTwinWorker((worker) => worker.sampleRays(rays, bodies)),
  async profileStep(subject) {
    const worker = spawn();
    try {
      return await Promise.race([worker.remote.profileStep(subject), worker.death]);
    } finally {
      worker.terminate();
    }
  },
  async actMicroseconds(decisions, acting) {
    const worker = keptWorker('cpu');
    await worker.opened;
    return Promise.race([worker.remote.actMicroseconds(decisions, acting), worker.death]);
  },
  async sampleMemory(backend, updates) {
    const worker = open(backend);
    try {
      await worker.opened;
      return await Promise.race([worker.remote.sampleMemory(backend, updates), worker.death]);
    } finally {
      worker.terminate();
    }
  },
  async sampleUpdate(subject) {
    const worker = keptWorker(subject.backend);
    await worker.opened;
    return Promise.race([worker.remote.sampleUpdate(subject), worker.death]);
  },
};
