import type Phaser from 'phaser';
import { controllers } from '../contract';
import type { AgentDefinition } from './agent-definition';
import { SeenGathering } from './seen-gathering';
import type { Ask, PlayPorts, Seat, SeenPlay, SeenPlayers } from './seen-play';

/** What a gathered play is told of, besides. */
export interface GatheredPorts extends PlayPorts {
  readonly seed: number;
  readonly faulted: (error: unknown) => void;
  readonly failed: (error: unknown) => void;
}

/** A game that cannot be played elsewhere: what is seen is what is learned from, many steps a frame. */
export class GatheredPlay implements SeenPlay {
  /** Stands where the worker of the game's twin is expected. */
  readonly collector: () => Worker;
  private readonly gathering: SeenGathering<Phaser.Scene>;
  private readonly asking: { ask: Ask };

  /** Begins the agent's scene. @throws PlaytrainError `bad-environment` where the agent does not fit the game. */
  static async open(
    game: Phaser.Game,
    definition: AgentDefinition<Phaser.Scene>,
    ports: GatheredPorts,
  ): Promise<GatheredPlay> {
    const asking: { ask: Ask } = { ask: () => {} };
    const gathering = await SeenGathering.open(game, definition, {
      ...ports,
      isTurbo: true,
      ask: (question) => asking.ask(question),
    });
    return new GatheredPlay(gathering, asking);
  }

  private constructor(gathering: SeenGathering<Phaser.Scene>, asking: { ask: Ask }) {
    this.gathering = gathering;
    this.asking = asking;
    this.collector = () => gathering.collector();
  }

  seat(ask: Ask): Seat {
    this.asking.ask = ask;
    return this.gathering;
  }

  empty(): void {
    this.asking.ask = () => {};
  }

  setPlayers({ player, person, rival }: SeenPlayers): void {
    const { gathering } = this;
    const isPerson = player === controllers.person;
    gathering.setOn(true);
    if (isPerson) gathering.setOn(false, person);
    gathering.setController(isPerson ? controllers.cast : player, isPerson ? rival : null);
  }

  beginAnew(): void {
    this.gathering.beginAnew();
  }

  end(): void {
    this.empty();
    this.gathering.end();
  }
}
