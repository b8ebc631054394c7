import { expose } from 'comlink';
import { sampleRays, sampleTwin } from '../twin-run';

const twinWorker = {
  sampleTwin,
  sampleRays: async (count: number, bodies: number) => sampleRays(count, bodies),
};
export type TwinWorker = typeof twinWorker;

expose(twinWorker);
