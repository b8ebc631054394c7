import type { AgentEvent, AgentRemedy, AgentSurrender } from '../contract';

/** What can go wrong with an agent, and is told. */
export type AgentTrouble = Extract<AgentEvent, { readonly kind: 'warning' | 'restarted' | 'failed' }>;

/** What went wrong with the agent, and what became of it. */
export function troubleSentence(event: AgentTrouble): string {
  return [event.message, outcome(event)].filter((sentence) => sentence !== '').join(' ');
}

function outcome(event: AgentTrouble): string {
  switch (event.kind) {
    case 'warning':
      return event.remedy === undefined ? '' : remedySentence(event.remedy);
    case 'restarted':
      return `The agent was restarted from update ${event.version}; nothing before that is lost.`;
    case 'failed':
      return event.surrender === undefined ? '' : surrenderSentence(event.surrender);
  }
}

function remedySentence(remedy: AgentRemedy): string {
  switch (remedy.code) {
    case 'settingsBefore':
      return 'The run goes on with the settings before.';
    case 'fewerCollectors':
      return `The ${remedy.left} that are left play its arenas too.`;
    case 'rolloutLeftOut':
      return 'A rollout came too late for the policy that it was to improve, and was left out. Learning goes on; if this repeats, choose fewer collectors and report it.';
    case 'backendStays':
      return 'Where updates are quickest was not found out, so they stay where they are.';
    case 'updatesAlone':
      return 'A thread that shared in updates was lost, so one computes them from now on; the run goes on as it was.';
    case 'learnsInPage':
      return 'Until the game’s twin is mended, the game learns in its page, more slowly.';
  }
}

function surrenderSentence(surrender: AgentSurrender): string {
  switch (surrender.code) {
    case 'workersLost':
      return `This happened again and again, so the agent is not started any more. ${
        surrender.onGraphics
          ? 'Reload the page, or choose another backend in the settings.'
          : 'Reload the page; nothing that was saved is lost.'
      }`;
    case 'updatesFailed':
      return `This happened ${surrender.inARow} times in a row, so learning has stopped; the policy is as it was before. Change the settings and ${
        surrender.hasBest ? 'restart, or continue from the best' : 'restart'
      }.`;
  }
}
