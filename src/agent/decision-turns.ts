import { type DecisionBatch, PlaytrainError } from '../contract';

/** Holds the two calls of every decision to their order: each decision is observed, then answered, and none is missed. */
export class DecisionTurns {
  /** N. */
  private readonly agents: number;
  private turn: 'observe' | 'act' = 'observe';
  /** Null where the next decision may carry any number. */
  private due: number | null = null;

  constructor(agents: number) {
    this.agents = agents;
  }

  /** @throws PlaytrainError `bad-environment` when the batch may not be observed, or answered, now. */
  check({ shape, number }: DecisionBatch, turn: 'observe' | 'act'): void {
    if (shape.agents !== this.agents) {
      throw outOfTurn(
        `A decision of ${shape.agents} agents came to an actor made for ${this.agents}; make a new actor when the number of arenas changes.`,
      );
    }
    if (turn !== this.turn) {
      throw outOfTurn(
        turn === 'observe'
          ? `Decision ${number} was observed before the one before it was answered; call act first.`
          : `Decision ${number} was to be answered before it was observed; call observe first.`,
      );
    }
    if (this.due !== null && number !== this.due) {
      throw outOfTurn(
        `Decision ${number} arrived where ${this.due} was due; send each decision once, in order.`,
      );
    }
  }

  observed({ number }: DecisionBatch): void {
    this.turn = 'act';
    this.due = number;
  }

  answered({ number }: DecisionBatch): void {
    this.turn = 'observe';
    this.due = number + 1;
  }

  /** The next decision may carry any number. */
  beginAnew(): void {
    this.turn = 'observe';
    this.due = null;
  }
}

function outOfTurn(message: string): PlaytrainError {
  return new PlaytrainError('bad-environment', message);
}
