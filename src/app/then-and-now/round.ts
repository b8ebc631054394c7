import type { Questions } from '../../agent/greedy-policy';
import { type ActionComponent, actionLayout, type ScriptedPlayer, seatsOf } from '../../contract';
import { actionInForce } from '../../game/engine/action-in-force';
import type { SeededWorlds } from '../../game/engine/seeded-worlds';
import type { SeededRandom } from '../../random/seeded-random';
import { stream } from '../../random/stream';
import type { Answer } from '../games/page-game';

/** What a round is played by. */
export interface RoundRules {
  /** Of each reward term. */
  readonly weights: readonly number[];
  /** Who sits on the other side, where two meet; null where the policy plays both. */
  readonly opponent: ScriptedPlayer | null;
}

/**
 * An episode of each arena of a game, begun from a seed and played by a policy, tick by tick. What is over stays as it is
 * until the next begins.
 */
export class Round {
  private readonly worlds: SeededWorlds;
  private readonly rules: RoundRules;
  private readonly seats: number;
  private readonly components: readonly ActionComponent[];
  private readonly sizes: { readonly observation: number; readonly mask: number; readonly action: number };
  // A row an agent, seat by seat.
  private readonly observations: Float32Array;
  private readonly masks: Uint8Array;
  private readonly actions: Float32Array;
  /** What the policy is asked: the rows of those that it plays. */
  private readonly questions: Questions;
  private readonly terms: Float64Array; // [seats, terms]
  private readonly earned: Float64Array; // [M], the first seat's
  private readonly isOn: boolean[]; // [M]
  private random: SeededRandom;
  private answer: Answer = () => {};
  /** From one decision to the next. */
  private intervalTicks = 1;
  private passed = 0;
  private count = 0;

  constructor(worlds: SeededWorlds, rules: RoundRules) {
    const { arenas, spec } = worlds;
    const { components, actions, masks } = actionLayout(spec.actionSpace);
    const seats = seatsOf(spec);
    const agents = arenas * seats;
    this.worlds = worlds;
    this.rules = rules;
    this.seats = seats;
    this.components = components;
    this.sizes = { observation: spec.observationSpace.size, mask: masks, action: actions };
    this.observations = new Float32Array(agents * this.sizes.observation);
    this.masks = new Uint8Array(agents * masks).fill(1);
    this.actions = new Float32Array(agents * actions);
    // Where somebody else sits on the other side there is one arena.
    const own = rules.opponent === null ? agents : 1;
    this.questions = {
      observations: this.observations.subarray(0, own * this.sizes.observation),
      masks: this.masks.subarray(0, own * masks),
      actions: this.actions.subarray(0, own * actions),
    };
    this.terms = new Float64Array(seats * spec.rewardTerms.length);
    this.earned = new Float64Array(arenas);
    this.isOn = Array.from({ length: arenas }, () => true);
    this.random = opponentsChance(0);
  }

  /** What it came to so far: the reward of an episode, the mean over arenas. */
  get score(): number {
    return this.earned.reduce((sum, each) => sum + each, 0) / this.earned.length;
  }

  /** Since it began. */
  get ticks(): number {
    return this.passed;
  }

  /** How often it was begun. */
  get begun(): number {
    return this.count;
  }

  /** Whether every episode of it has ended. */
  get isOver(): boolean {
    return !this.isOn.includes(true);
  }

  /** In force, `[N, actionSize]`. */
  get inForce(): Float32Array {
    return this.actions;
  }

  /** Who plays from the next decision on, in mid-episode, too. @param intervalTicks from one decision to the next. */
  seat(answer: Answer, intervalTicks: number): void {
    this.answer = answer;
    this.intervalTicks = intervalTicks;
  }

  begin(seed: number): void {
    this.worlds.beginFrom(seed);
    this.random = opponentsChance(seed);
    this.earned.fill(0);
    this.isOn.fill(true);
    this.passed = 0;
    this.count += 1;
  }

  /** One tick of all that is not over. Throws what the game throws. */
  tick(): void {
    if (this.isOver) return;
    if (this.passed % this.intervalTicks === 0) this.decide();
    const { worlds, seats, actions, isOn } = this;
    const rowActions = seats * this.sizes.action;
    worlds.move?.(actions, (arena) => isOn[arena] === true);
    this.passed += 1;
    const isCut = this.passed >= worlds.spec.timeLimitTicks;
    isOn.forEach((on, arena) => {
      if (!on) return;
      const own = actions.subarray(arena * rowActions, (arena + 1) * rowActions);
      const isOver = worlds.step(arena, own, this.terms);
      this.rules.weights.forEach((weight, term) => {
        this.earned[arena] = (this.earned[arena] ?? 0) + weight * (this.terms[term] ?? 0);
      });
      isOn[arena] = !isOver && !isCut;
    });
  }

  private decide(): void {
    const { worlds, seats, sizes, observations, masks, actions } = this;
    this.isOn.forEach((on, arena) => {
      if (!on) return;
      const rows = (size: number) => [arena * seats * size, (arena + 1) * seats * size] as const;
      worlds.observe(arena, observations.subarray(...rows(sizes.observation)));
      if (sizes.mask > 0) worlds.mask(arena, masks.subarray(...rows(sizes.mask)));
    });
    this.answer(this.questions);
    const { opponent } = this.rules;
    if (opponent !== null) {
      const seen = observations.subarray(sizes.observation);
      opponent.act(seen, this.random, actions.subarray(sizes.action), 1);
    }
    for (let i = 0; i < actions.length; i++) {
      const component = this.components[i % sizes.action];
      if (component !== undefined) actions[i] = actionInForce(component, actions[i] ?? 0, i, 0);
    }
  }
}

function opponentsChance(seed: number): SeededRandom {
  return stream({ seed, purpose: 'matches', seat: 1 });
}
