import type { PlayingStyle, Simulation } from '../src/contract';
import { type PairResult, type RatingInterval, ratingIntervals } from '../src/match/fit-ratings';
import { playMatch, playRallies } from '../src/match/play-match';
import type { MatchPlayer } from '../src/match/player';
import { measureStyle, type SeatOfMatch } from '../src/match/playing-style';

/** Who takes part in a ladder's matches. */
export interface Entrant {
  readonly id: string;
  readonly name: string;
  /** The same, whose chance comes from `seed`. */
  readonly player: (seed: number) => MatchPlayer;
}

export interface LadderRun {
  readonly simulation: Simulation;
  readonly agents: readonly Entrant[];
  /** Whether the agents are given as the rungs, lowest first, or become rungs by the ratings that they get. */
  readonly rungs: 'asGiven' | 'byRating';
  /** The weakest first; the middle one's rating is `anchorRating`. */
  readonly scripted: readonly Entrant[];
  /** Stand-ins for people, who meet every agent and are not rated. */
  readonly newcomers: readonly Entrant[];
  /** Of each pair. */
  readonly matches: number;
  readonly pointsToWin: number;
  /** Of the highest rung against the strongest scripted player. */
  readonly rallies: number;
  readonly seed: number;
  readonly anchorRating: number;
  /** Called after each match with the number played. */
  readonly onMatch: (played: number) => void;
}

/** Whether something that a ladder must show was shown. */
export interface LadderCheck {
  readonly sentence: string;
  readonly holds: boolean;
}

/** The highest rung against the strongest scripted player: rallies won from each side, and played there. */
export interface TopRallies {
  readonly asLeft: { readonly won: number; readonly rallies: number };
  readonly asRight: { readonly won: number; readonly rallies: number };
  readonly drawn: number;
}

export interface LadderResult {
  /** Agents' ids, the lowest first. */
  readonly rungs: readonly string[];
  readonly pairs: readonly PairResult[];
  readonly ratings: ReadonlyMap<string, RatingInterval>;
  /** How newcomers fared against each agent and scripted player. */
  readonly newcomers: readonly PairResult[];
  /** How each agent plays, by id; none for a game that measures no style. */
  readonly styles: ReadonlyMap<string, PlayingStyle>;
  /** Null without an agent or a scripted player. */
  readonly top: TopRallies | null;
  readonly checks: readonly LadderCheck[];
}

/** What a rung must win of its matches against the one below, and the highest of its rallies against scripts. */
const rungShare = 0.65;
const topShare = 0.9;
/** Keeps pairs' matches apart. */
const pairSeedOffset = 10_007;
/** Keeps a second player's chance apart from the first's. */
const seatSeedOffset = 5_003;
const topSeedOffset = 7_000_003;
const styleSeedOffset = 8_000_009;
const newcomerSeedOffset = 9_000_041;
/** Matches against each of those beside a rung, by which its style is measured. */
const styleMatches = 12;

/** Lets everybody meet everybody, and fits ratings to what came of it. */
export function runLadder(run: LadderRun): LadderResult {
  const { scripted, seed, anchorRating } = run;
  const entrants = [...scripted, ...run.agents];
  const pairs: PairResult[] = [];
  let played = 0;
  entrants.forEach((a, index) => {
    for (const b of entrants.slice(index + 1)) {
      const pairSeed = seed + pairSeedOffset * pairs.length;
      pairs.push(
        playPair(run, a, b, pairSeed, () => {
          played++;
          run.onMatch(played);
        }),
      );
    }
  });
  const anchor = scripted[Math.floor(scripted.length / 2)] ?? entrants[0];
  if (anchor === undefined) throw new Error('Nobody takes part in this ladder.');
  const ratings = ratingIntervals(pairs, { id: anchor.id, rating: anchorRating }, seed);
  const byRating = (each: readonly Entrant[]) =>
    each.toSorted((x, y) => (ratings.get(x.id)?.rating ?? 0) - (ratings.get(y.id)?.rating ?? 0));
  const agents = run.rungs === 'byRating' ? byRating(run.agents) : run.agents;
  const best = agents.at(-1);
  const strongest = byRating(scripted).at(-1);
  const top = best && strongest ? topRallies(run, best, strongest) : null;
  const checks = [...rungChecks(agents, pairs, ratings)];
  if (top !== null && best && strongest) checks.push(topCheck(best, strongest, top));
  const styles = measureStyles(run, byRating(entrants), run.agents);
  const newcomers = run.newcomers.flatMap((newcomer) =>
    byRating(entrants).map((other) => playPair(run, newcomer, other, seed + newcomerSeedOffset)),
  );
  return { rungs: agents.map(({ id }) => id), pairs, ratings, newcomers, styles, top, checks };
}

