import { fastest, timeDecision, timeMinibatch } from '../agent/autopilot';
import { hostBackend } from '../agent/host-backend';
import { isSimdAvailable } from '../agent/kernels/simd/kernels';
import { type PolicyLayout, policyLayout } from '../agent/policy';
import { pinnedActing, quickHostBackend, type UpdateBackend } from '../agent/update-backend';
import {
  type ActingBackend,
  type BackendName,
  type BackendReport,
  type BackendTiming,
  type BackendWhy,
  type EnvironmentSpec,
  type Hyperparameters,
  PlaytrainError,
  policyOutputSize,
} from '../contract';
import { Database } from '../storage/database';
import { Timings } from '../storage/timings';
import type { OpenedWebgl } from './webgl';

const keptTimings = new Timings(new Database());

/** Fetches what computes on WebGL, with tfjs. */
export type WebglPart = () => Promise<Pick<typeof import('./webgl'), 'openWebgl'>>;

export interface BackendQuestion {
  readonly spec: EnvironmentSpec;
  readonly settings: Hyperparameters;
  /** Null in a learner that was made without. */
  readonly webgl: WebglPart | null;
  /** True once the graphics processor has failed again and again. */
  readonly withoutGraphics?: boolean;
  /** Wall time, milliseconds. */
  readonly clock: () => number;
}

/** What a learner computes with, and what to say of it. */
export interface BackendDecision {
  readonly report: BackendReport;
  readonly backend: UpdateBackend;
  /** Where updates are computed on it. */
  readonly webgl: OpenedWebgl | null;
}

/** Does `work` while nothing else computes. */
export type Alone = <Result>(work: () => Promise<Result>) => Promise<Result>;

/**
 * Chooses where a run's updates and actions are computed: where a person pinned it, or, with `auto`, where it is
 * quickest, a job each. With `auto` updates begin on the host, at once; whether WebGL is quicker is found out later.
 */
export class BackendChoice {
  private readonly question: BackendQuestion;
  private readonly layout: PolicyLayout;
  /** Of an earlier visit; null where there was none. */
  private readonly known: Promise<readonly BackendTiming[] | null>;
  private acting: readonly BackendTiming[] = [];

  constructor(question: BackendQuestion) {
    const { spec, settings } = question;
    this.question = question;
    this.layout = policyLayout(spec, settings);
    this.known = settings.backend === 'auto' ? keptTimings.load(this.subject) : Promise.resolve(null);
  }

  /** What makes timings worth keeping: the same browser on the same machine, the same sizes and the same to choose from. */
  get subject(): string {
    const { observationSize, hiddenSizes, actionSpace, activation } = this.layout;
    const { minibatchSize, arenas } = this.question.settings;
    const net = [observationSize, ...hiddenSizes, policyOutputSize(actionSpace)].join('-');
    const machine = `${navigator.userAgent}, ${navigator.hardwareConcurrency} cores`;
    const among = this.question.webgl === null ? ', without WebGL' : '';
    return `${actionSpace.kind} ${net} ${activation}, minibatch ${minibatchSize}, ${arenas} arenas, ${machine}${among}`;
  }

  /**
   * Where to begin. Nothing is fetched or compiled for it, unless WebGL is pinned.
   *
   * @throws PlaytrainError `backend-unavailable` when a pinned backend does not start here.
   */
  async first(): Promise<BackendDecision> {
    const { settings, withoutGraphics = false } = this.question;
    const { backend } = settings;
    if (backend === 'auto') return this.begin();
    const given = backend === 'webgl' && withoutGraphics ? hostBackend() : backend;
    const report = {
      acting: pinnedActing(given),
      why: { code: given === backend ? 'chosen' : 'leftAlone' },
      timings: [],
    } as const;
    if (given !== 'webgl') return onHost(given, report);
    return onWebgl(await fetchWebgl(this.question.webgl), report);
  }

  /**
   * With `auto`: where updates are quickest, by timings of an earlier visit or taken now. WebGL is fetched and compiled
   * beside whatever the thread does, unless it is known to be slower.
   *
   * @param alone waits for its turn; backends are timed in it.
   */
  async quickest(alone: Alone): Promise<BackendDecision> {
    const known = await this.known;
    const { webgl, obstacle } = await this.tryWebgl(known);
    // What failed may work at the next visit.
    if (known !== null && obstacle !== null) await keptTimings.save(this.subject, without('webgl', known));
    const timings = known ?? (await alone(() => this.timeAll(webgl)));
    if (known === null && obstacle === null) await keptTimings.save(this.subject, timings);
    const usable = webgl === null ? without('webgl', timings) : timings;
    const name = fastest(usable, 'update') ?? hostBackend();
    const report = {
      acting: this.actingBackend(timings),
      why: { code: 'quickest', measured: known === null ? 'now' : 'earlier', obstacle },
      timings,
    } as const;
    if (name === 'webgl' && webgl !== null) return onWebgl(webgl, report);
    return onHost(name === 'cpu' ? 'cpu' : 'wasm', report);
  }

