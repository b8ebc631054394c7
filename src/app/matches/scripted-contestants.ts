import type { Simulation } from '../../contract';
import type { PlayerSource } from '../../workers/player-source';
import type { Group, Unrated } from './group';

/** The players of one game that follow rules. */
export class ScriptedContestants implements Group {
  private readonly players: NonNullable<Simulation['scriptedPlayers']>;

  constructor({ scriptedPlayers = [] }: Simulation) {
    this.players = scriptedPlayers;
  }

  /** The id of the weakest; null where there are none. */
  get weakest(): string | null {
    return this.players[0]?.id ?? null;
  }

  list(): readonly Unrated[] {
    return this.players.map(({ id, name, summary }) => ({ id, name, kind: 'scripted', summary }));
  }

  knows(id: string): boolean {
    return this.players.some((player) => player.id === id);
  }

  async source(id: string): Promise<PlayerSource | null> {
    return this.knows(id) ? { kind: 'scripted', id } : null;
  }
}
