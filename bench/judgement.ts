import type { PolicyData } from '../src/agent/policy-file';
import type { ActingBackend, Simulation } from '../src/contract';
import { type BothSides, playBothSides } from '../src/match/play-match';
import { type MatchPlayer, policyPlayer, scriptedMatchPlayer } from '../src/match/player';

/** How a policy fared against fixed opponents, always taking the likeliest action. */
export interface Judgement {
  readonly decisions: number;
  /** Share of rallies won against each scripted player, by id; rallies that nobody won count half. */
  readonly shares: Readonly<Record<string, number>>;
  /** Against the best policy so far; null where there was none. */
  readonly shareOfBest: number | null;
}

/** A policy that was kept, and its judgement. */
export interface Judged {
  readonly policy: PolicyData;
  readonly judgement: Judgement;
}

export interface JudgeOptions {
  readonly simulation: Simulation;
  /** Against each opponent. */
  readonly rallies: number;
  /** Against some of them, by id. */
  readonly ralliesAgainst?: Readonly<Record<string, number>>;
  readonly seed: number;
  readonly acting: ActingBackend;
}

/** Plays rallies against every scripted player and the best so far, from both sides. */
export function judge(policy: PolicyData, best: Judged | null, options: JudgeOptions): Judgement {
  const { simulation, rallies, ralliesAgainst, seed, acting } = options;
  const judged = policyPlayer('newest', policy, acting);
  const against = (other: MatchPlayer) =>
    share(playBothSides(simulation, [judged, other], seed, ralliesAgainst?.[other.id] ?? rallies));
  const shares = Object.fromEntries(
    (simulation.scriptedPlayers ?? []).map((player) => [
      player.id,
      against(scriptedMatchPlayer(player, seed)),
    ]),
  );
  const shareOfBest = best === null ? null : against(policyPlayer('best', best.policy, acting));
  return { decisions: policy.decisions, shares, shareOfBest };
}

/**
 * Whether a policy takes the best's place: it must win more rallies against the scripted players than the best did,
 * and its lead over the best itself counts as against one more of them.
 */
export function isBetter(judgement: Judgement, best: Judgement): boolean {
  const sum = ({ shares }: Judgement) => Object.values(shares).reduce((total, each) => total + each, 0);
  return sum(judgement) + (judgement.shareOfBest ?? 0.5) > sum(best) + 0.5;
}

function share({ won, lost, drawn }: BothSides): number {
  return (won + drawn / 2) / (won + lost + drawn);
}
