import { expose } from 'comlink';
import { quickHostBackend } from '../../src/agent/update-backend';
import type { ActingBackend, BackendName } from '../../src/contract';
import { type OpenedBackend, openBackend } from '../../src/workers/backend';
import { BackendChoice } from '../../src/workers/backend-choice';
import { createSparseYield } from '../../src/workers/yield';
import { actMicroseconds } from '../act-run';
import { type CurvePoint, runHyperparameters, runSeed, type SeedResult, type SeedRun } from '../learn-run';
import { loadLearned } from '../learned-game';
import { type MemorySample, sampleMemory } from '../memory-run';
import { type ProfilePart, type ProfileSubject, profileStep } from '../profile-run';
import { type RltoolsSample, type RltoolsSubject, runRltools } from '../rltools-run';
import { sampleUpdate, type UpdateSample, type UpdateSubject } from '../update-run';
import { gatherBeside } from './gather-beside';

const clock = () => performance.now();
const beside = navigator.hardwareConcurrency > 1 ? { gatherBeside } : {};

const headlessWorker = {
  openBackend: (backend: BackendName): Promise<OpenedBackend> => openBackend(backend),
  /** On the run's backend; with `auto` on the one that the autopilot chooses. */
  async runSeed(run: SeedRun, onProgress: (point: CurvePoint) => void): Promise<SeedResult> {
    const spec = await (await loadLearned(run.game)).spec();
    const settings = await runHyperparameters(run);
    const choice = new BackendChoice({
      spec,
      settings,
      clock,
      webgl: () => import('../../src/workers/webgl'),
    });
    const chosen = await (settings.backend === 'auto' ? choice.quickest((work) => work()) : choice.first());
    const { acting } = chosen.report;
    return runSeed(run, {
      backend: chosen.backend,
      acting,
      clock,
      breathe: createSparseYield(),
      onProgress,
      ...beside,
    });
  },
  runRltools: (subject: RltoolsSubject): Promise<RltoolsSample> =>
    runRltools(subject, {
      backend: quickHostBackend('wasm'),
      acting: 'wasm',
      clock,
      breathe: createSparseYield(),
      ...beside,
    }),
  actMicroseconds: (decisions: number, acting: ActingBackend): Promise<number> =>
    actMicroseconds(decisions, acting, clock),
  sampleMemory: (backend: BackendName, updates: number): Promise<MemorySample[]> =>
    sampleMemory(backend, updates, clock),
  profileStep: (subject: ProfileSubject): readonly ProfilePart[] => profileStep(subject, clock),
  sampleUpdate: (subject: UpdateSubject): Promise<UpdateSample> => sampleUpdate(subject, clock),
};
export type HeadlessWorker = typeof headlessWorker;

expose(headlessWorker);
