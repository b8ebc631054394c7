import type Phaser from 'phaser';
import {
  animationFrames,
  BehaviorSubject,
  EMPTY,
  filter,
  first,
  fromEvent,
  map,
  type Observable,
  Subject,
  Subscription,
  startWith,
} from 'rxjs';
import type { PolicyData } from '../agent/policy-file';
import {
  type AgentEvent,
  type FrameReport,
  loadModule,
  type MetricPoint,
  PlaytrainError,
  sentenceOf,
} from '../contract';
import { frameReports$ } from '../streams/frame-reports';
import { metricPoints$ } from '../streams/metric-points';
import type { AgentClient } from '../workers/agent-client';
import type { WorkerFactory } from '../workers/worker-factory';
import type { AgentDefinition } from './agent-definition';
import { gatherAssets } from './assets/gather-assets';
import { handedBy } from './assets/handed-by';
import type { AgentCheck } from './check-agent';
import { firstMode, type LearningMode, type ModeName, modeNames } from './learning-mode';
import { type LiveSettings, liveHyperparameters } from './live-settings';
import { aFunction, anObject, aSwitch, checkOptions, type OptionRules, oneOf, optional } from './options';
import { paced } from './paced';
import { sceneRuns } from './scene-status';
import { SeenAgent } from './seen-agent';
import { SensorDrawing } from './sensor-drawing';
import type { TwinAnswers } from './served-twin';

/** Where and how an agent learns; all of it may be left out. */
export interface LearnOptions {
  /** A worker whose file calls `serveTwin` with the game and the agent. Without one, the game learns in its page. */
  readonly twin?: (name: string) => Worker;
  /**
   * Where to learn: in the `twin`; in the page at many times the game's speed, `turbo`; or there at its own, `live`, where
   * what is seen is what is learned from. Unless told it is the twin, and turbo for a game that cannot leave its page.
   */
  readonly mode?: ModeName;
  /** Settings that differ from those for live games. */
  readonly settings?: LiveSettings;
  /**
   * Whether the agent is checked in a worker of its own once the twin's first update is over, and what was found told on
   * the console and as warnings; it is unless told.
   */
  readonly check?: boolean;
  /** Whether what the agent senses is drawn on the game that is seen; `setDebug` changes it. */
  readonly debug?: boolean;
  /**
   * Workers in the place of the package's own, such as a learner that serves `playtrain/webgl`, or those of `workersAt`
   * on a page that forbids blobs.
   */
  readonly workers?: Partial<Pick<WorkerFactory, 'actor' | 'learner'>>;
}

const rules: OptionRules<LearnOptions> = {
  twin: optional(aFunction),
  mode: optional(oneOf(modeNames)),
  settings: optional(anObject),
  check: optional(aSwitch),
  debug: optional(aSwitch),
  workers: optional(anObject),
};

const learningParts = () => loadModule('The part that learns', () => import('./learning-parts'));

/**
 * An agent that learns somebody's game, in a twin of it or in its page, while the game that is seen is played by what it has
 * learned so far.
 */
export class LearningAgent {
  /** What happens: updates, warnings, failures. */
  readonly events$: Observable<AgentEvent>;
  /** Each update as a point of a curve. */
  readonly points$: Observable<MetricPoint>;
  /** In which way it learns, and why; another where the game proves not to be able to leave its page. */
  readonly mode$: Observable<LearningMode>;
  private readonly mode = new BehaviorSubject<LearningMode | null>(null);
  private readonly events = new Subject<AgentEvent>();
  private readonly told = (event: AgentEvent) => this.events.next(event);
  private readonly all = new Subscription();
  private readonly definitionName: string;
  private client: AgentClient | null = null;
  private askTwin: (() => Promise<AgentCheck>) | null = null;
  private seen: Pick<SeenAgent<Phaser.Scene>, 'setOn'> | null = null;
  private showSensors: ((on: boolean) => void) | null = null;
  private isDebug = false;
  /** Who was to play, before the game was there. */
  private readonly asked: [on: boolean, who: number | undefined][] = [];
  /** What went wrong in the game that is seen, as told. */
  private readonly faults = new Set<string>();
  /** What the mode that is in force needs, besides. */
  private parts = new Subscription();

