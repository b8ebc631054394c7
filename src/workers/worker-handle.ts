import { type Remote, releaseProxy, wrap } from 'comlink';
import { PlaytrainError, sentenceOf } from '../contract';
import { livenessLockReleased } from './liveness-lock';
import type { LivingService } from './protocol';
import { Pulse } from './pulse';
import type { Watched } from './watchdog';

/** What a worker is called in sentences. */
export type WorkerRole = 'actor' | 'learner' | 'collector' | 'rating worker' | 'comparison worker';

/** A worker is gone, or no longer wanted; whatever was asked of it ends with this. */
export class WorkerLost extends PlaytrainError {
  readonly role: WorkerRole;

  constructor(role: WorkerRole, message: string) {
    super('worker-lost', message);
    this.role = role;
  }
}

export interface WorkerHandleOptions {
  readonly role: WorkerRole;
  /** Makes the worker; its name is also that of its liveness lock. */
  readonly make: (name: string) => Worker;
  /** Called once, unless the worker is closed first. */
  readonly lost: (loss: WorkerLost) => void;
  /** Called where there are no locks, with whom to watch as well to learn soon that the worker has ended. */
  readonly pulse?: (pulse: Watched) => void;
  /** As `livenessLockReleased`. */
  readonly lockReleased?: (name: string, signal: AbortSignal) => Promise<boolean>;
}

/**
 * So long a worker is left alone before it makes one that answers in its stead: a worker that makes another while it
 * loads itself, or while others do, now and then stands still for good in Firefox (3 of 35 pages; none of 60 so late).
 */
const pulseAfterMs = 3_000;

/** One worker and its service. Every call to it settles, whatever becomes of the worker. */
export class WorkerHandle<Service extends LivingService> implements Watched {
  readonly role: WorkerRole;
  /** For messages that wait, a busy machine, a slow one. */
  readonly patienceMs = 20_000;
  private readonly options: WorkerHandleOptions;
  private readonly worker: Worker;
  private readonly service: Remote<Service>;
  private readonly closing = new AbortController();
  /** Of the calls under way. */
  private readonly rejections = new Set<(loss: WorkerLost) => void>();
  private hasAnswered = false;
  private loss: WorkerLost | null = null;
  private ownPulse: Pulse | null = null;
  /** Null while none is to be taken. */
  private pulseInMs: number | null = null;

  constructor(options: WorkerHandleOptions) {
    this.options = options;
    this.role = options.role;
    const unique = crypto.getRandomValues(new Uint32Array(2)).join('-');
    const name = `playtrain-${options.role.replaceAll(' ', '-')}-${unique}`;
    this.worker = made(options, name);
    this.service = wrap<Service>(this.worker);
    this.worker.onerror = ({ message }) => this.lose(stoppedMessage(options.role, message));
    void untilLost(this.watchEnd(name));
  }

  /**
   * Calls the worker.
   *
   * @throws WorkerLost when the worker ends before it has answered, or had ended.
   */
  readonly call = <Answer>(request: (service: Remote<Service>) => Answer): Promise<Awaited<Answer>> =>
    new Promise((resolve, reject) => {
      if (this.loss !== null) {
        reject(this.loss);
        return;
      }
      this.rejections.add(reject);
      Promise.resolve(request(this.service))
        .then((answer) => {
          this.hasAnswered = true;
          resolve(answer);
        }, reject)
        .finally(() => this.rejections.delete(reject));
    });

  ping(): Promise<void> {
    return this.callLiving((service) => service.ping());
  }

  /** Whom to watch as well; null where the worker's lock tells of its end, or nothing does. */
  get pulse(): Watched | null {
    return this.ownPulse;
  }

  /** So many milliseconds have passed in which the worker could have got on. */
  passed(durationMs: number): void {
    if (this.pulseInMs === null) return;
    this.pulseInMs -= durationMs;
    if (this.pulseInMs > 0) return;
    this.pulseInMs = null;
    void untilLost(this.takePulse());
  }

  /** The worker has not answered for too long. */
  stuck(): void {
    this.lose(
      this.hasAnswered
        ? `The ${this.role} has stopped answering.`
        : `The ${this.role} does not answer; see that its worker’s file comes to its end and makes it one.`,
    );
  }

  /** The worker is of no use any more, for the reason that `message` says; ends it. */
  lose(message: string): void {
    if (this.loss !== null) return;
    const loss = new WorkerLost(this.options.role, message);
    this.end(loss);
    this.options.lost(loss);
  }

  /** Ends the worker, which nobody needs any more. */
  close(): void {
    if (this.loss === null) this.end(new WorkerLost(this.options.role, 'It is no longer needed.'));
  }

  private end(loss: WorkerLost): void {
    this.loss = loss;
    this.closing.abort();
    // Comlink keeps a worker for as long as its proxy may be used, and the worker's listener would keep the proxy.
    this.worker.onerror = null;
    this.service[releaseProxy]();
    this.worker.terminate();
    this.ownPulse?.close();
    for (const reject of this.rejections) reject(loss);
    this.rejections.clear();
  }

  private async watchEnd(name: string): Promise<void> {
    const { lockReleased = livenessLockReleased, pulse } = this.options;
    const holdsLock = await this.callLiving((service) => service.holdsLock(name));
    if (holdsLock && (await lockReleased(name, this.closing.signal))) this.ended();
    else if (pulse !== undefined) this.pulseInMs = pulseAfterMs;
  }

  private async takePulse(): Promise<void> {
    const port = await this.callLiving((service) => service.pulse());
    if (port === null) return;
    const pulse = new Pulse(port, () => this.ended());
    // It takes its time to load.
    await pulse.ping();
    if (this.loss !== null) return;
    this.ownPulse = pulse;
    this.options.pulse?.(pulse);
  }

  private ended(): void {
    this.lose(`The ${this.role} ended without a word.`);
  }

  private callLiving<Answer>(request: (service: Remote<LivingService>) => Promise<Answer>): Promise<Answer> {
    return this.call((service) => request(service as unknown as Remote<LivingService>)) as Promise<Answer>;
  }
}

/** @throws WorkerLost where the browser refuses workers, by policy or since there are too many. */
function made({ role, make }: WorkerHandleOptions, name: string): Worker {
  try {
    return make(name);
  } catch (cause) {
    throw new WorkerLost(role, `The browser refuses to start a worker for the ${role}: ${sentenceOf(cause)}`);
  }
}

/**
 * A sentence for a worker's `error` event.
 *
 * @param message the event's; empty when the script could not be loaded, and else what browsers write to the console.
 */
function stoppedMessage(role: WorkerRole, message: string | undefined): string {
  if (!message) {
    return role === 'collector'
      ? 'The worker that plays the game unseen could not be loaded; see that the file that it is made from is there, and check the connection.'
      : `The ${role} could not be loaded; check the connection, or reload the page.`;
  }
  const told = message.replace(/^Uncaught (\w*Error: )?/, '').trim();
  return `The ${role} stopped with an error: ${told}${/[.!?]$/.test(told) ? '' : '.'}`;
}

/** Waits for what is of no use any more once the worker is lost. */
async function untilLost(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof WorkerLost)) throw error;
  }
}
