import { expose } from 'comlink';
import type { SimdKernels } from '../../src/contract';
import type { Contender, PeerSubject } from '../peers-run';

const clock = () => performance.now();

/** Loaded only once it is settled whether there are threads: jax-js looks as it loads. */
const peers = () => import('../peers-run');

const peersWorker = {
  /** From now on nothing here can share memory, so that libraries run on one thread. */
  stayOnOneThread(): void {
    Reflect.deleteProperty(globalThis, 'SharedArrayBuffer');
  },
  canShareMemory: () => typeof SharedArrayBuffer !== 'undefined',
  oursSimd: async (): Promise<SimdKernels | null> => (await peers()).oursSimd(),
  firstMean: async (contender: Contender, minibatch: number): Promise<Float32Array> =>
    (await peers()).firstMean(contender, minibatch),
  samplePeer: async (subject: PeerSubject): Promise<number> => (await peers()).samplePeer(subject, clock),
};
export type PeersWorker = typeof peersWorker;

expose(peersWorker);
