import {
  type EnvironmentSpec,
  type EnvironmentState,
  maskSize,
  PlaytrainError,
  type Simulation,
  type VectorEnvironment,
} from '../../contract';
import { randomStateSize, SeededRandom } from '../../random/seeded-random';
import { type ArenaOrigin, arenaStream } from '../../random/stream';
import { ArenaEnvironment, type Worlds } from './arena-environment';
import { hashBytes } from './state-hash';

/** How many copies, and where their chance comes from: each arena has a stream of its own. */
export interface VectorEnvironmentOptions {
  /** M. */
  readonly arenas: number;
  /** The run's. */
  readonly seed: number;
  /** Decisions that the run has taken already; other worlds follow than at its start. */
  readonly generation?: number;
  /** Which of the run's arenas is the first of these. */
  readonly firstArena?: number;
}

/** The plain data by which an agent knows a simulation: it may be sent to a worker, functions may not. */
export function environmentSpec(simulation: Simulation): EnvironmentSpec {
  const { game, seats, winTerm, observationSpace, actionSpace, rewardTerms, tickMs, timeLimitTicks } =
    simulation;
  return {
    game,
    ...(seats === undefined ? {} : { seats }),
    ...(winTerm === undefined ? {} : { winTerm }),
    observationSpace,
    actionSpace,
    rewardTerms,
    tickMs,
    timeLimitTicks,
  };
}

/**
 * Sets up `arenas` copies of a simulation, each at the start of an episode and waiting for its first action.
 * The first `applyActions` releases them, whether or not a decision was taken before: nothing older can be under way.
 *
 * @throws PlaytrainError where the number of arenas or the seed cannot be used, or a masked space has no mask.
 */
export function createVectorEnvironment(
  simulation: Simulation,
  options: VectorEnvironmentOptions,
): VectorEnvironment {
  const { arenas, seed, generation = 0, firstArena = 0 } = options;
  if (!(Number.isInteger(arenas) && arenas >= 1)) {
    throw new PlaytrainError(
      'bad-settings',
      `${arenas} arenas cannot be set up; give a whole number of at least 1.`,
    );
  }
  if (!Number.isSafeInteger(seed)) {
    throw new PlaytrainError('bad-settings', `The seed is ${seed}; it must be a whole number.`);
  }
  if (maskSize(simulation.actionSpace) > 0 && simulation.mask === undefined) {
    throw new PlaytrainError(
      'bad-environment',
      `The action space of “${simulation.game}” is masked but its simulation has no mask function; write one, or drop “masked”.`,
    );
  }
  return new SimulatedArenas(
    new SimulatedWorlds(simulation, arenas, { seed, generation, firstArena }),
    firstArena,
  );
}

/** The states of M copies of a simulation, and the chance that each draws. */
class SimulatedWorlds implements Worlds {
  readonly simulation: Simulation;
  readonly states: Float64Array; // [M, stateSize]
  readonly previousStates: Float64Array; // [M, stateSize]
  readonly generators: SeededRandom[];
  // One view an arena, made once, so that a tick makes none.
  private readonly stateOf: readonly Float64Array[];
  private readonly previousStateOf: readonly Float64Array[];

  constructor(simulation: Simulation, arenas: number, origin: ArenaOrigin) {
    const { stateSize } = simulation;
    this.simulation = simulation;
    this.states = new Float64Array(arenas * stateSize);
    this.previousStates = new Float64Array(arenas * stateSize);
    const rowsOf = (states: Float64Array) =>
      Array.from({ length: arenas }, (_, arena) =>
        states.subarray(arena * stateSize, (arena + 1) * stateSize),
      );
    this.stateOf = rowsOf(this.states);
    this.previousStateOf = rowsOf(this.previousStates);
    this.generators = Array.from({ length: arenas }, (_, arena) => arenaStream(origin, 'worlds', arena));
  }

  get arenas(): number {
    return this.generators.length;
  }

  begin(arena: number): void {
    const state = this.stateOf[arena]!;
    this.simulation.reset(state, this.generators[arena]!);
    this.previousStateOf[arena]!.set(state);
  }

