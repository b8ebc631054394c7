import type { EnvironmentSpec, EpisodeEnding, EpisodeRecord, ScriptedPlayer } from '../src/contract';

/** Watches the scripted players of one arena, so that of an episode it is known whom the agent met, and how that went. */
export class MetScripted {
  /** To be handed on in the place of those that are watched. */
  readonly players: readonly ScriptedPlayer[];
  private readonly terms: number;
  private readonly winTerm: number;
  /** Who has acted in the running episode, and from which seat. */
  private latest: { readonly opponent: string; readonly seat: number } | null = null;

  constructor(players: readonly ScriptedPlayer[], { rewardTerms, winTerm }: EnvironmentSpec) {
    this.terms = rewardTerms.length;
    this.winTerm = rewardTerms.findIndex(({ name }) => name === winTerm);
    this.players = players.map((player) => ({
      ...player,
      act: (seen, random, action, seat = 0) => {
        this.latest = { opponent: player.id, seat };
        player.act(seen, random, action, seat);
      },
    }));
  }

  /** @returns whom the agent met in an episode that has just ended; nothing where that was no scripted player. */
  of({ rewardTerms }: Pick<EpisodeEnding, 'rewardTerms'>): Pick<EpisodeRecord, 'against'> {
    const { latest } = this;
    this.latest = null;
    if (latest === null) return {};
    const wins = (seat: number) => rewardTerms[seat * this.terms + this.winTerm] ?? 0;
    const ahead = wins(1 - latest.seat) - wins(latest.seat);
    return { against: { opponent: latest.opponent, outcome: ahead > 0 ? 1 : ahead < 0 ? -1 : 0 } };
  }
}
