import { expose } from 'comlink';
import type { BackendName, BackendReport } from '../../src/contract';
import { openBackend } from '../../src/workers/backend';
import { createYield } from '../../src/workers/yield';
import { actMicroseconds } from '../act-run';
import { type CurvePoint, runSeed, type SeedResult, type SeedRun } from '../learn-run';
import { sampleUpdate, type UpdateSample, type UpdateSubject } from '../update-run';

const clock = () => performance.now();

const headlessWorker = {
  openBackend: (backend: BackendName): Promise<BackendReport> => openBackend(backend),
  runSeed: (run: SeedRun, onProgress: (point: CurvePoint) => void): Promise<SeedResult> =>
    runSeed(run, { clock, breathe: createYield(), onProgress }),
  actMicroseconds: (decisions: number): number => actMicroseconds(decisions, clock),
  sampleUpdate: (subject: UpdateSubject): Promise<UpdateSample> => sampleUpdate(subject, clock),
};
export type HeadlessWorker = typeof headlessWorker;

expose(headlessWorker);