  step(arena: number, actions: Float32Array, rewardTerms: Float64Array): boolean {
    return this.simulation.step(this.stateOf[arena]!, actions, rewardTerms);
  }

  observe(arena: number, observations: Float32Array): void {
    this.simulation.observe(this.stateOf[arena]!, observations);
  }

  mask(arena: number, masks: Uint8Array): void {
    this.simulation.mask?.(this.stateOf[arena]!, masks);
  }

  /** `[M, randomStateSize]`. */
  randomStates(): Int32Array {
    const random = new Int32Array(this.arenas * randomStateSize);
    this.generators.forEach((generator, arena) => {
      random.set(generator.state(), arena * randomStateSize);
    });
    return random;
  }

  setRandomStates(random: Int32Array): void {
    for (let arena = 0; arena < this.arenas; arena++) {
      const from = arena * randomStateSize;
      this.generators[arena] = SeededRandom.fromState(random.subarray(from, from + randomStateSize));
    }
  }
}

class SimulatedArenas extends ArenaEnvironment implements VectorEnvironment {
  readonly stateSize: number;
  readonly states: Float64Array;
  readonly previousStates: Float64Array;
  private readonly simulated: SimulatedWorlds;

  constructor(worlds: SimulatedWorlds, firstArena: number) {
    super(environmentSpec(worlds.simulation), worlds, worlds.arenas, firstArena);
    this.simulated = worlds;
    this.stateSize = worlds.simulation.stateSize;
    this.states = worlds.states;
    this.previousStates = worlds.previousStates;
  }

  override tick(): void {
    this.previousStates.set(this.states);
    super.tick();
  }

  restartArena(arena: number, seed: number): void {
    if (!(Number.isInteger(arena) && arena >= 0 && arena < this.arenas) || !Number.isSafeInteger(seed)) {
      throw new PlaytrainError(
        'bad-settings',
        `Arena ${arena} cannot begin anew from seed ${seed}; choose one of the arenas 0 to ${this.arenas - 1} and a whole number.`,
      );
    }
    this.cutEpisode(arena);
    this.simulated.generators[arena] = SeededRandom.fromSeed(seed);
    this.startEpisode(arena);
  }

  save(): EnvironmentState {
    const { episodeTicks, episodeRewardTerms, rewardTerms, ...of } = this.ledger.state;
    return {
      states: this.states.slice(),
      episodeTicks: episodeTicks.slice(),
      random: this.simulated.randomStates(),
      waiting: this.phase.slice(),
      actions: this.actions.slice(),
      episodeRewardTerms: episodeRewardTerms.slice(),
      rewardTerms: rewardTerms.slice(),
      terminated: of.terminated.slice(),
      truncated: of.truncated.slice(),
      interrupted: of.interrupted.slice(),
      lengthTicks: of.lengthTicks.slice(),
      finalObservations: of.finalObservations.slice(),
    };
  }

  restore(state: EnvironmentState): void {
    const own = {
      states: this.states,
      ...this.ledger.state,
      waiting: this.phase,
      actions: this.actions,
      random: new Int32Array(this.arenas * randomStateSize),
    };
    const names = Object.keys(own) as (keyof EnvironmentState)[];
    for (const name of names) {
      if (own[name].length === state[name].length) continue;
      throw new PlaytrainError(
        'bad-environment',
        `The saved environment’s “${name}” has ${state[name].length} numbers where ${this.arenas} arenas of “${this.spec.game}” need ${own[name].length}; restore it into an environment of the same game and number of arenas.`,
      );
    }
    for (const name of names) own[name].set(state[name]);
    this.previousStates.set(state.states);
    this.simulated.setRandomStates(own.random);
    this.ledger.forgetEndings();
  }

  hash(): number {
    let hash = hashBytes(this.states);
    hash = hashBytes(this.episodeTicks, hash);
    hash = hashBytes(this.phase, hash);
    return hashBytes(this.simulated.randomStates(), hash);
  }
}
