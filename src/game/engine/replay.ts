import {
  type ArenaFault,
  DecisionBatch,
  type DecisionOutcome,
  decisionShape,
  type EnvironmentSpec,
  type EnvironmentState,
  type EpisodeEnding,
  PlaytrainError,
  type Simulation,
  type VectorEnvironment,
} from '../../contract';
import { hashText } from './state-hash';
import { createVectorEnvironment } from './vector-environment';

/** What happened to an environment between two ticks. `tick` counts the ticks before it. */
export type ReplayCall =
  | { readonly tick: number; readonly kind: 'decision' }
  | { readonly tick: number; readonly kind: 'actions'; readonly actions: readonly number[] }
  | {
      readonly tick: number;
      readonly kind: 'action';
      readonly agent: number;
      readonly action: readonly number[];
    };

/**
 * A run that can be played again: seed and actions, no states. Actions are recorded rather than computed again,
 * because policies use exponentials, whose last bits differ between engines. Plain data, fit for JSON.
 */
export interface Replay {
  readonly game: string;
  readonly seed: number;
  readonly arenas: number;
  readonly ticks: number;
  readonly calls: readonly ReplayCall[];
  /** The environment's hash right after so many ticks, before the calls that follow them; ascending. */
  readonly hashes: readonly { readonly tick: number; readonly hash: number }[];
  /** The hash after the last tick and the last call. */
  readonly finalHash: number;
}

export interface RecorderOptions {
  readonly arenas: number;
  readonly seed: number;
  /** Ticks from one recorded hash to the next; fewer find a difference closer to where it began. */
  readonly hashEveryTicks: number;
}

/** An environment that remembers every call. */
export interface ReplayRecorder {
  /** Use this as any other environment. Restoring is refused: a replay has no jumps. */
  readonly environment: VectorEnvironment;
  /** The replay up to now. */
  readonly replay: () => Replay;
}

/** Sets up a new environment that records itself. Throws what `createVectorEnvironment` throws. */
export function createRecorder(simulation: Simulation, options: RecorderOptions): ReplayRecorder {
  const environment = new RecordingEnvironment(
    createVectorEnvironment(simulation, { arenas: options.arenas, seed: options.seed }),
    options.hashEveryTicks,
  );
  return {
    environment,
    replay: () => ({
      game: simulation.game,
      seed: options.seed,
      arenas: options.arenas,
      ...environment.recorded(),
    }),
  };
}

/**
 * Plays a replay from its seed and holds every recorded hash against the states it leads to.
 *
 * @returns the environment as it stands at the replay's end.
 * @throws PlaytrainError where the replay is of another game, or its states are not reached again.
 */
export function playReplay(simulation: Simulation, replay: Replay): VectorEnvironment {
  if (replay.game !== simulation.game) {
    throw new PlaytrainError(
      'bad-file',
      `This replay is of “${replay.game}” and cannot be played in “${simulation.game}”; choose that game first.`,
    );
  }
  const environment = createVectorEnvironment(simulation, { arenas: replay.arenas, seed: replay.seed });
  const outcome = new DecisionBatch(decisionShape(environment.spec, environment.arenas));
  let nextCall = 0;
  let nextHash = 0;
  for (let tick = 0; tick <= replay.ticks; tick++) {
    for (; replay.hashes[nextHash]?.tick === tick; nextHash++) {
      expectHash(environment, replay.hashes[nextHash]!.hash, tick);
    }
    for (; replay.calls[nextCall]?.tick === tick; nextCall++) {
      repeatCall(environment, replay.calls[nextCall]!, outcome);
    }
    if (tick < replay.ticks) environment.tick();
  }
  if (nextCall < replay.calls.length || nextHash < replay.hashes.length) {
    throw new PlaytrainError(
      'bad-file',
      `The replay's calls or hashes are out of order or lie beyond its ${replay.ticks} ticks; the file was altered, so record it anew.`,
    );
  }
  expectHash(environment, replay.finalHash, replay.ticks);
  return environment;
}