  constructor(name: string) {
    this.definitionName = name;
    this.events$ = this.events;
    this.mode$ = this.mode.pipe(filter((mode) => mode !== null));
    this.points$ = metricPoints$(this.events, EMPTY);
  }

  /** Begins to learn, once the scene runs. Never throws: what goes wrong is a `failed` event. */
  async begin<Scene extends Phaser.Scene>(
    game: Phaser.Game,
    definition: AgentDefinition<Scene>,
    options: LearnOptions,
  ): Promise<void> {
    try {
      await this.open(game, definition, options);
    } catch (error) {
      this.events.next({ kind: 'failed', message: sentenceOf(error) });
    }
  }

  /**
   * Whether the agent plays the game that is seen; otherwise it is a person's, by the game's own keys. It learns on.
   *
   * @param who one of several in the scene; all of them where it is left out.
   */
  setPlays(on: boolean, who?: number): void {
    this.asked.push([on, who]);
    this.seen?.setOn(on, who);
  }

  /**
   * Looks for what keeps the agent from learning, in a worker of its own, and tells it on the console, too. Learning
   * goes on meanwhile.
   *
   * @throws PlaytrainError `worker-lost` where no twin learns, and where the worker does not answer.
   */
  async check(): Promise<AgentCheck> {
    if (this.askTwin === null) {
      throw new PlaytrainError(
        'worker-lost',
        'Agents are checked in their twin, and none learns there yet; wait until it does.',
      );
    }
    const check = await this.askTwin();
    for (const { code, message, cure } of check.findings) {
      // biome-ignore lint/suspicious/noConsole: whoever writes the game looks there.
      console.warn(`Playtrain, ${this.definitionName}, ${code}: ${message} ${cure}`);
    }
    return check;
  }

  /** Whether what the agent senses is drawn on the game that is seen. */
  setDebug(on: boolean): void {
    this.isDebug = on;
    this.showSensors?.(on);
  }

  /**
   * The policy so far as a file to ship with the game, for `playPolicy` or `play`: some 9 kB.
   *
   * @throws PlaytrainError `worker-lost` before there is any.
   */
  async save(): Promise<Uint8Array<ArrayBuffer>> {
    const { encodePlayFile } = await learningParts();
    return encodePlayFile(await this.policy());
  }

  /** The policy so far as a file of its own, with all that it came from. @throws as `save`. */
  async exportPolicy(): Promise<Uint8Array<ArrayBuffer>> {
    const { encodePolicy } = await learningParts();
    return encodePolicy(await this.policy());
  }

  private async policy(): Promise<PolicyData> {
    const checkpoint = (await this.client?.checkpoint()) ?? null;
    if (checkpoint === null) {
      throw new PlaytrainError('worker-lost', 'There is no policy to save yet; wait for the first update.');
    }
    const { decodeTrainingState, policyOf } = await learningParts();
    return policyOf(decodeTrainingState(checkpoint), this.definitionName);
  }

  /** Ends learning; the game goes on by itself. */
  dispose(): void {
    this.all.unsubscribe();
    this.parts.unsubscribe();
    this.events.complete();
    this.mode.complete();
  }

  private async open<Scene extends Phaser.Scene>(
    game: Phaser.Game,
    definition: AgentDefinition<Scene>,
    options: LearnOptions,
  ): Promise<void> {
    await sceneRuns(game, definition.scene);
    this.drawSensors(game, definition, options.debug ?? false);
    const first = firstMode(options.mode, options.twin !== undefined);
    if (first.name !== 'twin') return this.learnInPage(game, definition, options, first, null);
    this.mode.next(first);
    try {
      await this.learnInTwin(game, definition, options);
    } catch (error) {
      if (!(error instanceof PlaytrainError && error.code === 'needs-page')) throw error;
      await this.goOnInPage(game, definition, options, error.message);
    }
  }