  private async begin(): Promise<BackendDecision> {
    const { withoutGraphics = false, webgl } = this.question;
    const known = await this.known;
    if (known === null) this.acting = this.timeActing();
    const name = hostBackend();
    const quickest = known === null ? null : fastest(known, 'update');
    const promised = quickest === null ? 'toBeTimed' : 'takesOver';
    const outlook = webgl === null ? 'absent' : withoutGraphics ? 'leftAlone' : promised;
    const why: BackendWhy =
      quickest === null || quickest === 'webgl'
        ? { code: 'first', webgl: outlook }
        : { code: 'quickest', measured: 'earlier', obstacle: null };
    const timings = known ?? this.acting;
    return onHost(quickest === 'cpu' ? 'cpu' : name, {
      acting: this.actingBackend(timings),
      why,
      timings,
    });
  }

  private actingBackend(timings: readonly BackendTiming[]): ActingBackend {
    return fastest(timings, 'act') === 'wasm' && isSimdAvailable() ? 'wasm' : 'cpu';
  }

  /** WebGL, compiled; or null, where it is known to be slower, or where the obstacle says why it cannot be used. */
  private async tryWebgl(
    known: readonly BackendTiming[] | null,
  ): Promise<{ readonly webgl: OpenedWebgl | null; readonly obstacle: WebglObstacle }> {
    if (this.question.webgl === null) return { webgl: null, obstacle: null };
    if (this.question.withoutGraphics === true) return { webgl: null, obstacle: 'leftAlone' };
    if (known !== null && fastest(known, 'update') !== 'webgl') return { webgl: null, obstacle: null };
    try {
      const webgl = await fetchWebgl(this.question.webgl);
      await webgl.compile(this.layout);
      return { webgl, obstacle: null };
    } catch (error) {
      if (error instanceof PlaytrainError) return { webgl: null, obstacle: { error: error.message } };
      throw error;
    }
  }

  private timeActing(): readonly BackendTiming[] {
    const { settings, clock } = this.question;
    return hostNames().map((backend) => {
      const milliseconds = timeDecision(backend, this.layout, settings.arenas, clock);
      return { job: 'act', backend, milliseconds };
    });
  }

  private async timeAll(webgl: OpenedWebgl | null): Promise<readonly BackendTiming[]> {
    const { settings, clock } = this.question;
    const timings = [...(this.acting.length > 0 ? this.acting : this.timeActing())];
    const backends = hostNames().map(quickHostBackend);
    for (const { name, createTrainer } of webgl === null ? backends : [...backends, webgl.backend]) {
      const milliseconds = await timeMinibatch(createTrainer, this.layout, settings, clock);
      timings.push({ job: 'update', backend: name, milliseconds });
    }
    return timings;
  }
}

function hostNames(): readonly ActingBackend[] {
  return isSimdAvailable() ? ['wasm', 'cpu'] : ['cpu'];
}

function without(backend: BackendName, timings: readonly BackendTiming[]): readonly BackendTiming[] {
  return timings.filter((timing) => timing.backend !== backend);
}

type WebglObstacle = Extract<BackendWhy, { readonly code: 'quickest' }>['obstacle'];
type ReportRest = Pick<BackendReport, 'acting' | 'why' | 'timings'>;
/** Whether threads share in updates is found out later. */
const onOneThread = { shards: 1, aloneBecause: null } as const;

function onHost(name: ActingBackend, rest: ReportRest): BackendDecision {
  if (name === 'wasm' && !isSimdAvailable()) {
    throw new PlaytrainError(
      'backend-unavailable',
      'WebAssembly cannot be used here: this browser has none with SIMD. Choose another backend, or automatic.',
    );
  }
  const backend = quickHostBackend(name);
  return {
    report: { name, simd: backend.simd, renderer: '', ...onOneThread, ...rest },
    backend,
    webgl: null,
  };
}

function onWebgl(webgl: OpenedWebgl, rest: ReportRest): BackendDecision {
  const { renderer, backend } = webgl;
  return { report: { name: 'webgl', simd: null, renderer, ...onOneThread, ...rest }, backend, webgl };
}

/** @throws PlaytrainError `backend-unavailable` when it cannot be fetched or does not start. */
async function fetchWebgl(part: WebglPart | null): Promise<OpenedWebgl> {
  if (part === null) {
    throw new PlaytrainError(
      'backend-unavailable',
      'WebGL cannot be used here: this learner was made without it. Give it a learner’s worker that serves playtrain/webgl, or choose another backend.',
    );
  }
  let module: Awaited<ReturnType<WebglPart>>;
  try {
    module = await part();
  } catch {
    throw new PlaytrainError(
      'backend-unavailable',
      'WebGL cannot be used here: its part of Playtrain could not be fetched. Check the connection and reload the page, or choose another backend.',
    );
  }
  return module.openWebgl();
}
