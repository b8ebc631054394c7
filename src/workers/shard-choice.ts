import { isWorthSharing } from '../agent/shards/team';
import type { SharingTrial } from '../agent/sharing-trial';
import type { BackendReport } from '../contract';

/** More gain little at the sizes that games need. */
const mostShards = 4;
/** Less is not worth keeping other cores busy. */
const leastGain = 1.1;

/** What speaks for threads and against them. */
export interface ShardQuestion {
  /** `navigator.hardwareConcurrency`; browsers need not tell it. */
  readonly cores: number | undefined;
  /** Each has a core of its own. */
  readonly collectors: number;
  readonly onWebAssembly: boolean;
  /** Multiplications and additions of a minibatch. */
  readonly operations: number;
}

/**
 * How many threads could share in updates, the learner's own among them: besides it, one for each core that neither the
 * page nor a collector has. What acts on the page takes little.
 */
export function shardsWorthTrying({ cores, collectors, onWebAssembly, operations }: ShardQuestion): number {
  if (!onWebAssembly || !isWorthSharing(operations)) return 1;
  return Math.max(1, Math.min(mostShards, (cores ?? 1) - collectors));
}

/** How many to use of those that were tried. */
export function shardsToUse(tried: number, { aloneMs, sharedMs }: SharingTrial): number {
  return aloneMs >= leastGain * sharedMs ? tried : 1;
}

/** What is to be told of a learner that is alone although several threads are worth trying. */
export function aloneBecause(worthTrying: number, isIsolated: boolean): BackendReport['aloneBecause'] {
  return worthTrying > 1 && !isIsolated ? 'notIsolated' : null;
}
