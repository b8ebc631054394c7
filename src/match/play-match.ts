import { actionSize, type Simulation } from '../contract';
import { Match } from './match';
import { choosesAt, type MatchPlayer } from './player';
import { Rallies } from './rallies';
import type { MatchRecord } from './record';

/** A match that was played to its end. */
export interface PlayedMatch {
  readonly score: readonly [number, number];
  /** Null for a draw. */
  readonly winner: 0 | 1 | null;
  readonly ticks: number;
  readonly record: MatchRecord;
}

/** Plays a match at once, without pauses. Throws what `Match` throws. */
export function playMatch(
  simulation: Simulation,
  players: readonly [MatchPlayer, MatchPlayer],
  seed: number,
  pointsToWin: number,
): PlayedMatch {
  const match = new Match({
    simulation,
    seats: [
      { kind: 'player', player: players[0] },
      { kind: 'player', player: players[1] },
    ],
    seed,
    pointsToWin,
    countdownTicks: 0,
    pointTicks: 0,
  });
  let ticks = 0;
  for (; !match.isOver; ticks++) match.tick();
  const { score, winner } = match.view;
  return { score, winner, ticks, record: match.record() };
}

/** How many rallies each seat won, and how many nobody did. */
export interface RallyCounts {
  readonly won: readonly [number, number];
  readonly drawn: number;
  readonly ticks: number;
}

/** Plays so many rallies, without counting them to a match. Throws what `Rallies` throws. */
export function playRallies(
  simulation: Simulation,
  players: readonly [MatchPlayer, MatchPlayer],
  seed: number,
  rallies: number,
): RallyCounts {
  const arena = new Rallies(simulation, seed);
  const observations = new Float32Array(2 * simulation.observationSpace.size);
  const width = actionSize(simulation.actionSpace);
  const left = arena.actions.subarray(0, width);
  const right = arena.actions.subarray(width);
  const won: [number, number] = [0, 0];
  let drawn = 0;
  for (let rally = 0; rally < rallies; ) {
    if (arena.rallyIsOver) arena.begin();
    const leftChooses = choosesAt(arena.ticks, players[0], simulation);
    const rightChooses = choosesAt(arena.ticks, players[1], simulation);
    if (leftChooses || rightChooses) simulation.observe(arena.state, observations);
    if (leftChooses) players[0].act(observations, 0, left);
    if (rightChooses) players[1].act(observations, 1, right);
    const ending = arena.step();
    if (ending === null) continue;
    rally++;
    const winner = arena.winnerOf(ending);
    if (winner === null) drawn++;
    else won[winner]++;
  }
  return { won, drawn, ticks: arena.totalTicks };
}

/** What the first of two players won of their rallies. */
export interface BothSides {
  readonly won: number;
  readonly lost: number;
  readonly drawn: number;
}

/** As `playRallies`, with sides swapped for the second half, so that neither side's luck or lot counts. */
export function playBothSides(
  simulation: Simulation,
  players: readonly [MatchPlayer, MatchPlayer],
  seed: number,
  rallies: number,
): BothSides {
  const half = Math.ceil(rallies / 2);
  const asGiven = playRallies(simulation, players, seed, half);
  const swapped = playRallies(simulation, [players[1], players[0]], seed + 1, rallies - half);
  return {
    won: asGiven.won[0] + swapped.won[1],
    lost: asGiven.won[1] + swapped.won[0],
    drawn: asGiven.drawn + swapped.drawn,
  };
}
