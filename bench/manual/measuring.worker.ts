import { expose } from 'comlink';
import type { ActingBackend, BackendName } from '../../src/contract';
import { type OpenedBackend, openBackend } from '../../src/workers/backend';
import { actMicroseconds } from '../act-run';
import { sampleUpdate, type UpdateSample, type UpdateSubject } from '../update-run';

const clock = () => performance.now();

const measuringWorker = {
  openBackend: (backend: BackendName): Promise<OpenedBackend> => openBackend(backend),
  sampleUpdate: (subject: UpdateSubject): Promise<UpdateSample> => sampleUpdate(subject, clock),
  actMicroseconds: (decisions: number, acting: ActingBackend): Promise<number> =>
    actMicroseconds(decisions, acting, clock),
};
export type MeasuringWorker = typeof measuringWorker;

expose(measuringWorker);
