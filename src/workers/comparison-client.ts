import { proxy } from 'comlink';
import type { ComparedPoint } from '../contract';
import type { ComparedRun } from './comparison-host';
import type { LivingService } from './protocol';
import { granted, type Refusal } from './refusal';
import { WorkerHandle } from './worker-handle';

/** What the page may ask of a worker that trains runs to be compared. */
export interface ComparisonService extends LivingService {
  train(
    run: ComparedRun,
    onPoint: (point: ComparedPoint) => void,
  ): Promise<readonly ComparedPoint[] | Refusal>;
}

/** The page's side of such a worker, which trains one run at a time. */
export class ComparisonClient {
  private readonly worker: WorkerHandle<ComparisonService>;

  /** @param make makes a worker whose file calls `serveComparison`. */
  constructor(make: (name: string) => Worker) {
    this.worker = new WorkerHandle<ComparisonService>({ role: 'comparison worker', make, lost: () => {} });
  }

  /** @throws PlaytrainError where it cannot be trained, or the worker is gone. */
  async train(run: ComparedRun, onPoint: (point: ComparedPoint) => void): Promise<readonly ComparedPoint[]> {
    return granted(await this.worker.call((comparison) => comparison.train(run, proxy(onPoint))));
  }

  /** Ends the worker, and with it a run under way. */
  dispose(): void {
    this.worker.close();
  }
}
