import type Phaser from 'phaser';
import { EMPTY, type Observable, Subject, Subscription } from 'rxjs';
import type { PolicyData } from '../agent/policy-file';
import {
  type AgentEvent,
  type Hyperparameters,
  loadModule,
  type MetricPoint,
  PlaytrainError,
  sentenceOf,
} from '../contract';
import { metricPoints$ } from '../streams/metric-points';
import type { AgentClient } from '../workers/agent-client';
import type { WorkerFactory } from '../workers/worker-factory';
import type { AgentDefinition } from './agent-definition';
import { gatherAssets } from './assets/gather-assets';
import { liveHyperparameters } from './live-settings';
import { paced } from './paced';
import { sceneRuns } from './scene-status';
import { SeenAgent } from './seen-agent';
import { SensorDrawing } from './sensor-drawing';

export interface LearnOptions {
  /** A worker whose file calls `serveTwin` with the game and the agent. */
  readonly twin: (name: string) => Worker;
  /** Settings that differ from those for live games. */
  readonly settings?: Partial<Hyperparameters>;
  /** Whether what the agent senses is drawn on the game that is seen; `setDebug` changes it. */
  readonly debug?: boolean;
  /**
   * Workers in the place of the package's own, such as a learner that serves `playtrain/webgl`, or those of `workersAt`
   * on a page that forbids blobs.
   */
  readonly workers?: Partial<Pick<WorkerFactory, 'actor' | 'learner'>>;
}

const learningParts = () => loadModule('The part that learns', () => import('./learning-parts'));

/** An agent that learns in a twin of a game while the game that is seen is played by what it has learned so far. */
export class LearningAgent {
  /** What happens: updates, warnings, failures. */
  readonly events$: Observable<AgentEvent>;
  /** Each update as a point of a curve. */
  readonly points$: Observable<MetricPoint>;
  private readonly events = new Subject<AgentEvent>();
  private readonly all = new Subscription();
  private readonly definitionName: string;
  private client: AgentClient | null = null;
  private seen: Pick<SeenAgent<Phaser.Scene>, 'setOn'> | null = null;
  private showSensors: ((on: boolean) => void) | null = null;
  private isDebug = false;
  /** Who was to play, before the game was there. */
  private readonly asked: [on: boolean, who: number | undefined][] = [];

  constructor(name: string) {
    this.definitionName = name;
    this.events$ = this.events;
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
    if (this.seen === null) this.asked.push([on, who]);
    else this.seen.setOn(on, who);
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
    this.events.complete();
  }

  private async open<Scene extends Phaser.Scene>(
    game: Phaser.Game,
    definition: AgentDefinition<Scene>,
    { twin, settings, workers, debug = false }: LearnOptions,
  ): Promise<void> {
    const [{ AgentClient, ownWorkers }] = await Promise.all([
      learningParts(),
      sceneRuns(game, definition.scene),
    ]);
    this.drawSensors(game, definition, debug);
    const seen = new SeenAgent(game, definition, (question) => this.client?.ask(question));
    const hyperparameters = liveHyperparameters(definition, settings);
    const client = new AgentClient(
      { spec: seen.spec, hyperparameters, checkpoint: null, best: null },
      { ...ownWorkers, ...workers, collector: twin, handed: () => gatherAssets(game) },
    );
    this.client = client;
    this.seen = seen;
    for (const [on, who] of this.asked) seen.setOn(on, who);
    this.all.add(() => client.dispose());
    this.all.add(client.events$.subscribe(this.events));
    this.all.add(client.connected$.subscribe(() => seen.connected()));
    this.all.add(client.answers$.subscribe(({ batch }) => seen.answered(batch)));
    this.all.add(paced(game, seen));
    this.all.add(() => seen.end());
    await client.open();
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

/**
 * Lets an agent learn somebody's game: in a twin, fast and unseen, while what it has learned so far plays the game that
 * is seen. From now on that game takes sixty steps a second on any display, as its twin does.
 *
 * @returns at once; what goes wrong as it begins comes as a `failed` event.
 */
export function learn<Scene extends Phaser.Scene>(
  game: Phaser.Game,
  definition: AgentDefinition<Scene>,
  options: LearnOptions,
): LearningAgent {
  const agent = new LearningAgent(definition.name);
  void agent.begin(game, definition, options);
  return agent;
}
