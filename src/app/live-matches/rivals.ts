import { actionSize, type EnvironmentSpec, loadModule, PlaytrainError, trainingId } from '../../contract';
import type { Standings } from '../../match/standings';
import type { Rival as Play } from '../../phaser/seen-agent';
import type { VisibleGame } from '../../phaser/visible-game';
import { SeededRandom } from '../../random/seeded-random';
import { contestantTexts } from '../../texts/contestants';
import { liveMatchTexts } from '../../texts/live-matches';
import type { Rival } from '../../ui/live-matches/live-match-state';
import { shippedAnswer } from '../games/shipped-answer';

/** What `npm run ladder:live` writes beside the policies that ship. */
interface MeasuredRatings {
  readonly table: readonly { readonly id: string; readonly rating: number; readonly rounds: number }[];
}

const files = import.meta.glob<string>('../../../examples/*/agents/*.play', {
  query: '?url&no-inline',
  import: 'default',
  eager: true,
});
const tables = import.meta.glob<MeasuredRatings>('../../../examples/*/agents/ratings.json', {
  import: 'default',
});

/** Whom a person may meet in a live game for two, and how they play it. */
export class Rivals {
  /** The agent in training first, the others by their rating. */
  readonly list: readonly Rival[];
  /** Of those that are rated. */
  readonly measured: Standings;
  private readonly game: string;
  private readonly visible: VisibleGame;

  /** @throws PlaytrainError `not-loaded` where the ratings do not come. */
  static async of(game: string, visible: VisibleGame): Promise<Rivals> {
    const load = tables[`../../../examples/${game}/agents/ratings.json`];
    const table = load === undefined ? [] : (await loadModule(`The ratings of ${game}’s agents`, load)).table;
    return new Rivals(game, visible, table);
  }

  private constructor(game: string, visible: VisibleGame, table: MeasuredRatings['table']) {
    this.game = game;
    this.visible = visible;
    this.measured = Object.fromEntries(
      table.map(({ id, rating, rounds }) => [id, { rating, matches: rounds }]),
    );
    const ratingOf = (id: string) => this.measured[id]?.rating ?? null;
    const scripted = visible.scripted.map(({ id, name }) => ({ id, name: liveMatchTexts.scripted(name) }));
    const shipped = table.flatMap(({ id }) => {
      const [, generation] = /^generation-(\d+)$/.exec(id) ?? [];
      if (generation === undefined || this.fileOf(id) === undefined) return [];
      return [{ id, name: liveMatchTexts.shipped(Number(generation)) }];
    });
    const rated = [...scripted, ...shipped]
      .map((rival): Rival => ({ ...rival, rating: ratingOf(rival.id) }))
      .toSorted((a, b) => (a.rating ?? Infinity) - (b.rating ?? Infinity));
    this.list = [{ id: trainingId, name: contestantTexts.inTraining, rating: null }, ...rated];
  }

  /** Of the gentlest, beside whom a visitor begins. */
  get gentlest(): number | null {
    return this.list.find(({ rating }) => rating !== null)?.rating ?? null;
  }

  /** How somebody plays; null for the agent in training. @throws PlaytrainError `bad-settings`, `not-loaded`. */
  async play(id: string): Promise<Play | null> {
    if (id === trainingId) return null;
    const scripted = this.visible.scripted.find((player) => player.id === id);
    if (scripted !== undefined) return byRules(scripted, this.visible.spec);
    const url = this.fileOf(id);
    if (url === undefined) throw new PlaytrainError('bad-settings', contestantTexts.isGone(id));
    return shippedAnswer(url, `What plays ${this.game}`, this.visible.spec);
  }

  private fileOf(id: string): string | undefined {
    return files[`../../../examples/${this.game}/agents/${id}.play`];
  }
}

function byRules(
  player: VisibleGame['scripted'][number],
  { actionSpace, observationSpace }: EnvironmentSpec,
): Play {
  // It looks at the game, whose chance is its own.
  const random = SeededRandom.fromSeed(1);
  const { size } = observationSpace;
  const width = actionSize(actionSpace);
  return ({ observations, actions }) => {
    for (let who = 0; who * width < actions.length; who++) {
      const seen = observations.subarray(who * size, (who + 1) * size);
      player.act(seen, random, actions.subarray(who * width, (who + 1) * width), who);
    }
  };
}
