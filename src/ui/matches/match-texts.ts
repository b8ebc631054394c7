import type { MatchView } from '../../contract';
import { matchKind } from '../../contract';
import { courtTexts } from '../../texts/court';
import { goalTexts } from '../../texts/goals';
import { ratingTexts } from '../../texts/matches';
import { practiceTexts } from '../../texts/practice';
import { formatCount } from '../kit/format';
import type { CourtState, RatingChange } from './play-state';

/** What goes on on the court, in a word or two. */
export function courtPhase({ kind, paused, view }: CourtState): string {
  if (paused && view.phase !== 'over') return courtTexts.paused;
  if (kind === 'replay') return view.phase === 'over' ? courtTexts.replayOver : courtTexts.replay;
  return courtTexts.phases[view.phase];
}

/** `You 3 : 2 Novice`. */
export function scoreLine({ names, score }: MatchView): string {
  return `${names[0]} ${score[0]} : ${score[1]} ${names[1]}`;
}

/** What is at stake in the next rally, where it is more than a point; null where it is not. */
export function stakes({ matchPoint, deuce, names, person }: MatchView): string | null {
  if (deuce) return courtTexts.deuce;
  if (matchPoint === null) return null;
  if (matchPoint === 'both') return courtTexts.nextDecides;
  return matchPoint === person ? courtTexts.matchPointToYou : courtTexts.matchPointTo(names[matchPoint]);
}

/** Who won, once it is over. */
export function outcome({ winner, names, person }: MatchView): string {
  if (winner === null) return courtTexts.draw;
  if (winner === person) return courtTexts.youWon;
  if (person !== null) return courtTexts.wonThisOne(names[winner]);
  return courtTexts.won(names[winner]);
}

/** How a rating moved: `1,012 → 1,024 (+12)`; while it is being found, `about 724, 3 matches left to place you`. */
export function ratingChangeText({
  before,
  after,
  placingLeft,
}: Pick<RatingChange, 'before' | 'after' | 'placingLeft'>): string {
  if (placingLeft > 0) {
    return ratingTexts.about(formatCount(Math.round(after)), ratingTexts.placing(placingLeft));
  }
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

/** What a match is, for those who do not see it. */
export function courtSummary(court: CourtState): string {
  const { view, kind, setup } = court;
  if (view.pointsToWin === null) return courtTexts.practice(practiceTexts.begun, scoreLine(view));
  const { replay, agents, match } = courtTexts.kinds;
  const what = kind === 'replay' ? replay : matchKind(setup) === 'agents' ? agents : match;
  return courtTexts.summary(what, courtPhase(court), scoreLine(view), view.pointsToWin);
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
    const sides = courtTexts.sides(view.names);
    return view.pointsToWin === null
      ? `${practiceTexts.begun} ${sides}`
      : `${sides} ${courtTexts.aim(view.pointsToWin)}`;
  }
  if (view.phase === 'over' && (before.view.phase !== 'over' || before.ratingChange !== after.ratingChange)) {
    const ended = courtTexts.ended(outcome(view), scoreLine(view));
    const { ratingChange } = after;
    if (ratingChange === null) return ended;
    const rating = courtTexts.newRating(ratingChangeText(ratingChange));
    return [ended, rating, ...reachedTexts(ratingChange)].join(' ');
  }
  if (after.paused !== before.paused) return after.paused ? courtTexts.isPaused : courtTexts.goesOn;
  if (after.takeovers > before.takeovers && after.version !== null) return courtTexts.tookOver(after.version);
  for (const side of [0, 1] as const) {
    if (view.score[side] > before.view.score[side]) {
      const winner = side === view.person ? courtTexts.you : view.names[side];
      return courtTexts.point(winner, scoreLine(view), stakes(view));
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
