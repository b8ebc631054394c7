import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDistribution } from '../src/agent/distributions';
import { Learner } from '../src/agent/learner';
import { policyLayout } from '../src/agent/policy';
import { createSnapshot } from '../src/agent/snapshot';
import {
  controllers,
  createRollout,
  DecisionBatch,
  type DecisionOutcome,
  decisionShape,
  type Hyperparameters,
  type Rollout,
  type Simulation,
  type SnapshotData,
  sb3Hyperparameters,
} from '../src/contract';
import { Driver } from '../src/game/engine/driver';
import { createVectorEnvironment, environmentSpec } from '../src/game/engine/vector-environment';
import { ActorHost } from '../src/workers/actor-host';
import { LearnerHost } from '../src/workers/learner-host';
import type { RolloutMessage, UpdateMessage } from '../src/workers/protocol';

const arenas = 3;
const tickMs = 20;
const personsAction = -12_345;
const hyperparameters: Hyperparameters = {
  ...sb3Hyperparameters,
  arenas,
  rolloutLength: 8,
  minibatchSize: 8,
  epochs: 1,
  hiddenSizes: [4],
  learningRate: 1e-3,
};

/** Where in a state its arena and its episode stand; both outlive a reset. */
const arenaAt = 0;
const episodeAt = 1;
const ticksAt = 2;

/**
 * A game that keeps books: what each arena was asked, which action moved it and what that paid, apart from how the
 * engine and the actor count.
 */
class Ledger {
  /** Decisions taken, the one that is being taken included. */
  asks = 0;
  arenasBegun = 0;
  /** A number that no rule gives, in the next tick of this arena; −1 for none. */
  breaks = -1;
  /** By ask: each arena's episode, who plays it, and what it was paid since the ask before. */
  readonly taken: { episodes: number[]; controllers: number[]; paid: number[]; wentWrong: boolean[] }[] = [];
  /** By action, all of which differ: for which ask it was chosen. */
  readonly askOf = new Map<number, number>();
  /** The newest answer that was put in force. */
  appliedAsk = -1;
  /** Ticks by actions of the learner's that moved an arena. */
  moved = 0;
  readonly wrongMoves: string[] = [];
  paid = new Float64Array(arenas);
  wentWrong = new Uint8Array(arenas);

  readonly simulation: Simulation = {
    game: 'ledger',
    stateSize: 3,
    tickMs,
    timeLimitTicks: 9,
    decisionIntervalTicks: 1,
    observationSpace: { size: 2, names: ['ask', 'arena'], low: [0, 0], high: [1e6, arenas] },
    actionSpace: { kind: 'continuous', size: 1, names: ['move'], low: [-1e9], high: [1e9] },
    rewardTerms: [{ name: 'tick', description: 'Pays whole numbers.', defaultWeight: 1 }],
    reset: (state) => {
      if (state[episodeAt] === 0) state[arenaAt] = this.arenasBegun++;
      state[episodeAt]! += 1;
      state[ticksAt] = 0;
    },
    step: (state, [action], rewardTerms) => {
      const arena = state[arenaAt]!;
      state[ticksAt]! += 1;
      this.noteMove(arena, state[episodeAt]!, action!);
      const reward = ((7 * state[ticksAt]! + arena) % 5) + 1;
      rewardTerms[0] = this.breaks === arena ? Number.NaN : reward;
      // What a person does before a decision has seen the episode belongs to none: it pays none, and spoils none.
      if (this.taken.at(-1)?.episodes[arena] === state[episodeAt]) {
        this.paid[arena]! += reward;
        if (this.breaks === arena) this.wentWrong[arena] = 1;
      }
      if (this.breaks === arena) this.breaks = -1;
      return (state[episodeAt]! + arena) % 4 === 0 && state[ticksAt]! >= 4;
    },
    observe: (state, observations) => {
      observations[0] = this.asks;
      observations[1] = state[arenaAt]!;
    },
    personAction: (_input, _tick, action) => {
      action[0] = personsAction;
    },
  };

  private noteMove(arena: number, episode: number, action: number): void {
    if (action === personsAction) return;
    const ask = this.askOf.get(action);
    const asked = this.taken[ask ?? -1];
    if (ask === undefined || asked === undefined) {
      // An arena that a person left stands under the person's last action, or under none, until the next answer.
      if (action !== 0) this.wrongMoves.push(`arena ${arena} moved by ${action}, which nobody chose`);
    } else if (ask > this.appliedAsk) {
      this.wrongMoves.push(`arena ${arena} moved by the answer to ask ${ask} before it came`);
    } else if (asked.episodes[arena] !== episode) {
      this.wrongMoves.push(`arena ${arena} moved in episode ${episode} by an action for another`);
    } else this.moved++;
  }
}

