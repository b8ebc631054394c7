import { longestStepMs } from '../agent/autopilot';
import { decodeTrainingState } from '../agent/checkpoint';
import { hostBackend } from '../agent/host-backend';
import { Learner } from '../agent/learner';
import { policyLayout } from '../agent/policy';
import { quickHostBackend, repeatable, type UpdateBackend } from '../agent/update-backend';
import { type Hyperparameters, sentenceOf } from '../contract';
import { BackendChoice, type BackendDecision } from './backend-choice';
import { LearnerHost } from './learner-host';
import { MinibatchPauses } from './minibatch-pauses';
import type { LearnerBegun, LearnerPorts, LearnerStart, LearnerToPage, RolloutMessage } from './protocol';

/** Opening a backend and compiling its programs take a slow machine so long, at most. */
const longestCompilationMs = 100_000;
const lostMessage = 'The graphics context was lost.';

const nowMs = () => performance.now();

/** A learner that has begun, what it computes with, and what joins it to the other threads. */
export class ServedLearner {
  readonly host: LearnerHost;
  private readonly start: LearnerStart;
  private readonly page: MessagePort;
  private readonly learner: Learner;
  private readonly acting: LearnerBegun['acting'];
  private collectorPorts: readonly MessagePort[];
  private backend: BackendDecision;
  /** What computes: the backend, or in lockstep the form of it that repeats. */
  private computing: UpdateBackend;
  private lockstep = false;
  /** The newest wish; what is chosen for one before it comes too late. */
  private choice: BackendChoice | null = null;
  private isChoiceDue = false;

  private constructor(start: LearnerStart, ports: LearnerPorts, first: BackendDecision) {
    const { spec, hyperparameters, checkpoint, best } = start;
    this.start = start;
    this.page = ports.page;
    this.collectorPorts = ports.collectors;
    this.backend = first;
    this.computing = first.backend;
    this.acting = first.report.acting;
    const pauses = new MinibatchPauses(hyperparameters.priority);
    this.learner = Learner.create({
      spec,
      hyperparameters,
      ...(checkpoint !== null && { state: decodeTrainingState(checkpoint, spec) }),
      clock: nowMs,
      backend: first.backend,
      breathe: pauses.pause,
    });
    this.host = new LearnerHost({
      learner: this.learner,
      actor: ports.actor,
      collectors: ports.collectors,
      page: ports.page,
      pauses,
      best,
      nowMs,
      later: (durationMs, work) => setTimeout(work, durationMs),
      lost: (error) => end(ports.page, error instanceof Error ? error.message : lostMessage),
      updated: () => this.updated(),
      failed: () => this.failed(),
    });
    this.watchContext(first);
  }

  /** @throws PlaytrainError when the backend is not there or the checkpoint does not fit. */
  static async begin(start: LearnerStart, ports: LearnerPorts): Promise<ServedLearner> {
    const { spec, hyperparameters: settings, withoutGraphics } = start;
    const choice = new BackendChoice({ spec, settings, withoutGraphics, clock: nowMs });
    tellLongestStep(ports.page, start, settings, settings.backend === 'webgl' && !withoutGraphics);
    const first = await choice.first();
    const learner = new ServedLearner(start, ports, first);
    await learner.warmUp();
    if (settings.backend === 'auto') learner.chooseLater(choice);
    ports.actor.onmessage = ({ data }: MessageEvent<RolloutMessage>) => void learner.host.rollout(data);
    learner.receive(ports.collectors);
    return learner;
  }

  begun(): LearnerBegun {
    return { ...this.host.begun(), acting: this.acting };
  }

  async replaceCollectors(ports: readonly MessagePort[]): Promise<LearnerBegun> {
    for (const port of this.collectorPorts) port.close();
    this.collectorPorts = ports;
    const begun = await this.host.replaceCollectors(ports);
    this.receive(ports);
    return { ...begun, acting: this.acting };
  }

  setHyperparameters(settings: Hyperparameters): void {
    const { minibatchSize } = this.host.hyperparameters;
    this.host.setHyperparameters(settings);
    if (settings.minibatchSize === minibatchSize) return;
    this.tellLongestStep(settings);
    const { spec, withoutGraphics, hyperparameters } = this.start;
    // Another backend may be quicker for it. A pinned one stays.
    if (hyperparameters.backend !== 'auto') return;
    this.chooseLater(new BackendChoice({ spec, settings, withoutGraphics, clock: nowMs }));
  }

