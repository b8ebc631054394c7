import { controllers, type PersonInput, type Speed, seatsOf } from '../../contract';
import { Driver } from '../../game/engine/driver';
import type { GameEntry } from '../../game/engine/registry';
import { createVectorEnvironment, environmentSpec } from '../../game/engine/vector-environment';
import { runIdentity } from '../../storage/run-store';
import { noInput } from '../../streams/person-input';
import type { PageState, Phase } from '../../ui/shell/page-state';
import { AgentClient } from '../../workers/agent-client';
import type { KeptCheckpoint } from '../../workers/protocol';
import { pageWorkers } from '../workers/page-workers';
import type { Beginning } from './open-run';

const paces: Readonly<Record<Speed, number>> = {
  '1': 1,
  '4': 4,
  '16': 16,
  max: Number.POSITIVE_INFINITY,
};

/** One run of one game: its arenas, what drives them, and the agent that learns in them. */
export class Run {
  readonly entry: GameEntry;
  readonly identity: string;
  readonly driver: Driver;
  readonly client: AgentClient;
  /** The newest checkpoint, and, where an agent is alone, the one with the best mean return. */
  latest: KeptCheckpoint | null = null;
  best: KeptCheckpoint | null;
  /** False where saving would overwrite a kept run that could not be read. */
  readonly keeps: boolean;
  /** True where what is learned from is gathered in the visible arenas alone, whatever is set. */
  readonly withoutCollectors: boolean;
  agentPhase: Phase = 'starting';
  private playerWishes = 0;
  /** While people are learned from in a match: its pace in place of the transport's. */
  private matchPace: { readonly running: boolean } | null = null;

  /** @throws PlaytrainError where the arenas cannot be set up. */
  constructor(beginning: Beginning) {
    const { entry, hyperparameters, checkpoint, best, keeps, withoutCollectors, decisions } = beginning;
    const { simulation, presets } = entry;
    const { arenas, seed, decisionIntervalTicks } = hyperparameters;
    this.entry = entry;
    this.identity = runIdentity(presets.fast, hyperparameters);
    const environment = createVectorEnvironment(simulation, { arenas, seed, generation: decisions });
    this.driver = new Driver(simulation, environment, decisionIntervalTicks);
    this.best = best === null ? null : { ...best, isBest: true };
    this.keeps = keeps;
    const bestReturn = best?.meanReturn ?? null;
    const spec = environmentSpec(simulation);
    this.withoutCollectors = withoutCollectors;
    const start = { spec, hyperparameters, checkpoint, bestReturn, withoutCollectors };
    this.client = new AgentClient(start, pageWorkers);
  }

  /** Whether the agent is there and answers. */
  get isReady(): boolean {
    return this.agentPhase === 'collecting' || this.agentPhase === 'updating';
  }

  /** What a person holds down who plays in `arena`, in whatever seat. */
  setPersonInput(arena: number, input: PersonInput): void {
    const seats = seatsOf(this.entry.simulation);
    for (let seat = 0; seat < seats; seat++) this.driver.setPersonInput(arena * seats + seat, input);
  }

  /** Applies what the transport bar says. A pause is for collectors too. Faster than 1×, and in lockstep, ticks wait for their actions. */
  setTransport(transport: Pick<PageState, 'running' | 'speed' | 'lockstep'>): void {
    const { matchPace } = this;
    const { running, speed, lockstep } =
      matchPace === null ? transport : ({ ...matchPace, speed: '1', lockstep: false } as const);
    this.driver.running = running;
    this.driver.speed = paces[speed];
    this.driver.whenActionIsLate = speed === '1' && !lockstep ? 'hold' : 'wait';
    // Workers that are lost meanwhile are told when they are back.
    this.client.setPaused(!running).catch(() => {});
    this.client.setLockstep(lockstep).catch(() => {});
  }

  /** Goes at the pace of a match that is learned from, whatever the transport says; null gives that its say back. */
  setMatchPace(
    pace: { readonly running: boolean } | null,
    transport: Pick<PageState, 'running' | 'speed' | 'lockstep'>,
  ): void {
    this.matchPace = pace;
    this.setTransport(transport);
  }

  /**
   * Gives the focused arena to `player`, where agents meet its left seat, and every other one to the learner. A later
   * wish overtakes an earlier one.
   */
  async setPlayer(focusedArena: number, player: PageState['focusPlayer']): Promise<void> {
    const focusedAgent = focusedArena * seatsOf(this.entry.simulation);
    this.playerWishes += 1;
    const wish = this.playerWishes;
    if (player === 'frozenBest' && this.best !== null) await this.client.setFrozen(this.best.bytes);
    if (player === 'person') this.setPersonInput(focusedArena, noInput);
    if (player === 'frozenNow') await this.client.setFrozen('newest');
    if (wish !== this.playerWishes || this.matchPace !== null) return;
    const focused =
      player === 'newest'
        ? controllers.learner
        : player === 'person'
          ? controllers.person
          : controllers.frozen;
    for (let agent = 0; agent < this.driver.environment.agents; agent++) {
      this.driver.setController(agent, agent === focusedAgent ? focused : controllers.learner);
    }
  }

  dispose(): void {
    this.client.dispose();
  }
}