type Event =
  | { readonly kind: 'frame' | 'wake'; readonly ms: number }
  | { readonly kind: 'deliver'; readonly to: 'actor' | 'page' | 'learner' | 'back' }
  | { readonly kind: 'controller'; readonly arena: number; readonly controller: 0 | 1 | 2 }
  | { readonly kind: 'restart' | 'break'; readonly arena: number }
  | { readonly kind: 'running' | 'lockstep' | 'learning' | 'wait'; readonly on: boolean };

const arena = fc.nat(arenas - 1);
const deliveries = (to: 'actor' | 'page' | 'learner' | 'back', weight: number) => ({
  weight,
  arbitrary: fc.constant({ kind: 'deliver' as const, to }),
});
const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 14,
    arbitrary: fc.record({ kind: fc.constantFrom('frame', 'wake'), ms: fc.integer({ min: 0, max: 45 }) }),
  },
  deliveries('actor', 16),
  deliveries('page', 16),
  deliveries('learner', 6),
  deliveries('back', 6),
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('controller'),
      arena,
      controller: fc.constantFrom(controllers.cast, controllers.frozen, controllers.person),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('restart', 'break'), arena }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('running', 'lockstep', 'learning', 'wait'),
      // Mostly as they are, so that rollouts fill.
      on: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    }),
  },
);

/** Game, actor and learner, whose messages arrive when the test says. */
class Stack {
  readonly ledger = new Ledger();
  readonly rollouts: Rollout[] = [];
  readonly policies = new Map<number, SnapshotData>();
  private readonly spec = environmentSpec(this.ledger.simulation);
  private readonly learner = Learner.create({
    spec: this.spec,
    hyperparameters,
    clock: () => 0,
    breathe: async () => {},
  });
  private readonly toActor: ArrayBuffer[] = [];
  private readonly toPage: ArrayBuffer[] = [];
  private readonly toLearner: RolloutMessage[] = [];
  private readonly back: UpdateMessage[] = [];
  private readonly environment = createVectorEnvironment(this.ledger.simulation, { arenas, seed: 1 });
  private readonly driver: Driver;
  private readonly actorHost: ActorHost;
  private readonly learnerHost: LearnerHost;
  private nowMs = 0;

  constructor() {
    this.keepBooks();
    this.driver = new Driver(this.ledger.simulation, this.environment, 1);
    for (let agent = 0; agent < arenas; agent++) {
      this.driver.setPersonInput(agent, { horizontal: 0, vertical: 0, primary: false });
    }
    this.learnerHost = new LearnerHost({
      learner: this.learner,
      actor: { postMessage: (message) => this.back.push(structuredClone(message)) },
      collectors: [],
      page: { postMessage: () => {} },
      pauses: {
        setPriority: () => {},
        setTogether: () => {},
        report: () => null,
        updateBegins: () => {},
        updateEnds: () => 1,
      },
      best: null,
      nowMs: () => this.nowMs,
      later: () => {},
      lost: (error) => {
        throw error;
      },
    });
    const begun = this.learnerHost.begun();
    this.policies.set(begun.snapshot.version, structuredClone(begun.snapshot));
    this.actorHost = new ActorHost(
      { ...begun, acting: 'cpu', records: true, continuing: false },
      { postMessage: (message) => this.toPage.push(message as ArrayBuffer) },
      { postMessage: (message) => this.toLearner.push(structuredClone(message)) },
      () => this.nowMs,
    );
  }

  /** Notes what the game is asked and told, without changing it. */
  private keepBooks(): void {
    const { environment, ledger } = this;
    const takeDecision = environment.takeDecision.bind(environment);
    environment.takeDecision = (into: DecisionOutcome) => {
      takeDecision(into);
      const episodes = Array.from({ length: arenas }, (_, of) => environment.states[3 * of + episodeAt]!);
      ledger.taken.push({
        episodes,
        controllers: [],
        paid: [...ledger.paid],
        wentWrong: Array.from(ledger.wentWrong, (wrong) => wrong === 1),
      });
      ledger.paid.fill(0);
      ledger.wentWrong.fill(0);
      ledger.asks++;
    };
  }

  async happen(next: Event): Promise<void> {
    switch (next.kind) {
      case 'frame':
      case 'wake':
        this.nowMs += next.ms;
        return this.ask(this.driver[next.kind](this.nowMs));
      case 'deliver':
        return this.deliver(next.to);
      case 'controller':
        return this.driver.setController(next.arena, next.controller);
      case 'restart':
        return this.environment.restartArena(next.arena, this.ledger.asks);
      case 'break':
        this.ledger.breaks = next.arena;
        return;
      case 'running':
        this.driver.running = next.on;
        return;
      case 'wait':
        this.driver.whenActionIsLate = next.on ? 'hold' : 'wait';
        return;
      case 'lockstep':
        return this.actorHost.setLockstep(!next.on);
      case 'learning':
        return this.actorHost.setLearning(next.on);
    }
  }

