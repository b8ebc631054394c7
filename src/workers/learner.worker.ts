import { expose } from 'comlink';
import { decodeTrainingState } from '../agent/checkpoint';
import { Learner } from '../agent/learner';
import { PlaytrainError } from '../contract';
import { onContextLost, openBackend } from './backend';
import type { LearnerBegun, LearnerDoor, LearnerStart, LearnerToPage, RolloutMessage } from './doors';
import { LearnerHost } from './learner-host';
import { holdLifeline } from './lifeline';
import { createYield } from './yield';

const lifeline = holdLifeline();
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
): Promise<LearnerBegun> {
  const { spec, hyperparameters, checkpoint, bestReturn } = start;
  const backend = await openBackend(hyperparameters.backend);
  const state = checkpoint === null ? {} : { state: decodeTrainingState(checkpoint, spec) };
  const learner = Learner.create({
    spec,
    hyperparameters,
    ...state,
    clock: nowMs,
    breathe: createYield(),
  });
  const begun = new LearnerHost(learner, actorPort, eventPort, nowMs, bestReturn);
  host = begun;
  begun.say({ kind: 'warming', backend });
  const startedMs = nowMs();
  await learner.warmUp();
  begun.say({ kind: 'ready', backend, warmUpMs: nowMs() - startedMs });
  const lost = 'The graphics context was lost.';
  onContextLost(() => abandon(eventPort, lost));
  actorPort.onmessage = ({ data }: MessageEvent<RolloutMessage>) => {
    begun
      .rollout(data)
      .catch((error: unknown) => abandon(eventPort, error instanceof Error ? error.message : lost));
  };
  return begun.begun();
}

const door: LearnerDoor = {
  ping: () => lifeline,
  async begin(start, actorPort, eventPort) {
    try {
      return await begin(start, actorPort, eventPort);
    } catch (error) {
      if (error instanceof PlaytrainError) return { refused: error.code, message: error.message };
      throw error;
    }
  },
  async setHyperparameters(hyperparameters) {
    host?.setHyperparameters(hyperparameters);
  },
  async checkpoint() {
    if (host === null) throw new Error('The learner has not begun.');
    return host.checkpoint();
  },
};

expose(door);
