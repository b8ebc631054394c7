import type { PlayerLook } from '../../contract';
import type { Ladder } from '../../match/ladder';
import type { Standings } from '../../match/standings';
import { contestantTexts } from '../../texts/contestants';
import { styleSentences } from '../../texts/playing-style';
import { formatCount } from '../../ui/kit/format';
import type { PlayerSource } from '../../workers/player-source';
import type { Group, Unrated } from './group';
import { shippedLadder, shippedPolicy } from './shipped-agents';

/** The agents that ship with one game, and the measured table in which they stand. */
export class ShippedContestants implements Group {
  private readonly game: string;
  private ladder: Ladder | null = null;
  private readonly fetched = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

  constructor(game: string) {
    this.game = game;
  }

  /** Reads the table. @throws PlaytrainError `bad-file` where it is broken; `not-loaded`. */
  async load(): Promise<void> {
    this.ladder = await shippedLadder(this.game);
  }

  /** How those of the table stand, scripted players among them. */
  get standings(): Standings {
    const rows = [...(this.ladder?.agents ?? []), ...(this.ladder?.scripted ?? [])];
    return Object.fromEntries(rows.map(({ id, rating, matches }) => [id, { rating, matches }]));
  }

  /** The id of the weakest; null where none ship. */
  get weakest(): string | null {
    return this.ladder?.agents[0]?.id ?? null;
  }

  list(): readonly Unrated[] {
    const agents = this.ladder?.agents ?? [];
    const sentences = styleSentences(agents.map(({ style }) => style ?? null));
    return agents.map(({ id, name, decisions, look }, rung) => ({
      id,
      name,
      kind: 'shipped',
      summary: sentences[rung] || contestantTexts.shippedSummary(formatCount(decisions)),
      ...(look === undefined ? {} : { look }),
    }));
  }

  /** By what somebody is told from others at a glance; null for who has no look of their own. */
  lookOf(id: string): PlayerLook | null {
    return this.find(id)?.look ?? null;
  }

  knows(id: string): boolean {
    return this.find(id) !== undefined;
  }

  async source(id: string): Promise<PlayerSource | null> {
    const agent = this.find(id);
    if (agent === undefined) return null;
    return { kind: 'policy', id, name: agent.name, bytes: await this.policy(id, agent.file) };
  }

  private find(id: string) {
    return this.ladder?.agents.find((agent) => agent.id === id);
  }

  /** Fetched once; again after it failed. */
  private policy(id: string, file: string): Promise<Uint8Array<ArrayBuffer>> {
    const known = this.fetched.get(id);
    if (known !== undefined) return known;
    const fetched = shippedPolicy(this.game, file);
    this.fetched.set(id, fetched);
    fetched.catch(() => this.fetched.delete(id));
    return fetched;
  }
}
