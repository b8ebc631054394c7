import { type DecisionBatch, interruptions, type Thought } from '../contract';

/** The decision before, of the agent that is told of. */
interface Decided {
  readonly agent: number;
  readonly value: number;
}

/** What came of it. */
interface Outcome extends Decided {
  readonly reward: number;
  /** V of where its episode ended; null where it goes on. */
  readonly valueAtEnd: number | null;
}

/** Follows the decisions of one arena's agent, and tells what its policy thought of them. */
export class Thinking {
  readonly arena: number;
  private readonly seats: number;
  private decided: Decided | null = null;
  private outcome: Outcome | null = null;
  private surprise: number | null = null;

  constructor(arena: number, seats: number) {
    this.arena = arena;
    this.seats = seats;
  }

  /**
   * What came of the decision before.
   *
   * @param reward of an agent, weighted, and scaled where rewards are. @param finalValue V of an agent's final observation.
   */
  came(
    batch: DecisionBatch,
    reward: (agent: number) => number,
    finalValue: (batch: DecisionBatch, agent: number) => number,
  ): void {
    const { decided } = this;
    this.decided = null;
    this.outcome = null;
    if (decided === null || batch.interrupted[decided.agent] !== interruptions.none) return;
    const { agent } = decided;
    const valueAtEnd =
      batch.terminated[agent] === 1 ? 0 : batch.truncated[agent] === 1 ? finalValue(batch, agent) : null;
    this.outcome = { ...decided, reward: reward(agent), valueAtEnd };
  }

  /** Decisions since are not known: nothing is surprising. */
  forget(): void {
    this.decided = null;
    this.outcome = null;
    this.surprise = null;
  }

  /** The batch was answered. @param own 1 where an agent is the learner's own, `[N]`. */
  chose(batch: DecisionBatch, own: Uint8Array, discount: number): void {
    const { outcome } = this;
    if (outcome !== null) {
      const { agent, value, reward, valueAtEnd } = outcome;
      this.note(reward + discount * (valueAtEnd ?? batch.values[agent]!) - value);
    }
    const agent = this.agentOf(own);
    this.decided = { agent, value: batch.values[agent]! };
  }

  /** Of the batch answered last. @param oddsOf what the policy gives an agent's actions. */
  told(batch: DecisionBatch, own: Uint8Array, oddsOf: (agent: number) => Thought['odds']): Thought {
    const agent = this.agentOf(own);
    const { surprise } = this;
    const { observationSize } = batch.shape;
    this.surprise = null;
    return {
      agent,
      number: batch.number,
      observation: batch.observations.slice(agent * observationSize, (agent + 1) * observationSize),
      value: batch.values[agent]!,
      odds: oddsOf(agent),
      surprise,
    };
  }

  private note(surprise: number): void {
    if (this.surprise === null || Math.abs(surprise) > Math.abs(this.surprise)) this.surprise = surprise;
  }

  /** The arena's first agent that is the learner's own, or its first. */
  private agentOf(own: Uint8Array): number {
    const first = this.arena * this.seats;
    for (let agent = first; agent < first + this.seats; agent++) if (own[agent] === 1) return agent;
    return first;
  }
}
