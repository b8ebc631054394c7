import { expose, transfer } from 'comlink';
import type { CapturedUpdate } from '../contract';
import type { WebglPart } from './backend-choice';
import type { LearnerService } from './protocol';
import { orRefusal } from './refusal';
import { serveLiveness } from './serve-liveness';
import { ServedLearner } from './served-learner';
import type { SharingPlace } from './update-sharing';

export interface ServeLearnerOptions {
  /** Fetches what computes on WebGL; without it the learner computes on the processor alone. */
  readonly webgl?: WebglPart;
  /** What threads that share in updates are chosen by, for tests. */
  readonly place?: SharingPlace;
}

/** Makes this worker a learner. */
export function serveLearner({ webgl, place }: ServeLearnerOptions = {}): void {
  let begun: ServedLearner | null = null;

  function learner(): ServedLearner {
    if (begun === null) throw new Error('The learner has not begun.');
    return begun;
  }

  const service: LearnerService = {
    ...serveLiveness(),
    begin: (start, ports) =>
      orRefusal(async () => {
        begun = await ServedLearner.begin(start, ports, webgl ?? null, place);
        return begun.begun();
      }),
    replaceCollectors: (ports) => learner().replaceCollectors(ports),
    setHyperparameters: (hyperparameters) =>
      orRefusal(() => {
        learner().setHyperparameters(hyperparameters);
        return null;
      }),
    setLockstep: (on) => learner().setLockstep(on),
    async frames(report) {
      begun?.host.frames(report);
    },
    async checkpoint() {
      const bytes = learner().host.checkpoint();
      return transfer(bytes, [bytes.buffer]);
    },
    async captureUpdate(arena, seat) {
      const captured = await learner().host.captureUpdate(arena, seat);
      return captured === null ? null : transfer(captured, columnsOf(captured));
    },
    async unsentCheckpoint() {
      const checkpoint = learner().host.unsentCheckpoint();
      return checkpoint === null ? null : transfer(checkpoint, [checkpoint.bytes.buffer]);
    },
  };

  expose(service);
}

/** The memory of all its columns, to be moved. */
function columnsOf(captured: CapturedUpdate): ArrayBuffer[] {
  return Object.values(captured).flatMap((column: unknown) =>
    ArrayBuffer.isView(column) ? [column.buffer as ArrayBuffer] : [],
  );
}
