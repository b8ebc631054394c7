import type { MatchView } from '../../contract';
import { matchKind } from '../../contract';
import { goalTexts } from '../../texts/goals';
import { practiceTexts } from '../../texts/practice';
import { formatCount } from '../kit/format';
import type { CourtState, RatingChange } from './play-state';

/** What goes on on the court, in a word or two. */
export function courtPhase({ kind, paused, view }: CourtState): string {
  if (paused && view.phase !== 'over') return 'paused';
  if (kind === 'replay') return view.phase === 'over' ? 'replay over' : 'replay';
  return { countdown: 'get ready', rally: 'in play', point: 'point', over: 'over' }[view.phase];
}

/** `You 3 : 2 Novice`. */
export function scoreLine({ names, score }: MatchView): string {
  return `${names[0]} ${score[0]} : ${score[1]} ${names[1]}`;
}

/** What is at stake in the next rally, where it is more than a point; null where it is not. */
export function stakes({ matchPoint, deuce, names, person }: MatchView): string | null {
  if (deuce) return 'Deuce: a lead of two wins';
  if (matchPoint === null) return null;
  if (matchPoint === 'both') return 'The next point decides';
  return matchPoint === person ? 'Match point to you' : `Match point to ${names[matchPoint]}`;
}

/** Who won, once it is over. */
export function outcome({ winner, names, person }: MatchView): string {
  if (winner === null) return 'A draw';
  if (winner === person) return 'You won';
  if (person !== null) return `${names[winner]} won this one`;
  return `${names[winner]} won`;
}

/** How a rating moved: `1,012 → 1,024 (+12)`; while it is being found, `about 724, 3 matches left to place you`. */
export function ratingChangeText({
  before,
  after,
  placingLeft,
}: Pick<RatingChange, 'before' | 'after' | 'placingLeft'>): string {
  if (placingLeft > 0) return `about ${formatCount(Math.round(after))}, ${placingText(placingLeft)}`;
  const [from, to] = [Math.round(before), Math.round(after)];
  const step = to - from;
  const signed = step > 0 ? `+${step}` : step < 0 ? `−${-step}` : '±0';
  return `${formatCount(from)} → ${formatCount(to)} (${signed})`;
}

/** What was reached with a match, each in a sentence: a row of wins, somebody beaten for the first time. */
export function reachedTexts({ streak, beaten }: Pick<RatingChange, 'streak' | 'beaten'>): readonly string[] {
  const row = goalTexts.streak(streak);
  return [
    ...(row === null ? [] : [`${row}.`]),
    ...(beaten === null ? [] : [goalTexts.beaten(beaten.name, beaten.next)]),
  ];
}

/** How many matches are left until a rating means something. */
export function placingText(left: number): string {
  return `${left} ${left === 1 ? 'match' : 'matches'} left to place you`;
}

/** What a match is, for those who do not see it. */
export function courtSummary(court: CourtState): string {
  const { view, kind, setup } = court;
  if (view.pointsToWin === null) return `${practiceTexts.begun} ${scoreLine(view)}.`;
  const what =
    kind === 'replay' ? 'Replay of a match' : matchKind(setup) === 'agents' ? 'Match of two agents' : 'Match';
  return `${what}, ${courtPhase(court)}. ${scoreLine(view)}. First to ${view.pointsToWin}, with a lead of two.`;
}

/**
 * What to say aloud when a match has come from `before` to `after`; null where nothing happened that needs saying.
 *
 * @param before null before the match.
 */
export function announcement(before: CourtState | null, after: CourtState): string | null {
  const { view } = after;
  const isNew =
    before === null || before.view.pointsToWin !== view.pointsToWin || isEarlier(view, before.view);
  if (isNew) {
    const sides = `${view.names[0]} on the left, ${view.names[1]} on the right.`;
    if (view.pointsToWin === null) return `${practiceTexts.begun} ${sides}`;
    return `${sides} First to ${view.pointsToWin}, with a lead of two.`;
  }
  if (view.phase === 'over' && (before.view.phase !== 'over' || before.ratingChange !== after.ratingChange)) {
    const { ratingChange } = after;
    const rating = ratingChange === null ? [] : [`Your rating: ${ratingChangeText(ratingChange)}.`];
    const reached = ratingChange === null ? [] : reachedTexts(ratingChange);
    return [`${outcome(view)}, ${scoreLine(view)}.`, ...rating, ...reached].join(' ');
  }
  if (after.paused !== before.paused) return after.paused ? 'Paused.' : 'The match goes on.';
  if (after.takeovers > before.takeovers && after.version !== null)
    return `The policy of update ${after.version} took over.`;
  for (const side of [0, 1] as const) {
    if (view.score[side] > before.view.score[side]) {
      const next = stakes(view);
      const winner = side === view.person ? 'you' : view.names[side];
      return `Point to ${winner}. ${scoreLine(view)}.${next === null ? '' : ` ${next}.`}`;
    }
  }
  return null;
}

/** A score never falls within a match. */
function isEarlier(view: MatchView, than: MatchView): boolean {
  return (
    view.score[0] < than.score[0] ||
    view.score[1] < than.score[1] ||
    (than.phase === 'over' && view.phase !== 'over')
  );
}
