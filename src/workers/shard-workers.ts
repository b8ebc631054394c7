import { isSharingAvailable } from '../agent/kernels/simd/kernels';
import type { ShardStart } from '../agent/shards/shard';
import type { ShardThreads } from '../agent/shards/team';

/** Whether this page, or worker, may share memory with workers of its own. */
export function canShareMemory(): boolean {
  return crossOriginIsolated && isSharingAvailable('plain');
}

/** Workers that take a share of updates. They are made when there is something to share for the first time. */
export class ShardWorkers implements ShardThreads {
  private readonly onLost: () => void;
  private readonly create: () => Worker;
  private readonly workers: Worker[] = [];
  private wished = 0;
  private isLost = false;

  /** @param onLost one of them failed, so that none is asked any more; called once. */
  constructor(onLost: () => void, create: () => Worker = createShardWorker) {
    this.onLost = onLost;
    this.create = create;
  }

  get count(): number {
    return this.isLost ? 0 : this.wished;
  }

  /** How many are to be there from now on; those that are too many sleep. */
  set count(wished: number) {
    this.wished = wished;
  }

  join(start: ShardStart): void {
    for (const worker of this.made()) worker.postMessage(start);
  }

  /** Makes them at once, for whoever measures. @returns once all can be asked to join. */
  async listening(): Promise<void> {
    const heard = this.made().map(
      (worker) =>
        new Promise((resolve) => {
          worker.onmessage = resolve;
        }),
    );
    await Promise.all(heard);
  }

  giveUp(): void {
    if (this.isLost) return;
    this.isLost = true;
    this.dispose();
    this.onLost();
  }

  /** Ends them. Trainers that they shared in go on alone. */
  dispose(): void {
    this.wished = 0;
    for (const worker of this.workers.splice(0)) worker.terminate();
  }

  private made(): readonly Worker[] {
    while (this.workers.length < this.count) {
      const worker = this.create();
      worker.onerror = (event) => {
        event.preventDefault();
        this.giveUp();
      };
      this.workers.push(worker);
    }
    return this.workers.slice(0, this.count);
  }
}

function createShardWorker(): Worker {
  return new Worker(new URL('./shard.worker.ts', import.meta.url), { type: 'module', name: 'shard' });
}
