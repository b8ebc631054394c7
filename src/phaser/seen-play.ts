import type Phaser from 'phaser';
import { type Controller, controllers, type DecisionBatch } from '../contract';
import type { AgentDefinition } from './agent-definition';
import { paced } from './paced';
import { type Rival, SeenAgent } from './seen-agent';

/** Who answers for an agent that is seated: what is answered reaches the game. */
export type Seat = Pick<SeenAgent<Phaser.Scene>, 'connected' | 'answered'>;

/** Who plays in a game that is seen. */
export interface SeenPlayers {
  /** The agent's newest policy, a frozen one, or a person by the game's own keys. */
  readonly player: Controller;
  /** Whom a person takes the place of, where several play. */
  readonly person: number;
  /** Who plays against that person, in the place of the agent; null for the agent. */
  readonly rival: Rival | null;
}

/** Sends a question, whose answer comes back to the seat. */
export type Ask = (question: DecisionBatch) => void;

/** What moves a game that is seen, and lets somebody play it. */
export interface SeenPlay {
  /** Lets an agent play, in place of whoever did. */
  seat(ask: Ask): Seat;
  /** No agent plays any more. */
  empty(): void;
  setPlayers(players: SeenPlayers): void;
  /** Begins the scene anew, in which somebody sits. */
  beginAnew(): void;
  /** The game goes its own way again. */
  end(): void;
}

/** What a play is told of, and asks. */
export interface PlayPorts {
  readonly mayStep: () => boolean;
  readonly stepped: () => void;
}

/** A game that goes at its own pace and is learned from elsewhere: in its twin. */
export class PacedPlay implements SeenPlay {
  private readonly game: Phaser.Game;
  private readonly definition: AgentDefinition<Phaser.Scene>;
  private players: SeenPlayers = { player: controllers.cast, person: 0, rival: null };
  private seated: SeenAgent<Phaser.Scene> | null = null;
  private readonly leave: () => void;

  constructor(game: Phaser.Game, definition: AgentDefinition<Phaser.Scene>, { mayStep, stepped }: PlayPorts) {
    this.game = game;
    this.definition = definition;
    const seat = {
      beforeStep: () => this.seated?.beforeStep(),
      afterStep: () => {
        stepped();
        this.seated?.afterStep();
      },
    };
    this.leave = paced(game, seat, { mayStep });
  }

  seat(ask: Ask): Seat {
    this.empty();
    this.seated = new SeenAgent(this.game, this.definition, ask);
    this.setPlayers(this.players);
    return this.seated;
  }

  empty(): void {
    this.seated?.end();
    this.seated = null;
  }

  setPlayers(players: SeenPlayers): void {
    const { player, person, rival } = players;
    const { seated } = this;
    this.players = players;
    if (seated === null) return;
    const isPerson = player === controllers.person;
    seated.rival = isPerson ? rival : null;
    seated.setOn(true);
    if (isPerson) seated.setOn(false, person);
    // The others are still played by whoever played them.
    else seated.controller = player;
  }

  beginAnew(): void {
    this.seated?.beginAnew();
  }

  end(): void {
    this.empty();
    this.leave();
  }
}
