import { Actor } from '../src/agent/actor';
import { Collector } from '../src/agent/collector';
import { initialiseParameters, policyLayout } from '../src/agent/policy';
import {
  createRollout,
  DecisionBatch,
  decisionShape,
  type Hyperparameters,
  type Rollout,
  rolloutShape,
} from '../src/contract';
import { balancePresets } from '../src/game/balance/presets';
import { balance } from '../src/game/balance/simulation';
import { createVectorEnvironment } from '../src/game/engine/vector-environment';
import { SeededRandom } from '../src/random/seeded-random';

/**
 * How two threads hand each other memory: it is transferred with a message; or both share it and the one that waits
 * sleeps, or looks without rest, until it is its turn.
 */
export const handOvers = ['messages', 'shared', 'sharedSpinning'] as const;
export type HandOver = (typeof handOvers)[number];

/** What one thread has of another. */
export interface Line {
  readonly port: MessagePort;
  /** Just large enough for what is handed over. */
  readonly memory: SharedArrayBuffer;
  /** Whose turn it is: one int32. */
  readonly turns: SharedArrayBuffer;
}

/** The work that throughput is measured on. */
const settings: Hyperparameters = { ...balancePresets.fast, arenas: 16, rolloutLength: 128 };
const newEnvironment = () => createVectorEnvironment(balance, { arenas: settings.arenas, seed: 1 });
const { spec } = newEnvironment();
const shape = decisionShape(spec, settings.arenas);

const rolloutSize = rolloutShape(spec, settings);

/** What is handed over, what it takes, and how many decisions of an arena it stands for. */
export const parcels = {
  decision: { bytes: new DecisionBatch(shape).buffer.byteLength, decisions: settings.arenas },
  rollout: {
    bytes: createRollout(rolloutSize).buffer.byteLength,
    decisions: settings.arenas * settings.rolloutLength,
  },
} as const;
export type Parcel = keyof typeof parcels;

function newActor(): Actor {
  const layout = policyLayout(spec, settings);
  const parameters = initialiseParameters(layout, SeededRandom.fromSeed(1), 0);
  return new Actor({
    spec,
    hyperparameters: settings,
    snapshot: { version: 0, parameters },
    acting: 'wasm',
  });
}

/** Answers decisions as the actor's thread does. */
class Answerer {
  private readonly actor = newActor();

  answer(batch: DecisionBatch): void {
    const full = this.actor.observe(batch, 0);
    if (full !== null) this.actor.takeBack(full.rollout.buffer);
    this.actor.act(batch);
  }
}

/** What playing took, and where it came to: the same, however decisions and rollouts are handed over. */
export interface Played {
  readonly milliseconds: number;
  /** Of the arenas' states. */
  readonly hash: number;
}

/** Plays the arenas as whoever has the game does. */
class Player {
  readonly environment = newEnvironment();
  private number = 0;

  ask(batch: DecisionBatch): void {
    this.environment.takeDecision(batch);
    batch.number = this.number++;
  }

  take({ actions }: DecisionBatch): void {
    this.environment.applyActions(actions);
    this.environment.tick();
  }
}

/** Whose turn it is at a record in shared memory. */
class Turns {
  private readonly turn: Int32Array;
  private readonly spin: boolean;

  constructor({ turns }: Line, by: HandOver) {
    this.turn = new Int32Array(turns);
    this.spin = by === 'sharedSpinning';
  }

  pass(to: number): void {
    Atomics.store(this.turn, 0, to);
    if (!this.spin) Atomics.notify(this.turn, 0);
  }

  /** Holds the thread up until it is the turn of `own`. */
  wait(own: number): void {
    for (let turn = Atomics.load(this.turn, 0); turn !== own; turn = Atomics.load(this.turn, 0)) {
      if (!this.spin) Atomics.wait(this.turn, 0, turn);
    }
  }

  /** The same for a page's own thread, which may not be held up. */
  async waitFor(own: number): Promise<void> {
    for (let turn = Atomics.load(this.turn, 0); turn !== own; turn = Atomics.load(this.turn, 0)) {
      if (!this.spin) await (Atomics as unknown as WaitingAtomics).waitAsync(this.turn, 0, turn).value;
    }
  }
}

/** Not among the types of ES2023. */
interface WaitingAtomics {
  waitAsync(turn: Int32Array, index: number, value: number): { readonly value: unknown };
}

const playing = 1;
const answering = 2;
const shared = (memory: SharedArrayBuffer) => memory as unknown as ArrayBuffer; // views take either