  /** In lockstep updates come to the same bits on every machine. Takes hold between two updates. */
  async setLockstep(on: boolean): Promise<void> {
    await this.host.betweenUpdates(async () => {
      if (on === this.lockstep) return;
      this.lockstep = on;
      if (this.computeThere()) this.tellReady();
    });
  }

  private receive(sources: readonly MessagePort[]): void {
    sources.forEach((port, source) => {
      port.onmessage = ({ data }: MessageEvent<RolloutMessage>) => void this.host.rollout(data, source);
    });
  }

  /** Compiles WebGL's programs, where they are needed at once; nothing else has any. */
  private async warmUp(): Promise<void> {
    const { report } = this.backend;
    this.host.say({ kind: 'warming', backend: report });
    const startedMs = nowMs();
    if (report.name === 'webgl') await this.learner.warmUp();
    this.host.say({ kind: 'ready', backend: report, warmUpMs: nowMs() - startedMs });
  }

  private chooseLater(choice: BackendChoice): void {
    this.choice = choice;
    this.isChoiceDue = true;
  }

  private updated(): void {
    if (!this.isChoiceDue || this.choice === null) return;
    this.isChoiceDue = false;
    this.choose(this.choice).catch((error: unknown) => {
      this.host.say({ kind: 'warning', message: sentenceOf(error), remedy: { code: 'backendStays' } });
    });
  }

  /** Looks for the quickest backend while updates go on, and takes it between two of them. */
  private async choose(choice: BackendChoice): Promise<void> {
    this.tellLongestStep(this.host.hyperparameters, true);
    try {
      const chosen = await choice.quickest((work) => this.host.betweenUpdates(work));
      if (choice === this.choice) await this.host.betweenUpdates(async () => this.take(chosen));
    } finally {
      this.tellLongestStep(this.host.hyperparameters);
    }
  }

  private take(chosen: BackendDecision): void {
    const isOther = chosen.backend !== this.backend.backend;
    // Actor and collectors go on as they began.
    this.backend = { ...chosen, report: { ...chosen.report, acting: this.acting } };
    this.computeThere();
    if (isOther) this.watchContext(chosen);
    this.tellReady();
  }

  /** Computes on the chosen backend, in the form that is wanted of it. @returns whether it computed elsewhere before. */
  private computeThere(): boolean {
    const { backend } = this.backend;
    const wanted = this.lockstep ? repeatable(backend) : backend;
    if (wanted === this.computing) return false;
    this.learner.useBackend(wanted);
    this.computing = wanted;
    return true;
  }

  private tellReady(): void {
    const backend = { ...this.backend.report, simd: this.computing.simd };
    this.host.say({ kind: 'ready', backend, warmUpMs: 0 });
  }

  /** An update was taken back. WebGL that nobody pinned may be to blame, so that the next is computed without it. */
  private failed(): void {
    if (this.backend.webgl === null || this.start.hyperparameters.backend !== 'auto') return;
    this.choice = null;
    const { report } = this.backend;
    const name = hostBackend();
    const backend = quickHostBackend(name);
    this.take({
      backend,
      webgl: null,
      report: { ...report, name, simd: backend.simd, renderer: '', why: { code: 'updateFailed' } },
    });
  }

  /** A context that updates are computed on ends the worker with it; one that was only timed may go. */
  private watchContext({ webgl }: BackendDecision): void {
    const stop = webgl?.onLost(() => {
      stop?.();
      if (this.backend.webgl === webgl) end(this.page, lostMessage);
    });
  }

  private tellLongestStep(settings: Hyperparameters, compiles = false): void {
    tellLongestStep(this.page, this.start, settings, compiles || this.backend.webgl !== null, compiles);
  }
}

/**
 * Tells the page for how long this thread may be deaf from now on.
 *
 * @param onGraphics whether the graphics processor has a part in it.
 * @param compiles whether that includes opening and compiling it.
 */
function tellLongestStep(
  page: MessagePort,
  { spec }: LearnerStart,
  settings: Hyperparameters,
  onGraphics: boolean,
  compiles = false,
): void {
  const stepMs = longestStepMs(policyLayout(spec, settings), settings.minibatchSize);
  const durationMs = stepMs + (compiles ? longestCompilationMs : 0);
  post(page, { kind: 'longestStep', durationMs, onGraphics });
}

function post(page: MessagePort, message: LearnerToPage): void {
  page.postMessage(message);
}

/** Ends the worker with a sentence for the page, which then builds a new one from the last checkpoint. */
function end(page: MessagePort, message: string): void {
  post(page, { kind: 'ending', message });
  self.close();
}
