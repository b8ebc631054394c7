import {
  actionSize,
  type DecisionOutcome,
  maskSize,
  PlaytrainError,
  type ScriptedPlayer,
  seatsOf,
  sentenceOf,
} from '../contract';
import { LastSeats } from './last-seats';
import { OutcomeFrame } from './outcome-frame';
import {
  type AutoresetMode,
  aligned,
  FrameError,
  frameErrors,
  frameOf,
  headerBytes,
  type RequestType,
  replyTypes,
  requestTypes,
} from './protocol';
import type { Repeatable, ServedGame } from './served-game';
import { contractHash, simSpec } from './sim-spec';
import { StateBlock } from './state-block';

/** How a game is played from the other side. */
export interface SessionOptions {
  readonly autoreset: AutoresetMode;
  /** Where the chance of scripted opponents begins. */
  readonly seed: number;
  /** Who sits in the second seat of every arena; null where the other side plays all. */
  readonly opponent: ScriptedPlayer | null;
  /** What went wrong in an arena while the others went on. */
  readonly onFault: (sentence: string) => void;
}

/**
 * One game, played by frames: what docs/protocol.md says, whatever carries the bytes. Requests are answered one after the
 * other, out of memory that was laid out beforehand: a step allocates nothing here.
 */
export class SimSession {
  /** The frame that is sent first. */
  readonly spec: Uint8Array;
  /** By a request's type, how many bytes follow its header. */
  readonly payloadBytes: ReadonlyMap<number, number>;

  private readonly game: ServedGame;
  private readonly options: SessionOptions;
  private readonly seats: number;
  /** Seats that the other side plays. */
  private readonly servedSeats: number;
  private readonly weights: Float64Array; // [terms]
  private intervalTicks: number;
  private begun = false;

  private readonly block: StateBlock | null;
  private readonly contract: number;
  /** In the mode next-step: 1 where the next step only begins the next episode. */
  private readonly resets: Uint8Array; // [M]
  private readonly lastSeats: LastSeats;

  // What the environment writes, of all seats.
  private readonly outcome: DecisionOutcome;
  private readonly actions: Float32Array; // [N, actionSize]
  /** What is sent of it. */
  private readonly frame: OutcomeFrame;

  constructor(game: ServedGame, options: SessionOptions) {
    const { environment, repeatable } = game;
    const { spec, arenas } = environment;
    this.game = game;
    this.options = options;
    this.seats = seatsOf(spec);
    this.servedSeats = options.opponent === null ? this.seats : this.seats - 1;
    if (this.servedSeats === 0) {
      throw new PlaytrainError(
        'bad-settings',
        `“${spec.game}” has one seat, so nobody can be met there; leave the opponent out.`,
      );
    }
    const seen = { arenas, seats: this.seats, observationSize: spec.observationSpace.size };
    const widths = { mask: maskSize(spec.actionSpace), action: actionSize(spec.actionSpace) };
    const terms = spec.rewardTerms.length;
    this.weights = Float64Array.from(game.rewardWeights);
    this.intervalTicks = game.decisionIntervalTicks;
    this.resets = new Uint8Array(arenas);
    this.contract = contractHash(game);
    this.block = repeatable === null ? null : new StateBlock(repeatable.save(), arenas);

    const frame = new OutcomeFrame({ ...seen, servedSeats: this.servedSeats, maskSize: widths.mask });
    this.frame = frame;
    const all = environment.agents;
    this.actions = new Float32Array(all * widths.action);
    this.outcome = {
      // Written where they are sent from, unless only some of the rows are.
      observations: frame.isWhole ? frame.observations : new Float32Array(all * seen.observationSize),
      masks: frame.isWhole ? frame.masks : new Uint8Array(all * widths.mask),
      finalObservations: new Float32Array(all * seen.observationSize),
      rewardTerms: new Float32Array(all * terms),
      terminated: new Uint8Array(all),
      truncated: new Uint8Array(all),
      interrupted: new Uint8Array(all),
      lengthTicks: new Int32Array(all),
    };
    this.lastSeats = new LastSeats(
      options.opponent,
      { ...seen, actionSize: widths.action },
      this.outcome.observations,
      options.seed,
    );

    this.payloadBytes = new Map<number, number>([
      [requestTypes.reset, aligned(arenas) + 8 * arenas],
      [requestTypes.step, 4 * arenas * this.servedSeats * widths.action],
      [requestTypes.state, 0],
      [requestTypes.setState, this.block?.bytes ?? 0],
      [requestTypes.set, 8 * (1 + terms)],
      [requestTypes.close, 0],
    ]);
    this.spec = frameOf(
      replyTypes.spec,
      new TextEncoder().encode(
        JSON.stringify(
          simSpec(game, {
            autoreset: options.autoreset,
            opponent: options.opponent?.id ?? null,
            servedSeats: this.servedSeats,
            payloadBytes: this.payloadBytes,
            outcomeBytes: frame.fixedBytes - headerBytes,
            stateColumns: this.block?.columns ?? [],
          }),
        ),
      ),
    );
  }

