import { formatCount, formatMetric } from '../kit/format';
import { gameTitle } from '../kit/game-title';
import type { PageState } from './page-state';

/** What the agent is doing, in a word or two. */
export function phaseLabel(state: PageState): string {
  switch (state.status.phase) {
    case 'starting':
      return 'starting…';
    case 'warming':
      return 'warming up…';
    case 'collecting':
      return state.learning ? 'learning' : 'playing';
    case 'updating':
      return 'updating';
    case 'eased':
      return 'eased off';
    case 'paused':
      return 'paused';
    case 'failed':
      return 'stopped';
  }
}

/** What the phase means, in a sentence. */
export function phaseSentence(state: PageState): string {
  switch (state.status.phase) {
    case 'starting':
      return 'The workers are starting.';
    case 'warming':
      return 'The backend is being prepared: the first update compiles what later ones reuse.';
    case 'collecting':
      return state.learning
        ? 'The agent plays and fills a rollout, from which the next update learns.'
        : 'The agent plays; learning is off.';
    case 'updating':
      return 'An update runs while the game goes on and the next rollout fills.';
    case 'eased':
      return 'Both rollouts are full: the game eases to 1× until the learner catches up.';
    case 'paused':
      return 'The game is paused.';
    case 'failed':
      return 'The agent stopped; the notice says why.';
  }
}

/** Who plays the focused arena. */
export function playerLabel(state: PageState): string {
  switch (state.focusPlayer) {
    case 'newest':
      return `policy ${state.status.policyVersion}`;
    case 'frozenBest':
      return state.best === null ? 'best policy' : `best, policy ${state.best.version}`;
    case 'frozenNow':
      return 'frozen policy';
    case 'person':
      return 'you';
  }
}

/** The page's state in one or two sentences, for those who do not see it. */
export function summary(state: PageState): string {
  const title = gameTitle(state.games, state.game);
  const { decisions, meanReturn } = state.status;
  const result = meanReturn === null ? 'No episode has ended yet' : `Mean return ${formatMetric(meanReturn)}`;
  return `${title}, ${phaseLabel(state).replace('…', '')}. ${result} after ${formatCount(decisions)} decisions. Arena ${state.focusedArena + 1} is in focus, played by ${playerLabel(state)}.`;
}

/**
 * What those who do not see the page are told when it changes: which run, whether it goes and learns, who plays. Figures
 * are not among it, since they change all the while.
 */
export function newsText(state: PageState): string {
  const { phase } = state.status;
  const isPassing = phase === 'collecting' || phase === 'updating' || phase === 'eased';
  const what = isPassing ? (state.learning ? 'learning' : 'playing') : phaseLabel(state).replace('…', '');
  const who = state.focusPlayer === 'newest' ? 'the newest policy' : playerLabel(state);
  return `${state.name}: ${what}. Arena ${state.focusedArena + 1} is played by ${who}.`;
}
