import { controllers } from '../contract';
import { Driver } from '../game/engine/driver';
import type { GameEntry } from '../game/engine/registry';
import { createVectorEnvironment, environmentSpec } from '../game/engine/vector-environment';
import { runIdentity } from '../storage/run-store';
import { noInput } from '../streams/person-input';
import type { PageState, Phase, Speed } from '../ui/page-state';
import { AgentClient, ownWorkers, type WorkerFactory } from '../workers/agent-client';
import type { KeptCheckpoint } from '../workers/doors';
import type { Beginning } from './open-run';

const paces: Readonly<Record<Speed, number>> = {
  '1': 1,
  '4': 4,
  '16': 16,
  max: Number.POSITIVE_INFINITY,
};

const workers: WorkerFactory = {
  ...ownWorkers,
  collector: (name) =>
    new Worker(new URL('../workers/collector.worker.ts', import.meta.url), { type: 'module', name }),
};

/** One run of one game: its arenas, what drives them, and the agent that learns in them. */
export class Run {
  readonly entry: GameEntry;
  readonly identity: string;
  readonly driver: Driver;
  readonly client: AgentClient;
  /** The newest checkpoint, and the one with the best mean return. */
  latest: KeptCheckpoint | null = null;
  best: KeptCheckpoint | null;
  /** False where saving would overwrite a kept run that could not be read. */
  readonly keeps: boolean;
  agentPhase: Phase = 'starting';
  private playerWishes = 0;

  /** @throws PlaytrainError where the arenas cannot be set up. */
  constructor({ entry, hyperparameters, checkpoint, best, keeps }: Beginning) {
    const { simulation, presets } = entry;
    const { arenas, seed, decisionIntervalTicks } = hyperparameters;
    this.entry = entry;
    this.identity = runIdentity(presets.fast, hyperparameters);
    const environment = createVectorEnvironment(simulation, { arenas, seed });
    this.driver = new Driver(simulation, environment, decisionIntervalTicks);
    this.best = best === null ? null : { ...best, isBest: true };
    this.keeps = keeps;
    const bestReturn = best?.meanReturn ?? null;
    const spec = environmentSpec(simulation);
    this.client = new AgentClient({ spec, hyperparameters, checkpoint, bestReturn }, workers);
  }

  /** Applies what the transport bar says. A pause is for collectors too. Faster than 1×, and in lockstep, ticks wait for their actions. */
  setTransport({ running, speed, lockstep }: Pick<PageState, 'running' | 'speed' | 'lockstep'>): void {
    this.driver.running = running;
    this.driver.speed = paces[speed];
    this.driver.whenActionIsLate = speed === '1' && !lockstep ? 'hold' : 'wait';
    // Workers that are lost meanwhile are told when they are back.
    this.client.setPaused(!running).catch(() => {});
  }

  /** Gives the focused arena to `player` and every other one to the learner. A later wish overtakes an earlier one. */
  async setPlayer(focusedArena: number, player: PageState['focusPlayer']): Promise<void> {
    this.playerWishes += 1;
    const wish = this.playerWishes;
    if (player === 'frozenBest' && this.best !== null) await this.client.setFrozen(this.best.bytes);
    if (player === 'person') this.driver.setPersonInput(focusedArena, noInput);
    if (player === 'frozenNow') await this.client.setFrozen('newest');
    if (wish !== this.playerWishes) return;
    const focused =
      player === 'newest'
        ? controllers.learner
        : player === 'person'
          ? controllers.person
          : controllers.frozen;
    for (let arena = 0; arena < this.driver.environment.arenas; arena++) {
      this.driver.setController(arena, arena === focusedArena ? focused : controllers.learner);
    }
  }

  dispose(): void {
    this.client.dispose();
  }
}