/** Answers so many decisions of another thread. */
export async function answerDecisions(line: Line, by: HandOver, decisions: number): Promise<void> {
  const answerer = new Answerer();
  if (by === 'messages') {
    for (let count = 0; count < decisions; count++) {
      const batch = new DecisionBatch(shape, await next(line.port));
      answerer.answer(batch);
      line.port.postMessage(batch.buffer, [batch.buffer]);
    }
    return;
  }
  const turns = new Turns(line, by);
  const batch = new DecisionBatch(shape, shared(line.memory));
  for (let count = 0; count < decisions; count++) {
    turns.wait(answering);
    answerer.answer(batch);
    turns.pass(playing);
  }
}

/**
 * Plays so many decisions that another thread answers.
 *
 * @param mayWait whether this thread may be held up.
 */
export async function playDecisions(
  line: Line,
  by: HandOver,
  decisions: number,
  mayWait: boolean,
  clock: () => number,
): Promise<Played> {
  const player = new Player();
  const startMs = clock();
  if (by === 'messages') {
    let batch = new DecisionBatch(shape);
    for (let count = 0; count < decisions; count++) {
      player.ask(batch);
      line.port.postMessage(batch.buffer, [batch.buffer]);
      batch = new DecisionBatch(shape, await next(line.port));
      player.take(batch);
    }
    return played(startMs, clock, player.environment);
  }
  const turns = new Turns(line, by);
  const batch = new DecisionBatch(shape, shared(line.memory));
  for (let count = 0; count < decisions; count++) {
    player.ask(batch);
    turns.pass(answering);
    if (mayWait) turns.wait(playing);
    else await turns.waitFor(playing);
    player.take(batch);
  }
  return played(startMs, clock, player.environment);
}

/** Plays and answers in one thread. */
export function playAlone(decisions: number, clock: () => number): Played {
  const [player, answerer] = [new Player(), new Answerer()];
  const batch = new DecisionBatch(shape);
  const startMs = clock();
  for (let count = 0; count < decisions; count++) {
    player.ask(batch);
    answerer.answer(batch);
    player.take(batch);
  }
  return played(startMs, clock, player.environment);
}

/**
 * Gathers so many rollouts, each handed over and waited for: nothing is gathered meanwhile.
 */
export async function gatherRollouts(
  line: Line,
  by: HandOver,
  rollouts: number,
  clock: () => number,
): Promise<Played> {
  const actor = newActor();
  const { decisionIntervalTicks } = settings;
  const environment = newEnvironment();
  const collector = new Collector({ environment, actor, decisionIntervalTicks, firstArena: 0, clock });
  const turns = new Turns(line, by);
  const startMs = clock();
  for (let count = 0; count < rollouts; count++) {
    const { buffer } = gathered(collector);
    if (by === 'messages') {
      line.port.postMessage(buffer, [buffer]);
      actor.takeBack(await next(line.port));
      continue;
    }
    // All but the first were filled where they lie.
    if (count === 0) new Uint8Array(line.memory).set(new Uint8Array(buffer));
    turns.pass(answering);
    turns.wait(playing);
    actor.takeBack(shared(line.memory));
  }
  return played(startMs, clock, environment);
}

/** Reads so many rollouts of another thread, and gives them back. */
export async function readRollouts(line: Line, by: HandOver, rollouts: number): Promise<void> {
  const turns = new Turns(line, by);
  for (let count = 0; count < rollouts; count++) {
    if (by === 'messages') {
      const buffer = await next(line.port);
      read(buffer);
      line.port.postMessage(buffer, [buffer]);
      continue;
    }
    turns.wait(answering);
    read(shared(line.memory));
    turns.pass(playing);
  }
}

function played(startMs: number, clock: () => number, environment: { hash(): number }): Played {
  return { milliseconds: clock() - startMs, hash: environment.hash() };
}

function gathered(collector: Collector): Rollout {
  for (;;) {
    const full = collector.decide();
    if (full !== null) return full.rollout;
  }
}

/** As an update does, every observation is looked at. */
function read(buffer: ArrayBuffer): number {
  return createRollout(rolloutSize, buffer).observations.reduce((sum, number) => sum + number, 0);
}

/** The next message; whoever asks sent what it answers. */
function next(port: MessagePort): Promise<ArrayBuffer> {
  return new Promise((resolve) => {
    port.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => resolve(data);
  });
}

/** One way of handing over, and how often. */
export interface HandOverSubject {
  readonly parcel: Parcel;
  /** Which thread plays: the page's own or a worker's. The other is a worker's. */
  readonly from: 'page' | 'worker';
  /** `none`: one worker does both. */
  readonly by: HandOver | 'none';
  readonly count: number;
}

export interface HandOverSample extends Pick<Played, 'hash'> {
  readonly decisionsPerSecond: number;
}
