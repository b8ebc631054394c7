import { expose } from 'comlink';
import { decodeTrainingState } from '../agent/checkpoint';
import { Learner } from '../agent/learner';
import { PlaytrainError } from '../contract';
import { onContextLost } from './backend';
import { chooseBackend } from './backend-choice';
import { LearnerHost } from './learner-host';
import { holdLivenessLock } from './liveness-lock';
import { MinibatchPauses } from './minibatch-pauses';
import type { LearnerBegun, LearnerService, LearnerStart, LearnerToPage, RolloutMessage } from './protocol';

const livenessLock = holdLivenessLock();
let host: LearnerHost | null = null;
const nowMs = () => performance.now();

/** Ends the worker with a sentence for the page, which then builds a new one from the last checkpoint. */
function abandon(eventPort: MessagePort, message: string): void {
  const last: LearnerToPage = { kind: 'event', event: { kind: 'warning', message } };
  eventPort.postMessage(last);
  self.close();
}

async function begin(
  start: LearnerStart,
  actorPort: MessagePort,
  eventPort: MessagePort,
  collectorPorts: readonly MessagePort[],
): Promise<LearnerBegun> {
  const { spec, hyperparameters, checkpoint, bestReturn } = start;
  const { report: backend, createTrainer } = await chooseBackend(spec, hyperparameters, nowMs);
  let updatingOn = backend.name;
  const state = checkpoint === null ? {} : { state: decodeTrainingState(checkpoint, spec) };
  const pauses = new MinibatchPauses(hyperparameters.priority);
  const learner = Learner.create({
    spec,
    hyperparameters,
    ...state,
    clock: nowMs,
    createTrainer,
    async rechooseTrainer(settings) {
      const startedMs = nowMs();
      // A pinned backend stays, whatever the page has wished for since: another one needs other workers.
      const chosen = await chooseBackend(spec, { ...settings, backend: hyperparameters.backend }, nowMs);
      updatingOn = chosen.report.name;
      // Actor and collectors go on as they began.
      const report = { ...chosen.report, acting: backend.acting };
      host?.say({ kind: 'ready', backend: report, warmUpMs: nowMs() - startedMs });
      host?.say({ kind: 'updateStarted', version: learner.snapshot().version });
      return chosen.createTrainer;
    },
    breathe: pauses.pause,
  });
  const begun = new LearnerHost(learner, actorPort, collectorPorts, eventPort, nowMs, bestReturn, pauses);
  host = begun;
  begun.say({ kind: 'warming', backend });
  const startedMs = nowMs();
  await learner.warmUp();
  begun.say({ kind: 'ready', backend, warmUpMs: nowMs() - startedMs });
  const lost = 'The graphics context was lost.';
  // One that was only timed may go.
  onContextLost(() => updatingOn === 'webgl' && abandon(eventPort, lost));
  const sources = collectorPorts.length > 0 ? collectorPorts : [actorPort];
  sources.forEach((port, source) => {
    port.onmessage = ({ data }: MessageEvent<RolloutMessage>) => {
      begun
        .rollout(data, source)
        .catch((error: unknown) => abandon(eventPort, error instanceof Error ? error.message : lost));
    };
  });
  return { ...begun.begun(), acting: backend.acting };
}

const service: LearnerService = {
  ping: () => livenessLock,
  async begin(start, actorPort, eventPort, collectorPorts) {
    try {
      return await begin(start, actorPort, eventPort, collectorPorts);
    } catch (error) {
      if (error instanceof PlaytrainError) return { refused: error.code, message: error.message };
      throw error;
    }
  },
  async setHyperparameters(hyperparameters) {
    host?.setHyperparameters(hyperparameters);
  },
  async frames(report) {
    host?.frames(report);
  },
  async checkpoint() {
    if (host === null) throw new Error('The learner has not begun.');
    return host.checkpoint();
  },
};

expose(service);
