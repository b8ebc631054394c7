import type Phaser from 'phaser';
import { animationFrames, first, fromEvent, map, type Observable, Subscription, startWith } from 'rxjs';
import type { PolicyData } from '../agent/policy-file';
import { type AgentEvent, type FrameReport, loadModule, type MetricPoint, PlaytrainError } from '../contract';
import { frameReports$ } from '../streams/frame-reports';
import type { AgentClient } from '../workers/agent-client';
import type { WorkerFactory } from '../workers/worker-factory';
import type { AgentDefinition } from './agent-definition';
import { gatherAssets } from './assets/gather-assets';
import { handedBy } from './assets/handed-by';
import type { AgentCheck } from './check-agent';
import { firstMode, type LearningMode, type ModeName, modeNames } from './learning-mode';
import { LearningNews } from './learning-news';
import { type LiveSettings, liveHyperparameters } from './live-settings';
import { aFunction, anObject, aSwitch, checkOptions, type OptionRules, oneOf, optional } from './options';
import { paced } from './paced';
import { sceneRuns } from './scene-status';
import { SeenAgent } from './seen-agent';
import { SensorDebug } from './sensor-debug';
import type { TwinAnswers } from './served-twin';
import { WhoPlays } from './who-plays';

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
  private readonly name: string;
  private readonly news: LearningNews;
  private readonly players = new WhoPlays();
  private readonly debug = new SensorDebug();
  private client: AgentClient | null = null;
  private askTwin: (() => Promise<AgentCheck>) | null = null;
  /** What the mode that is in force needs. */
  private parts = new Subscription();
  private isTwinGivenUp = false;

  constructor(name: string) {
    this.name = name;
    this.news = new LearningNews(name);
    ({ events$: this.events$, points$: this.points$, mode$: this.mode$ } = this.news);
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
      this.news.failed(error);
    }
  }

  /**
   * Whether the agent plays the game that is seen; otherwise it is a person's, by the game's own keys. It learns on.
   *
   * @param who one of several in the scene; all of them where it is left out.
   */
  setPlays(on: boolean, who?: number): void {
    this.players.set(on, who);
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
    this.news.found(check);
    return check;
  }

  /** Whether what the agent senses is drawn on the game that is seen. */
  setDebug(on: boolean): void {
    this.debug.set(on);
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
    return policyOf(decodeTrainingState(checkpoint), this.name);
  }

  /** Ends learning; the game goes on by itself. */
  dispose(): void {
    this.debug.end();
    this.parts.unsubscribe();
    this.news.end();
  }

  private async open<Scene extends Phaser.Scene>(
    game: Phaser.Game,
    definition: AgentDefinition<Scene>,
    options: LearnOptions,
  ): Promise<void> {
    await sceneRuns(game, definition.scene);
    if (this.news.isOver) return;
    if (options.debug === true) this.debug.set(true);
    this.debug.open(game, definition);
    const first = firstMode(options.mode, options.twin !== undefined);
    if (first.name !== 'twin') return this.learnInPage(game, definition, options, first, null);
    this.news.isIn(first);
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
    if (this.news.isOver) return;
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
    const faulted = (error: unknown) => {
      this.news.faulted(error);
      seen.beginAnew();
    };
    this.parts.add(paced(game, seen, { faulted }));
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
        this.news.tell({ kind: 'warning', message: `${message} ${cure}` });
      }
    };
    // A worker of another kind than `serveTwin` makes answers nothing, and one that is ended has nothing to say.
    const next = () => void tell().catch(() => {});
    const first$ = this.events$.pipe(first(({ kind }) => kind === 'updated'));
    this.parts.add(first$.subscribe({ next, error: () => {} }));
  }

  /** The twin is given up for the reason that a sentence tells; what was learned there is kept. */
  private async goOnInPage<Scene extends Phaser.Scene>(
    game: Phaser.Game,
    definition: AgentDefinition<Scene>,
    options: LearnOptions,
    reason: string,
  ): Promise<void> {
    // Another worker may be lost while the first one's loss is seen to.
    if (this.isTwinGivenUp) return;
    this.isTwinGivenUp = true;
    this.news.learnsInPage(reason);
    try {
      const checkpoint = (await this.client?.checkpoint()) ?? null;
      await this.learnInPage(game, definition, options, { name: 'turbo', reason }, checkpoint);
    } catch (error) {
      this.news.failed(error);
    }
  }

  /** The game that is seen is what is learned from. */
  private async learnInPage<Scene extends Phaser.Scene>(
    game: Phaser.Game,
    definition: AgentDefinition<Scene>,
    { settings, workers }: LearnOptions,
    mode: LearningMode,
    checkpoint: Uint8Array<ArrayBuffer> | null,
  ): Promise<void> {
    this.parts.unsubscribe();
    this.parts = new Subscription();
    this.askTwin = null;
    if (this.news.isOver) return;
    const { AgentClient, ownWorkers, SeenGathering } = await learningParts();
    // There is one such game.
    const hyperparameters = liveHyperparameters(definition, { ...settings, collectors: '1' });
    const gathering = await SeenGathering.open(game, definition, {
      isTurbo: mode.name === 'turbo',
      ask: (question) => client.ask(question),
      seed: hyperparameters.seed,
      faulted: this.news.faulted,
      failed: this.news.failed,
    });
    const client: AgentClient = new AgentClient(
      { spec: gathering.spec, hyperparameters, checkpoint, best: null },
      { ...ownWorkers, ...workers, collector: () => gathering.collector() },
    );
    this.take(client, gathering);
    this.news.isIn(mode);
    await client.open();
  }

  /** Tells of a client, and has what it answers played, from now on. */
  private take(
    client: AgentClient,
    seat: Pick<SeenAgent<Phaser.Scene>, 'setOn' | 'connected' | 'answered' | 'end'>,
  ): void {
    const { parts } = this;
    this.client = client;
    this.players.take(seat);
    parts.add(() => client.dispose());
    parts.add(() => seat.end());
    parts.add(client.events$.subscribe(this.news.tell));
    parts.add(client.connected$.subscribe(() => seat.connected()));
    parts.add(client.answers$.subscribe(({ batch }) => seat.answered(batch)));
    parts.add(pageFrames$().subscribe((report) => client.frames(report)));
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