  /**
   * Answers one request.
   *
   * @param payload of as many bytes as `payloadBytes` says, which begin at a multiple of eight in their buffer.
   * @returns the whole frame, good until the next request; a promise only where the game itself waits for something.
   * @throws FrameError where nothing was done; `isRefusal` of its code says whether the connection goes on.
   */
  answer(type: RequestType, payload: Uint8Array): Uint8Array | Promise<Uint8Array> {
    try {
      switch (type) {
        case requestTypes.step:
          return this.step(payload);
        case requestTypes.reset:
          return this.reset(payload);
        case requestTypes.state:
          return this.state();
        case requestTypes.setState:
          return this.setState(payload);
        case requestTypes.set:
          return this.set(payload);
        case requestTypes.close:
          return frameOf(replyTypes.closed, new Uint8Array(0));
      }
    } catch (error) {
      throw frameErrorOf(error);
    }
  }

  private step(payload: Uint8Array): Uint8Array | Promise<Uint8Array> {
    if (!this.begun) {
      throw new FrameError(frameErrors.order, 'A STEP came before the first RESET; begin all arenas first.');
    }
    const { environment } = this.game;
    const given = new Float32Array(payload.buffer, payload.byteOffset, payload.byteLength >> 2);
    this.lastSeats.place(given, this.actions);
    environment.applyActions(this.actions, this.resets);
    if (environment.settle !== undefined) return this.settledStep(environment.settle);
    for (let tick = 0; tick < this.intervalTicks; tick++) environment.tick();
    return this.told();
  }

  private async settledStep(settle: () => Promise<void>): Promise<Uint8Array> {
    try {
      for (let tick = 0; tick < this.intervalTicks; tick++) {
        this.game.environment.tick();
        await settle();
      }
      return this.told();
    } catch (error) {
      throw frameErrorOf(error);
    }
  }

  private reset(payload: Uint8Array): Uint8Array {
    const { environment, repeatable, beginAnew } = this.game;
    const { arenas } = environment;
    const chosen = payload.subarray(0, arenas);
    const seeds = new Float64Array(payload.buffer, payload.byteOffset + aligned(arenas), arenas);
    for (let arena = 0; arena < arenas; arena++) {
      if (chosen[arena]! > 1) {
        throw refused(`RESET marks arena ${arena} by ${chosen[arena]}; 1 begins it anew and 0 leaves it.`);
      }
      if (chosen[arena] === 1 && !(Number.isSafeInteger(seeds[arena]!) && seeds[arena]! >= 0)) {
        throw refused(
          `The seed of arena ${arena} is ${seeds[arena]}; it must be a whole number from 0 to 2^53 − 1.`,
        );
      }
    }
    if (!chosen.every((mark) => mark === 1)) {
      if (repeatable === null) {
        throw unable('Arenas of a live game share it, so they can only begin anew all at once.');
      }
      if (!this.begun) throw refused('The first RESET has to begin every arena.');
    }
    if (repeatable !== null) this.restart(repeatable, chosen, seeds);
    else if (this.begun) beginAnew?.();
    for (let arena = 0; arena < arenas; arena++) if (chosen[arena] === 1) this.resets[arena] = 0;
    this.begun = true;
    return this.shown();
  }

  private restart(repeatable: Repeatable, chosen: Uint8Array, seeds: Float64Array): void {
    for (let arena = 0; arena < chosen.length; arena++) {
      if (chosen[arena] !== 1) continue;
      repeatable.restartArena(arena, seeds[arena]!);
      this.lastSeats.begin(arena, seeds[arena]!);
    }
  }

  private state(): Uint8Array {
    const { block, repeatable } = this.repeatableGame();
    const state = block.write({
      ...repeatable.save(),
      contract: Uint32Array.of(this.contract),
      resets: this.resets,
      opponents: this.lastSeats.state(),
    });
    return frameOf(replyTypes.state, state);
  }

