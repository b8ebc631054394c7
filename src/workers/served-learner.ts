import { longestStepMs } from '../agent/autopilot';
import { decodeTrainingState } from '../agent/checkpoint';
import { hostBackend } from '../agent/host-backend';
import { Learner } from '../agent/learner';
import { policyLayout } from '../agent/policy';
import { quickHostBackend, repeatable, type UpdateBackend } from '../agent/update-backend';
import { type BackendReport, type Hyperparameters, sentenceOf } from '../contract';
import { BackendChoice, type BackendDecision, type WebglPart } from './backend-choice';
import { LearnerHost } from './learner-host';
import { MinibatchPauses } from './minibatch-pauses';
import type { LearnerBegun, LearnerPorts, LearnerStart, LearnerToPage, RolloutMessage } from './protocol';
import { type SharedUpdates, type SharingPlace, UpdateSharing } from './update-sharing';

/** Opening a backend and compiling its programs take a slow machine so long, at most. */
const longestCompilationMs = 100_000;
const lostMessage = 'The graphics context was lost.';

const nowMs = () => performance.now();

/** A learner that has begun, what it computes with, and what joins it to the other threads. */
export class ServedLearner {
  readonly host: LearnerHost;
  private readonly start: LearnerStart;
  private readonly webgl: WebglPart | null;
  private readonly page: MessagePort;
  private readonly learner: Learner;
  private readonly acting: LearnerBegun['acting'];
  private collectorPorts: readonly MessagePort[];
  private backend: BackendDecision;
  private readonly sharing: UpdateSharing;
  /** What computes: the backend, or in lockstep the form of it that repeats; among threads, where some share in it. */
  private computing: UpdateBackend;
  private lockstep = false;
  /** The newest wish; what is chosen for one before it comes too late. */
  private choice: BackendChoice | null = null;
  private isChoiceDue = false;
  private isSharingDue = false;

  private constructor(
    start: LearnerStart,
    ports: LearnerPorts,
    webgl: WebglPart | null,
    first: BackendDecision,
    place: SharingPlace | undefined,
  ) {
    const { spec, hyperparameters, checkpoint, best } = start;
    this.start = start;
    this.webgl = webgl;
    this.page = ports.page;
    this.collectorPorts = ports.collectors;
    this.backend = first;
    this.computing = first.backend;
    this.acting = first.report.acting;
    this.sharing = new UpdateSharing(policyLayout(spec, hyperparameters), () => this.shardLost(), place);
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
      lost: (error) => this.end(error instanceof Error ? error.message : lostMessage),
      updated: () => this.updated(),
      failed: () => this.failed(),
    });
    this.watchContext(first);
  }

  /**
   * @param webgl fetches what computes on WebGL; null to do without.
   * @param place what threads that share in updates are chosen by, for tests.
   * @throws PlaytrainError when the backend is not there or the checkpoint does not fit.
   */
  static async begin(
    start: LearnerStart,
    ports: LearnerPorts,
    webgl: WebglPart | null,
    place?: SharingPlace,
  ): Promise<ServedLearner> {
    const { spec, hyperparameters: settings, withoutGraphics } = start;
    const choice = new BackendChoice({ spec, settings, webgl, withoutGraphics, clock: nowMs });
    tellLongestStep(ports.page, start, settings, settings.backend === 'webgl' && !withoutGraphics);
    const first = await choice.first();
    const learner = new ServedLearner(start, ports, webgl, first, place);
    await learner.warmUp();
    if (settings.backend === 'auto') learner.chooseLater(choice);
    else learner.isSharingDue = true;
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
    this.isSharingDue = true;
    return { ...begun, acting: this.acting };
  }

  setHyperparameters(settings: Hyperparameters): void {
    const { minibatchSize } = this.host.hyperparameters;
    this.host.setHyperparameters(settings);
    if (settings.minibatchSize === minibatchSize) return;
    this.tellLongestStep(settings);
    const { webgl } = this;
    const { spec, withoutGraphics, hyperparameters } = this.start;
    // Another backend may be quicker for it. A pinned one stays.
    if (hyperparameters.backend === 'auto') {
      this.chooseLater(new BackendChoice({ spec, settings, webgl, withoutGraphics, clock: nowMs }));
    } else this.isSharingDue = true;
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
    const backend = this.report();
    this.host.say({ kind: 'warming', backend });
    const startedMs = nowMs();
    if (backend.name === 'webgl') await this.learner.warmUp();
    this.host.say({ kind: 'ready', backend, warmUpMs: nowMs() - startedMs });
  }

  private chooseLater(choice: BackendChoice): void {
    this.choice = choice;
    this.isChoiceDue = true;
  }

  private updated(): void {
    if (this.isChoiceDue && this.choice !== null) {
      this.isChoiceDue = false;
      this.orAsBefore(this.choose(this.choice));
    } else if (this.isSharingDue && !this.lockstep) {
      // In lockstep nothing hangs on times.
      this.isSharingDue = false;
      this.orAsBefore(this.share());
    }
  }

  private orAsBefore(chosen: Promise<void>): void {
    chosen.catch((error: unknown) => {
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
      this.isSharingDue = true;
    }
  }

  /** Finds out whether threads make updates quicker, and takes them or lets them go between two updates. */
  private async share(): Promise<void> {
    const alone = <Result>(work: () => Promise<Result>) => this.host.betweenUpdates(work);
    await this.sharing.choose(this.updates(), alone);
    await alone(async () => {
      this.computeThere();
      this.tellReady();
    });
  }

  /** A thread that shared in updates is gone: from now on they are computed alone. */
  private shardLost(): void {
    this.host.say({ kind: 'warning', message: '', remedy: { code: 'updatesAlone' } });
    this.tellReady();
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
    const wanted = this.sharing.among(this.form());
    if (wanted === this.computing) return false;
    this.learner.useBackend(wanted);
    this.computing = wanted;
    return true;
  }

  /** The backend in the form that is wanted of it. */
  private form(): UpdateBackend {
    const { backend } = this.backend;
    return this.lockstep ? repeatable(backend) : backend;
  }

  private updates(): SharedUpdates {
    const { hyperparameters: settings } = this.host;
    return { backend: this.form(), settings, collectors: this.collectorPorts.length };
  }

  private report(): BackendReport {
    return {
      ...this.backend.report,
      simd: this.computing.simd,
      ...this.sharing.report(this.updates()),
    };
  }

  private tellReady(): void {
    this.host.say({ kind: 'ready', backend: this.report(), warmUpMs: 0 });
  }

  /** An update was taken back. WebGL that nobody pinned may be to blame, so that the next is computed without it. */
  private failed(): void {
    if (this.backend.webgl === null || this.start.hyperparameters.backend !== 'auto') return;
    this.choice = null;
    this.isSharingDue = true;
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
      if (this.backend.webgl === webgl) this.end(lostMessage);
    });
  }

  /** Ends the worker with a sentence for the page, which then builds a new one from the last checkpoint. */
  private end(message: string): void {
    this.sharing.dispose();
    post(this.page, { kind: 'ending', message });
    self.close();
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
