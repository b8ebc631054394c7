import type { StyleMeter } from './playing-style';
import type { ActionSpace, ObservationSpace } from './spaces';

/** A named part of the reward. The reward of a step is the weighted sum of all terms. */
export interface RewardTerm {
  readonly name: string;
  /** One sentence: what it pays for. */
  readonly description: string;
  readonly defaultWeight: number;
  /** True where agents meet and what this pays one of them the others do not lose; shown to people. */
  readonly shaping?: boolean;
}

/** Uniform numbers from a seeded generator; the only chance a simulation may use. */
export interface RandomSource {
  /** A number in [0, 1). */
  uniform(): number;
}

/** What an agent needs to know of an environment to learn in it. Plain data, so it crosses to workers. */
export interface EnvironmentSpec {
  /** The game's id, such as `balance`. */
  readonly game: string;
  /** Agents that meet in one arena, each with a view of its own; one where none is named. See `seatsOf`. */
  readonly seats?: 1 | 2;
  /** Where agents meet: the reward term that a seat has more of than the other when it won the episode. */
  readonly winTerm?: string;
  readonly observationSpace: ObservationSpace;
  readonly actionSpace: ActionSpace;
  readonly rewardTerms: readonly RewardTerm[];
  /** Length of one simulation step in milliseconds of game time. */
  readonly tickMs: number;
  /** Episodes are truncated after this many ticks. */
  readonly timeLimitTicks: number;
}

/** Agents that meet in one arena. */
export function seatsOf({ seats }: Pick<EnvironmentSpec, 'seats'>): number {
  return seats ?? 1;
}

/** A player whose actions follow from rules written by hand. */
export interface ScriptedPlayer {
  /** Such as `bot-steady`. */
  readonly id: string;
  readonly name: string;
  /** One sentence: how it plays. */
  readonly summary: string;
  /**
   * Writes the action that answers `observation` `[obs]` into `action` `[actionSize]`. Remembers nothing; chance comes
   * from `random` alone. One of a live game looks at the game itself instead, for which it is told which of the
   * environment's agents it plays.
   */
  act(observation: Float32Array, random: RandomSource, action: Float32Array, agent?: number): void;
}

/**
 * A game's rules: pure functions over a state that the caller owns.
 *
 * Where agents meet, arrays that hold a row an agent hold those of all seats, one seat after the other, and each
 * seat's view and actions are as if it sat in the first one, so that one policy plays all.
 *
 * One arena's state is `stateSize` float64 numbers. Nothing here allocates, reads a clock, or draws chance other
 * than from the source it is handed, so the same seed and the same actions give the same states anywhere.
 */
export interface Simulation extends EnvironmentSpec {
  /**
   * Which rules these are, counted from 1 (where none is named): one more whenever the same actions lead to other states
   * than before. Recorded matches name the rules that they were played by.
   */
  readonly rulesVersion?: number;
  readonly stateSize: number;
  /** Ticks from one decision to the next, unless a person sets another interval. */
  readonly decisionIntervalTicks: number;
  /** Opponents written by hand, the weakest first; for games in which agents meet. */
  readonly scriptedPlayers?: readonly ScriptedPlayer[];
  /** The seat that serves, in a state that `reset` wrote; for games in which agents meet and one of them serves. */
  serverOf?(state: Float64Array): 0 | 1;
  /** What says how players play; for games in which agents meet. */
  styleMeter?(): StyleMeter;
  /** Writes the start of an episode into `state` `[stateSize]`. */
  reset(state: Float64Array, random: RandomSource): void;
  /**
   * Advances `state` by one tick under `actions` `[seats, actionSize]` and writes each reward term into `rewardTerms`
   * `[seats, terms]`, unweighted. Returns whether the episode terminated; the time limit is the engine's.
   */
  step(state: Float64Array, actions: Float32Array, rewardTerms: Float64Array): boolean;
  /** Writes what the agents see into `observations` `[seats, obs]`. */
  observe(state: Float64Array, observations: Float32Array): void;
  /** Writes 1 for each allowed choice, 0 for each forbidden one, into `masks` `[seats, maskSize]`. For masked spaces only. */
  mask?(state: Float64Array, masks: Uint8Array): void;
  /**
   * Writes the action `[actionSize]` that a person's input stands for. `tick` counts the episode's ticks; `seat` is
   * where the person sits, who sees the arena as it is drawn.
   */
  personAction(input: PersonInput, tick: number, action: Float32Array, seat: number): void;
}

/** The version of a simulation's rules. */
export function rulesVersionOf({ rulesVersion }: Pick<Simulation, 'rulesVersion'>): number {
  return rulesVersion ?? 1;
}

/** What a person's keys, touch or gamepad say, whatever the device. */
export interface PersonInput {
  /** −1 (left) to 1 (right). */
  readonly horizontal: number;
  /** −1 (down) to 1 (up). */
  readonly vertical: number;
  readonly primary: boolean;
}

/** Why an episode ended otherwise than by the rules or the time limit. Values of `DecisionOutcome.interrupted`. */
export const interruptions = {
  none: 0,
  /** Its arena was begun anew, such as for a match: what was played until then counts, the episode does not. */
  restart: 1,
  /** Its arena went wrong and was begun anew: what happened since the last decision is not known either. */
  fault: 2,
} as const;

/** What went wrong in one arena while the others went on. */
export interface ArenaFault {
  /** Among all of the run’s. */
  readonly arena: number;
  /**
   * `threw`: the game’s own code did. `notFinite`: it gave a number that is none. For both the arena was begun anew.
   * `noChoice`: it left the learner nothing to choose.
   */
  readonly kind: 'threw' | 'notFinite' | 'noChoice';
  /** A sentence for people. */
  readonly message: string;
}