  /** The twin gathers, and the game that is seen is played by what was learned so far. */
  private async learnInTwin<Scene extends Phaser.Scene>(
    game: Phaser.Game,
    definition: AgentDefinition<Scene>,
    options: LearnOptions,
  ): Promise<void> {
    const { twin, settings, workers, check = true } = options;
    const { AgentClient, ownWorkers } = await learningParts();
    const seen = new SeenAgent(game, definition, (question) => client.ask(question));
    const client: AgentClient = new AgentClient(
      {
        spec: seen.spec,
        hyperparameters: liveHyperparameters(definition, settings),
        checkpoint: null,
        best: null,
      },
      { ...ownWorkers, ...workers, ...(twin && { collector: twin }), ...handedBy(game) },
    );
    this.take(client, seen);
    if (twin !== undefined) this.openCheck(game, twin, check);
    this.parts.add(client.connected$.subscribe(() => seen.connected()));
    this.parts.add(client.answers$.subscribe(({ batch }) => seen.answered(batch)));
    this.parts.add(
      paced(game, seen, {
        faulted: (error) => {
          this.faulted(error);
          seen.beginAnew();
        },
      }),
    );
    this.parts.add(() => seen.end());
    this.parts.add(
      client.events$.subscribe((event) => {
        // Whoever acts in the game that is seen records nothing that can be learned from.
        if (event.kind !== 'restarted' || client.collectors > 0) return;
        void this.goOnInPage(game, definition, options, event.message);
      }),
    );
    await client.open();
  }

  /** @param isDue whether to check by itself: after the first update, so that what is waited for comes first. */
  private openCheck(game: Phaser.Game, twin: (name: string) => Worker, isDue: boolean): void {
    const ending = new AbortController();
    this.parts.add(() => ending.abort());
    this.askTwin = async () => {
      const { askedOnce } = await learningParts();
      const handed = gatherAssets(game);
      return askedOnce<TwinAnswers, AgentCheck>(twin, (worker) => worker.checkAgent(handed), ending.signal);
    };
    if (!isDue) return;
    const tell = async () => {
      const { findings } = await this.check();
      for (const { message, cure } of findings) {
        this.events.next({ kind: 'warning', message: `${message} ${cure}` });
      }
    };
    // A worker of another kind than `serveTwin` makes answers nothing, and one that is ended has nothing to say.
    const next = () => void tell().catch(() => {});
    const first$ = this.events.pipe(first(({ kind }) => kind === 'updated'));
    this.parts.add(first$.subscribe({ next, error: () => {} }));
  }

  /** Something went wrong in the game that is seen, whose scene is begun anew; each kind is told once. */
  private readonly faulted = (error: unknown): void => {
    const what = sentenceOf(error);
    if (this.faults.has(what)) return;
    this.faults.add(what);
    const message = `The game that is seen stopped with an error (${what}). It was begun anew; if this repeats, mend the game’s rules.`;
    this.events.next({ kind: 'warning', message });
  };

  /** The twin is given up for the reason that a sentence tells; what was learned there is kept. */
  private async goOnInPage<Scene extends Phaser.Scene>(
    game: Phaser.Game,
    definition: AgentDefinition<Scene>,
    options: LearnOptions,
    reason: string,
  ): Promise<void> {
    const sentence = `The game’s twin was given up, and the game learns in its page, more slowly: ${reason}`;
    // biome-ignore lint/suspicious/noConsole: whoever writes the game looks there.
    console.warn(`Playtrain, ${this.definitionName}: ${sentence}`);
    this.events.next({ kind: 'warning', message: reason, remedy: { code: 'learnsInPage' } });
    try {
      const checkpoint = (await this.client?.checkpoint()) ?? null;
      await this.learnInPage(game, definition, options, { name: 'turbo', reason }, checkpoint);
    } catch (error) {
      this.events.next({ kind: 'failed', message: sentenceOf(error) });
    }
  }