  dispose(): void {
    this.learner.dispose();
  }

  private ask(question: DecisionBatch | null): void {
    if (question === null) return;
    this.ledger.taken.at(-1)!.controllers = [...question.controllers]; // just taken
    this.toActor.push(question.buffer.slice());
  }

  private async deliver(to: 'actor' | 'page' | 'learner' | 'back'): Promise<void> {
    if (to === 'actor') {
      const question = this.toActor.shift();
      if (question !== undefined) this.actorHost.question(question);
    } else if (to === 'page') this.answer(this.toPage.shift());
    else if (to === 'learner') {
      const message = this.toLearner.shift();
      if (message === undefined) return;
      this.rollouts.push(createRollout(message.shape, message.buffer.slice()));
      await this.learnerHost.rollout(message);
    } else {
      const message = this.back.shift();
      if (message === undefined) return;
      this.policies.set(message.snapshot.version, structuredClone(message.snapshot));
      this.actorHost.updated(message);
    }
  }

  private answer(buffer: ArrayBuffer | undefined): void {
    if (buffer === undefined) return;
    const batch = new DecisionBatch(decisionShape(this.spec, arenas), buffer);
    // The question in it is the newest: one is open at a time.
    const ask = this.ledger.asks - 1;
    for (const action of batch.actions) this.ledger.askOf.set(action, ask);
    this.ledger.appliedAsk = ask;
    this.ask(this.driver.answer(batch, this.nowMs));
  }

  /** Every mistake in the rollouts that were handed over, by the books. */
  mistakes(): string[] {
    const found = [...this.ledger.wrongMoves];
    const layout = policyLayout(this.spec, hyperparameters);
    const distribution = createDistribution(this.spec.actionSpace);
    for (const rollout of this.rollouts) {
      const { steps, agents } = rollout.shape;
      for (let cell = 0; cell < steps * agents; cell++) {
        const ask = rollout.observations[2 * cell]!;
        const of = rollout.observations[2 * cell + 1]!;
        const at = `ask ${ask}, arena ${of}`;
        const [asked, outcome] = [this.ledger.taken[ask], this.ledger.taken[ask + 1]];
        if (of !== cell % agents || asked === undefined || outcome === undefined) {
          found.push(`${at}: not what was asked`);
          continue;
        }
        const isOwn = asked.controllers[of] === controllers.cast;
        const isValid = isOwn && !outcome.wentWrong[of];
        if (rollout.valid[cell] !== (isValid ? 1 : 0)) found.push(`${at}: valid is ${rollout.valid[cell]}`);
        if (rollout.valid[cell] === 0) continue;
        if (rollout.rewards[cell] !== outcome.paid[of]) {
          found.push(`${at}: paid ${outcome.paid[of]}, recorded ${rollout.rewards[cell]}`);
        }
        if (this.ledger.askOf.get(rollout.actions[cell]!) !== ask) found.push(`${at}: another action`);
        const version = rollout.versions[Math.floor(cell / agents)]!;
        const policy = createSnapshot(layout, this.policies.get(version)!); // acted, so it was sent
        const outputs = new Float32Array(agents);
        policy.forward(rollout.observations.slice(2 * cell, 2 * cell + 2), 1, outputs, new Float32Array(1));
        const action = rollout.actions.slice(cell, cell + 1);
        const logProbability = distribution.logProbability(
          outputs,
          0,
          policy.logStd,
          new Uint8Array(0),
          action,
        );
        if (Math.abs(logProbability - rollout.logProbabilities[cell]!) > 1e-4) {
          found.push(`${at}: not by version ${version}`);
        }
      }
    }
    return found;
  }
}

describe('game, actor and learner together', () => {
  it('record each decision with the policy that took it, the observation it saw and what came of it, in any order of events', async () => {
    let [cells, invalid, updates, moved] = [0, 0, 0, 0];
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 300, maxLength: 600 }), async (events) => {
        const stack = new Stack();
        for (const next of events) await stack.happen(next);
        expect(stack.mistakes()).toEqual([]);
        const all = stack.rollouts.flatMap(({ valid }) => [...valid]);
        cells += all.length;
        invalid += all.filter((valid) => valid === 0).length;
        updates += stack.policies.size - 1;
        moved += stack.ledger.moved;
        stack.dispose();
      }),
      { numRuns: 60 },
    );
    expect(cells).toBeGreaterThan(2_000);
    expect(invalid).toBeGreaterThan(200);
    expect(updates).toBeGreaterThan(60);
    expect(moved).toBeGreaterThan(2_000);
  });
});