function expectHash(environment: VectorEnvironment, recorded: number, tick: number): void {
  const reached = environment.hash();
  if (reached === recorded) return;
  throw new PlaytrainError(
    'bad-file',
    `The replay does not repeat: after ${tick} ticks the states' hash is ${hashText(reached)} where ${hashText(recorded)} was recorded. The game's rules have changed since, or the file was altered; record it anew.`,
  );
}

function repeatCall(environment: VectorEnvironment, call: ReplayCall, outcome: DecisionOutcome): void {
  switch (call.kind) {
    case 'decision':
      environment.takeDecision(outcome);
      break;
    case 'actions':
      environment.applyActions(Float32Array.from(call.actions));
      break;
    case 'action':
      environment.applyAction(call.agent, Float32Array.from(call.action));
      break;
  }
}

class RecordingEnvironment implements VectorEnvironment {
  readonly spec: EnvironmentSpec;
  readonly arenas: number;
  readonly agents: number;
  readonly stateSize: number;
  readonly states: Float64Array;
  readonly previousStates: Float64Array;
  readonly actions: Float32Array;
  readonly episodeTicks: Int32Array;
  readonly episodeRewardTerms: Float64Array;
  readonly lastRewardTerms: Float64Array;

  private readonly inner: VectorEnvironment;
  private readonly hashEveryTicks: number;
  private readonly calls: ReplayCall[] = [];
  private readonly hashes: { tick: number; hash: number }[] = [];
  private ticks = 0;

  constructor(inner: VectorEnvironment, hashEveryTicks: number) {
    this.inner = inner;
    this.hashEveryTicks = hashEveryTicks;
    this.spec = inner.spec;
    this.arenas = inner.arenas;
    this.agents = inner.agents;
    this.stateSize = inner.stateSize;
    this.states = inner.states;
    this.previousStates = inner.previousStates;
    this.actions = inner.actions;
    this.episodeTicks = inner.episodeTicks;
    this.episodeRewardTerms = inner.episodeRewardTerms;
    this.lastRewardTerms = inner.lastRewardTerms;
  }

  tick(): void {
    this.inner.tick();
    this.ticks++;
    // Before the calls that follow this tick, as `playReplay` looks at it.
    if (this.ticks % this.hashEveryTicks === 0) this.hashes.push({ tick: this.ticks, hash: this.hash() });
  }

  takeDecision(into: DecisionOutcome): void {
    this.inner.takeDecision(into);
    this.calls.push({ tick: this.ticks, kind: 'decision' });
  }

  applyActions(actions: Float32Array): void {
    this.inner.applyActions(actions);
    this.calls.push({ tick: this.ticks, kind: 'actions', actions: Array.from(actions) });
  }

  applyAction(agent: number, action: Float32Array): void {
    this.inner.applyAction(agent, action);
    this.calls.push({ tick: this.ticks, kind: 'action', agent, action: Array.from(action) });
  }

  takeEndings(): EpisodeEnding[] {
    return this.inner.takeEndings();
  }

  takeFaults(): readonly ArenaFault[] {
    return this.inner.takeFaults();
  }

  restartArena(): void {
    throw new PlaytrainError(
      'bad-environment',
      'An arena that is being recorded cannot begin anew from another seed; start a new recording.',
    );
  }

  save(): EnvironmentState {
    return this.inner.save();
  }

  restore(): void {
    throw new PlaytrainError(
      'bad-environment',
      'An environment that is being recorded cannot be restored to another moment; start a new recording.',
    );
  }

  hash(): number {
    return this.inner.hash();
  }

  recorded(): Pick<Replay, 'ticks' | 'calls' | 'hashes' | 'finalHash'> {
    return {
      ticks: this.ticks,
      calls: this.calls.slice(),
      hashes: this.hashes.slice(),
      finalHash: this.hash(),
    };
  }
}
