import { expose, transfer } from 'comlink';
import { longestStepMs } from '../agent/autopilot';
import { decodeTrainingState } from '../agent/checkpoint';
import { Learner } from '../agent/learner';
import { policyLayout } from '../agent/policy';
import type { Hyperparameters } from '../contract';
import { onContextLost } from './backend';
import { chooseBackend } from './backend-choice';
import { LearnerHost } from './learner-host';
import { holdLivenessLock } from './liveness-lock';
import { MinibatchPauses } from './minibatch-pauses';
import type {
  LearnerBegun,
  LearnerPorts,
  LearnerService,
  LearnerStart,
  LearnerToPage,
  RolloutMessage,
} from './protocol';
import { orRefusal } from './refusal';

/** Opening a backend and compiling its programs take a slow machine so long, at most. */
const longestCompilationMs = 100_000;
const lostMessage = 'The graphics context was lost.';

const livenessLock = holdLivenessLock();
const nowMs = () => performance.now();
let begun: BegunLearner | null = null;

/** A learner that has begun, and what joins it to the other threads. */
class BegunLearner {
  readonly host: LearnerHost;
  private readonly acting: LearnerBegun['acting'];
  private readonly page: MessagePort;
  private collectorPorts: readonly MessagePort[];

  constructor(host: LearnerHost, acting: LearnerBegun['acting'], ports: LearnerPorts) {
    this.host = host;
    this.acting = acting;
    this.page = ports.page;
    this.collectorPorts = ports.collectors;
    this.receive(ports.collectors.length > 0 ? ports.collectors : [ports.actor]);
  }

  begun(): LearnerBegun {
    return { ...this.host.begun(), acting: this.acting };
  }

  async replaceCollectors(ports: readonly MessagePort[]): Promise<LearnerBegun> {
    for (const port of this.collectorPorts) port.close();
    this.collectorPorts = ports;
    const start = await this.host.replaceCollectors(ports);
    this.receive(ports);
    return { ...start, acting: this.acting };
  }

  private receive(sources: readonly MessagePort[]): void {
    sources.forEach((port, source) => {
      port.onmessage = ({ data }: MessageEvent<RolloutMessage>) => {
        this.host.rollout(data, source).catch((error: unknown) => {
          end(this.page, error instanceof Error ? error.message : lostMessage);
        });
      };
    });
  }
}

function post(page: MessagePort, message: LearnerToPage): void {
  page.postMessage(message);
}

/** Ends the worker with a sentence for the page, which then builds a new one from the last checkpoint. */
function end(page: MessagePort, message: string): void {
  post(page, { kind: 'ending', message });
  self.close();
}

async function begin(start: LearnerStart, ports: LearnerPorts): Promise<BegunLearner> {
  const { spec, hyperparameters, checkpoint, bestReturn, withoutGraphics } = start;
  const tellLongestStep = (settings: Hyperparameters, compilationMs = 0) => {
    const durationMs = compilationMs + longestStepMs(policyLayout(spec, settings), settings.minibatchSize);
    post(ports.page, { kind: 'longestStep', durationMs });
  };
  tellLongestStep(hyperparameters);
  const choose = (settings: Hyperparameters) =>
    chooseBackend({ spec, settings, withoutGraphics, clock: nowMs });
  const { report: backend, createTrainer } = await choose(hyperparameters);
  let updatingOn = backend.name;
  const pauses = new MinibatchPauses(hyperparameters.priority);
  const learner = Learner.create({
    spec,
    hyperparameters,
    ...(checkpoint !== null && { state: decodeTrainingState(checkpoint, spec) }),
    clock: nowMs,
    createTrainer,
    async rechooseTrainer(settings) {
      const startedMs = nowMs();
      tellLongestStep(settings, longestCompilationMs);
      // A pinned backend stays, whatever the page has wished for since: another one needs other workers.
      const chosen = await choose({ ...settings, backend: hyperparameters.backend });
      tellLongestStep(settings);
      updatingOn = chosen.report.name;
      // Actor and collectors go on as they began.
      const report = { ...chosen.report, acting: backend.acting };
      host.say({ kind: 'ready', backend: report, warmUpMs: nowMs() - startedMs });
      host.say({ kind: 'updateStarted', version: learner.version });
      return chosen.createTrainer;
    },
    breathe: pauses.pause,
  });
  const host = new LearnerHost({
    learner,
    actor: ports.actor,
    collectors: ports.collectors,
    page: ports.page,
    pauses,
    bestReturn,
    nowMs,
    later: (durationMs, work) => setTimeout(work, durationMs),
  });
  host.say({ kind: 'warming', backend });
  const startedMs = nowMs();
  await learner.warmUp();
  host.say({ kind: 'ready', backend, warmUpMs: nowMs() - startedMs });
  // One that was only timed may go.
  onContextLost(() => updatingOn === 'webgl' && end(ports.page, lostMessage));
  return new BegunLearner(host, backend.acting, ports);
}

function learner(): BegunLearner {
  if (begun === null) throw new Error('The learner has not begun.');
  return begun;
}

const service: LearnerService = {
  ping: () => livenessLock,
  begin: (start, ports) =>
    orRefusal(async () => {
      begun = await begin(start, ports);
      return begun.begun();
    }),
  replaceCollectors: (ports) => learner().replaceCollectors(ports),
  setHyperparameters: (hyperparameters) =>
    orRefusal(() => {
      learner().host.setHyperparameters(hyperparameters);
      return null;
    }),
  async frames(report) {
    begun?.host.frames(report);
  },
  async checkpoint() {
    const bytes = learner().host.checkpoint();
    return transfer(bytes, [bytes.buffer]);
  },
  async unsentCheckpoint() {
    const checkpoint = learner().host.unsentCheckpoint();
    return checkpoint === null ? null : transfer(checkpoint, [checkpoint.bytes.buffer]);
  },
};

expose(service);
