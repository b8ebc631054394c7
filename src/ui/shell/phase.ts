import { phaseTexts, playerTexts, spokenTexts } from '../../texts/status';
import { formatCount, formatMetric } from '../kit/format';
import { gameTitle } from '../kit/game-title';
import type { PageState } from './page-state';

function phaseText({ status, learning }: PageState): { readonly label: string; readonly sentence: string } {
  const { phase } = status;
  return phase === 'collecting' && !learning ? phaseTexts.playing : phaseTexts[phase];
}

/** What the agent is doing, in a word or two. */
export function phaseLabel(state: PageState): string {
  return phaseText(state).label;
}

/** What the phase means, in a sentence. */
export function phaseSentence(state: PageState): string {
  return phaseText(state).sentence;
}

/** Who plays the focused arena. */
export function playerLabel({ focusPlayer, best }: PageState): string {
  switch (focusPlayer) {
    case 'newest':
      return playerTexts.newest;
    case 'frozenBest':
      return best === null ? playerTexts.best : playerTexts.bestOf(best.version);
    case 'frozenNow':
      return playerTexts.frozen;
    case 'person':
      return playerTexts.person;
  }
}

/** The page's state in one or two sentences, for those who do not see it. */
export function summary(state: PageState): string {
  const { decisions, meanReturn } = state.status;
  return spokenTexts.summary({
    game: gameTitle(state.games, state.game),
    phase: spoken(phaseLabel(state)),
    result: meanReturn === null ? spokenTexts.noEpisode : spokenTexts.meanReturn(formatMetric(meanReturn)),
    decisions: formatCount(decisions),
    where: whereText(state, spokenTexts.arena),
    player: playerLabel(state),
  });
}

/**
 * What those who do not see the page are told when it changes: which run, whether it goes and learns, who plays. Figures
 * are not among it, since they change all the while.
 */
export function newsText(state: PageState): string {
  const { phase } = state.status;
  const isPassing = phase === 'collecting' || phase === 'updating' || phase === 'eased';
  const learning = state.learning ? phaseTexts.collecting : phaseTexts.playing;
  const what = isPassing ? learning.label : phaseLabel(state);
  const who = state.focusPlayer === 'newest' ? spokenTexts.theNewest : playerLabel(state);
  return spokenTexts.news(state.name, spoken(what), whereText(state, spokenTexts.arenaInNews), who);
}

function whereText({ kind, focusedArena }: PageState, ofArena: (number: number) => string): string {
  return kind === 'live' ? spokenTexts.liveGame : ofArena(focusedArena + 1);
}

/** Without the dots that tell of waiting, before a full stop. */
const spoken = (label: string) => label.replace('…', '');