  private setState(payload: Uint8Array): Uint8Array {
    const { block, repeatable } = this.repeatableGame();
    const state = block.read(payload);
    if (state.contract[0] !== this.contract) {
      throw refused('This state was saved in another game, or by other rules of it, than is played here.');
    }
    const isWhole =
      // Between two decisions an arena either runs or waits for the answer to its first observation.
      state.waiting.every((phase) => phase === 0 || phase === 2) &&
      state.resets.every((mark) => mark <= 1) &&
      state.episodeTicks.every((ticks) => ticks >= 0) &&
      [state.random, state.opponents].every(areGenerators);
    if (!isWhole)
      throw refused('This is no state that was saved here: its marks or generators cannot be so.');
    repeatable.restore(state);
    this.resets.set(state.resets);
    this.lastSeats.restore(state.opponents);
    this.begun = true;
    return this.shown();
  }

  private repeatableGame(): { readonly block: StateBlock; readonly repeatable: Repeatable } {
    const { block, game } = this;
    if (block === null || game.repeatable === null) {
      throw unable('A live game cannot be copied, so it has no state to save or to go back to.');
    }
    return { block, repeatable: game.repeatable };
  }

  private set(payload: Uint8Array): Uint8Array {
    const values = new Float64Array(payload.buffer, payload.byteOffset, payload.byteLength >> 3);
    const interval = values[0]!;
    if (
      !(Number.isInteger(interval) && interval >= 1 && interval <= this.game.environment.spec.timeLimitTicks)
    ) {
      throw refused(
        `The decision interval is ${interval} ticks; it must be a whole number from 1 to the time limit, ${this.game.environment.spec.timeLimitTicks}.`,
      );
    }
    const weights = values.subarray(1);
    const wrong = weights.findIndex((weight) => !Number.isFinite(weight));
    if (wrong >= 0) {
      const { name } = this.game.environment.spec.rewardTerms[wrong]!;
      throw refused(`The weight of the reward term “${name}” is ${weights[wrong]}; it must be a number.`);
    }
    this.intervalTicks = interval;
    this.weights.set(weights);
    return frameOf(replyTypes.set, new Uint8Array(0));
  }

  /** The outcome of a step. */
  private told(): Uint8Array {
    const { outcome, frame, resets } = this;
    this.game.environment.takeDecision(outcome);
    for (const { message } of this.game.environment.takeFaults()) this.options.onFault(message);
    frame.writeRewards(outcome.rewardTerms, this.weights);
    let finals = 0;
    for (let arena = 0; arena < resets.length; arena++) {
      frame.writeArena(outcome, arena);
      resets[arena] = 0;
      if (!this.hasEnded(arena)) continue;
      if (this.options.autoreset === 'same-step') frame.addFinals(outcome, arena, finals++);
      else {
        frame.endOnFinals(outcome, arena);
        resets[arena] = 1;
      }
    }
    return frame.with(finals);
  }

  /** How the arenas stand, where no step led there. */
  private shown(): Uint8Array {
    const { outcome, frame, resets } = this;
    this.game.environment.takeDecision(outcome);
    for (const flags of [outcome.terminated, outcome.truncated, outcome.interrupted]) flags.fill(0);
    frame.rewards.fill(0);
    for (let arena = 0; arena < resets.length; arena++) {
      frame.writeArena(outcome, arena);
      if (resets[arena] === 1) frame.endOnFinals(outcome, arena);
    }
    return frame.with(0);
  }

  private hasEnded(arena: number): boolean {
    const agent = arena * this.seats;
    return this.outcome.terminated[agent] !== 0 || this.outcome.truncated[agent] !== 0;
  }
}

/** A generator whose numbers are all zero would draw zero for ever. */
function areGenerators(states: Int32Array): boolean {
  for (let at = 0; at < states.length; at += 4) {
    if (states.subarray(at, at + 4).every((word) => word === 0)) return false;
  }
  return true;
}

function refused(sentence: string): FrameError {
  return new FrameError(frameErrors.value, sentence);
}

function unable(sentence: string): FrameError {
  return new FrameError(frameErrors.unable, sentence);
}

/** What the environment refuses is refused; whatever else is thrown is the game's end. */
function frameErrorOf(error: unknown): FrameError {
  if (error instanceof FrameError) return error;
  const isOfRequest =
    error instanceof PlaytrainError && (error.code === 'bad-actions' || error.code === 'bad-settings');
  return new FrameError(isOfRequest ? frameErrors.value : frameErrors.game, sentenceOf(error), {
    cause: error,
  });
}