  /** The game that is seen is what is learned from. */
  private async learnInPage<Scene extends Phaser.Scene>(
    game: Phaser.Game,
    definition: AgentDefinition<Scene>,
    { settings, workers }: LearnOptions,
    { name, reason }: LearningMode,
    checkpoint: Uint8Array<ArrayBuffer> | null,
  ): Promise<void> {
    this.parts.unsubscribe();
    this.parts = new Subscription();
    if (this.all.closed) return;
    const { AgentClient, ownWorkers, SeenGathering } = await learningParts();
    const hyperparameters = liveHyperparameters(definition, settings);
    const gathering = await SeenGathering.open(game, definition, {
      isTurbo: name === 'turbo',
      ask: (question) => client.ask(question),
      seed: hyperparameters.seed,
      faulted: this.faulted,
      failed: (error) => this.events.next({ kind: 'failed', message: sentenceOf(error) }),
    });
    const client: AgentClient = new AgentClient(
      { spec: gathering.spec, hyperparameters, checkpoint, best: null },
      { ...ownWorkers, ...workers, collector: () => gathering.collector() },
    );
    this.take(client, gathering);
    this.parts.add(client.connected$.subscribe(() => gathering.connected()));
    this.parts.add(client.answers$.subscribe(({ batch }) => gathering.answered(batch)));
    this.parts.add(() => gathering.end());
    this.mode.next({ name, reason });
    await client.open();
  }

  /** Tells of a client, and of who plays, from now on. */
  private take(client: AgentClient, seen: Pick<SeenAgent<Phaser.Scene>, 'setOn'>): void {
    this.client = client;
    this.seen = seen;
    for (const [on, who] of this.asked) seen.setOn(on, who);
    this.parts.add(() => client.dispose());
    this.parts.add(client.events$.subscribe(this.told));
    this.parts.add(pageFrames$().subscribe((report) => client.frames(report)));
  }

  private drawSensors<Scene extends Phaser.Scene>(
    game: Phaser.Game,
    definition: AgentDefinition<Scene>,
    debug: boolean,
  ): void {
    let drawing: SensorDrawing<Scene> | null = null;
    this.showSensors = (on) => {
      drawing?.end();
      drawing = on ? new SensorDrawing(game, definition) : null;
    };
    this.all.add(() => this.showSensors?.(false));
    this.setDebug(debug || this.isDebug);
  }
}

/** How the page's frames come, so that learning makes room for them. */
function pageFrames$(): Observable<FrameReport> {
  const drawn$ = animationFrames().pipe(map(({ timestamp }) => performance.timeOrigin + timestamp));
  const visible$ = fromEvent(document, 'visibilitychange').pipe(
    startWith(null),
    map(() => document.visibilityState === 'visible'),
  );
  return frameReports$(drawn$, visible$);
}

/**
 * Lets an agent learn somebody's game: in a twin, fast and unseen, while what it has learned so far plays the game that
 * is seen. From now on that game takes sixty steps a second on any display, as its twin does.
 *
 * @returns at once; what goes wrong as it begins comes as a `failed` event.
 * @throws PlaytrainError `bad-environment` for options that there are not, `bad-settings` for such settings.
 */
export function learn<Scene extends Phaser.Scene>(
  game: Phaser.Game,
  definition: AgentDefinition<Scene>,
  options: LearnOptions = {},
): LearningAgent {
  checkOptions('learn', options, rules);
  liveHyperparameters(definition, options.settings);
  const agent = new LearningAgent(definition.name);
  void agent.begin(game, definition, options);
  return agent;
}