/** One episode that ended, as the environment saw it. */
export interface EpisodeEnding {
  readonly arena: number;
  readonly terminated: boolean;
  readonly truncated: boolean;
  readonly lengthTicks: number;
  /** Sum of every reward term over the episode `[seats, terms]`, unweighted. */
  readonly rewardTerms: readonly number[];
}

/**
 * M arenas of one game, stepped together, with time limits and automatic resets: all that acting and learning need of a
 * game, be it a simulation or somebody’s live one. Agents are counted arena by arena, and seat by seat in each: N agents.
 *
 * Between two decisions it sums rewards and keeps the flags. An arena whose episode ended is reset at once and then
 * waits, untouched by further ticks, for an action that was computed from its own first observation: so no action
 * ever acts in an episode it was not meant for.
 *
 * An arena whose rules throw, or that gives numbers that are not finite, is begun anew likewise; the others go on.
 */
export interface DecisionEnvironment {
  readonly spec: EnvironmentSpec;
  /** M. */
  readonly arenas: number;
  /** N: arenas times seats. */
  readonly agents: number;
  /** Actions in force, `[N, actionSize]`, continuous ones clipped to the space. */
  readonly actions: Float32Array;
  /** Ticks into the running episode, `[M]`. */
  readonly episodeTicks: Int32Array;
  /** Sums of the reward terms over the running episode, and over each arena's last that ended, `[N, terms]`, unweighted. */
  readonly episodeRewardTerms: Float64Array;
  readonly lastRewardTerms: Float64Array;
  /** Advances every arena that is not waiting by one tick under the actions in force. */
  tick(): void;
  /** Where it is there, to be awaited after each tick: a game goes on with what it waits for, such as promises. */
  readonly settle?: (() => Promise<void>) | undefined;
  /**
   * Writes the outcome since the last call (reward terms, flags, final observations) and the present observations
   * and masks into the caller's record, then starts a new sum. All numbers are finite.
   *
   * @throws PlaytrainError `bad-environment` where an arena keeps going wrong.
   */
  takeDecision(into: DecisionOutcome): void;
  /**
   * Puts actions `[N, actionSize]` in force (clipped) and releases arenas that were waiting for them, all but those that
   * `holds` `[M]` marks by 1: their actions are meant for nobody.
   */
  applyActions(actions: Float32Array, holds?: Uint8Array): void;
  /**
   * Puts one agent's action in force: a person's. Alone in its arena, it also releases it; where agents meet, the arena
   * waits for the others' answers.
   */
  applyAction(agent: number, action: Float32Array): void;
  /** Episodes that ended since the last call. */
  takeEndings(): EpisodeEnding[];
  /** What went wrong since the last call. */
  takeFaults(): readonly ArenaFault[];
}

/** Copies of one simulation, whose states can be seen, kept, repeated and gone back to. */
export interface VectorEnvironment extends DecisionEnvironment {
  readonly stateSize: number;
  /** States after the last tick and the one before, `[M, stateSize]`, for drawing. Equal where an arena was just reset. */
  readonly states: Float64Array;
  readonly previousStates: Float64Array;
  /**
   * Begins an episode of one arena whose generator starts from `seed`, as a match does that can be repeated. The one
   * that was running is truncated and marked as interrupted.
   */
  restartArena(arena: number, seed: number): void;
  /** Everything needed to go on from here, as plain data; and back. */
  save(): EnvironmentState;
  /** Goes on from what `save` gave. */
  restore(state: EnvironmentState): void;
  /** A hash of states and generators; equal hashes mean equal futures under equal actions. */
  hash(): number;
}

/** Plain data of a vector environment between two ticks. */
export interface EnvironmentState {
  readonly states: Float64Array;
  readonly episodeTicks: Int32Array;
  /** Generator states, one row an arena. */
  readonly random: Int32Array;
  /**
   * 0 running, 1 waiting with its first observation not taken yet, 2 waiting for the answer to it, 3 running under a
   * person's actions with its first observation not taken yet, `[M]`.
   */
  readonly waiting: Uint8Array;
  /** Actions in force, `[N, actionSize]`. */
  readonly actions: Float32Array;
  /** Sums since the episode's start, `[N, terms]`. */
  readonly episodeRewardTerms: Float64Array;
  /** What the next `takeDecision` would report so far; shapes as in `DecisionOutcome`. */
  readonly rewardTerms: Float64Array;
  readonly terminated: Uint8Array;
  readonly truncated: Uint8Array;
  readonly interrupted: Uint8Array;
  readonly lengthTicks: Int32Array;
  readonly finalObservations: Float32Array;
}

/** The half of a decision record that the environment writes. Shapes: N agents; those of one arena share its flags. */
export interface DecisionOutcome {
  /** Present observation of each agent, `[N, obs]`: after a reset, the new episode's first. */
  readonly observations: Float32Array;
  /** Last observation of an episode that ended, `[N, obs]`; only rows whose flag is set mean anything. */
  readonly finalObservations: Float32Array;
  /** Sum of each reward term since the last decision, `[N, terms]`, unweighted. */
  readonly rewardTerms: Float32Array;
  /** 1 where the episode really ended, `[N]`. */
  readonly terminated: Uint8Array;
  /** 1 where the time limit, or an interruption, cut it, `[N]`. Both may be set; then termination wins. */
  readonly truncated: Uint8Array;
  /** Of `interruptions`, `[N]`: why it was cut, where neither rules nor limit ended it. */
  readonly interrupted: Uint8Array;
  /** Ticks that the episode took, `[N]`, 0 where that is not known; only rows whose flag is set mean anything. */
  readonly lengthTicks: Int32Array;
  /** 1 for each allowed choice, `[N, maskSize]`. */
  readonly masks: Uint8Array;
}