/** The matches of two, every other one with sides swapped, each from a seed of its own. */
export function playPair(
  { simulation, matches, pointsToWin }: Pick<LadderRun, 'simulation' | 'matches' | 'pointsToWin'>,
  a: Entrant,
  b: Entrant,
  seed: number,
  onMatch: () => void = () => {},
): PairResult {
  let won = 0;
  let lost = 0;
  for (let match = 0; match < matches; match++) {
    const own = seed + match;
    const first = a.player(own);
    const second = b.player(own + seatSeedOffset);
    const swapped = match % 2 === 1;
    const players = swapped ? ([second, first] as const) : ([first, second] as const);
    const { winner } = playMatch(simulation, players, own, pointsToWin);
    if (winner !== null && (winner === 0) !== swapped) won++;
    else if (winner !== null) lost++;
    onMatch();
  }
  return { a: a.id, b: b.id, won, lost, drawn: matches - won - lost };
}

/** The share of points that `id` won against `other`; draws count half. Null where they did not meet. */
export function shareOf(pairs: readonly PairResult[], id: string, other: string): number | null {
  for (const { a, b, won, lost, drawn } of pairs) {
    const matches = won + lost + drawn;
    if (a === id && b === other) return (won + drawn / 2) / matches;
    if (a === other && b === id) return (lost + drawn / 2) / matches;
  }
  return null;
}

/** How agents play against those who are rated next to them. */
function measureStyles(
  run: LadderRun,
  byRating: readonly Entrant[],
  agents: readonly Entrant[],
): ReadonlyMap<string, PlayingStyle> {
  const styles = new Map<string, PlayingStyle>();
  for (const agent of agents) {
    const place = byRating.indexOf(agent);
    const beside = [byRating[place - 1], byRating[place + 1]].filter((each) => each !== undefined);
    const matches = beside.flatMap((other) => recordedMatches(run, agent, other));
    const style = measureStyle(run.simulation, matches);
    if (style !== null) styles.set(agent.id, style);
  }
  return styles;
}

/** Matches of two with sides swapped every other time, and where the first of them sat. */
function recordedMatches(
  { simulation, pointsToWin, seed }: LadderRun,
  agent: Entrant,
  other: Entrant,
): readonly SeatOfMatch[] {
  return Array.from({ length: styleMatches }, (_, match) => {
    const own = seed + styleSeedOffset + match;
    const [first, second] = [agent.player(own), other.player(own)];
    const seat = match % 2 === 0 ? 0 : 1;
    const players = seat === 0 ? ([first, second] as const) : ([second, first] as const);
    return { record: playMatch(simulation, players, own, pointsToWin).record, seat };
  });
}

function topRallies({ simulation, rallies, seed }: LadderRun, best: Entrant, other: Entrant): TopRallies {
  const half = Math.ceil(rallies / 2);
  const own = seed + topSeedOffset;
  const asLeft = playRallies(simulation, [best.player(own), other.player(own)], own, half);
  const asRight = playRallies(
    simulation,
    [other.player(own + 1), best.player(own + 1)],
    own + 1,
    rallies - half,
  );
  return {
    asLeft: { won: asLeft.won[0], rallies: half },
    asRight: { won: asRight.won[1], rallies: rallies - half },
    drawn: asLeft.drawn + asRight.drawn,
  };
}

function* rungChecks(
  agents: readonly Entrant[],
  pairs: readonly PairResult[],
  ratings: ReadonlyMap<string, RatingInterval>,
): Generator<LadderCheck> {
  for (const [index, upper] of agents.entries()) {
    const lower = agents[index - 1];
    if (lower === undefined) continue;
    const share = shareOf(pairs, upper.id, lower.id) ?? 0;
    yield {
      sentence: `${upper.name} wins ${percent(share)} of its matches against ${lower.name}; ${percent(rungShare)} are needed.`,
      holds: share >= rungShare,
    };
    const [above, below] = [ratings.get(upper.id)?.rating ?? 0, ratings.get(lower.id)?.rating ?? 0];
    yield {
      sentence: `${upper.name} is rated ${above.toFixed(0)}, ${lower.name} ${below.toFixed(0)}; each rung must be rated higher than the one below.`,
      holds: above > below,
    };
  }
}

function topCheck(best: Entrant, strongest: Entrant, { asLeft, asRight }: TopRallies): LadderCheck {
  const rallies = asLeft.rallies + asRight.rallies;
  const won = asLeft.won + asRight.won;
  return {
    sentence: `${best.name} wins ${percent(won / rallies)} of ${rallies} rallies against ${strongest.name} (${asLeft.won} of ${asLeft.rallies} on the left, ${asRight.won} of ${asRight.rallies} on the right); ${percent(topShare)} are needed.`,
    holds: won / rallies >= topShare,
  };
}

/** A share as people read it: `87.5 %`. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
