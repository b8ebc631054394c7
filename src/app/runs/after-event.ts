import { type AgentEvent, changedFields } from '../../contract';
import type { PageState, Phase } from '../../ui/shell/page-state';

const areSame = (some: readonly string[], others: readonly string[]) =>
  some.length === others.length && some.every((key, index) => key === others[index]);

/** What the agent is doing after it has said something, as far as it knows itself. */
export function phaseAfter(phase: Phase, event: AgentEvent): Phase {
  switch (event.kind) {
    case 'warming':
      return 'warming';
    case 'updateStarted':
      return 'updating';
    case 'failed':
      return 'failed';
    case 'warning':
      return phase === 'updating' ? 'collecting' : phase;
    default:
      return 'collecting';
  }
}

/** The phase to show: a paused game and a game that eases off hide what the agent is doing meanwhile. */
export function shownPhase(agentPhase: Phase, running: boolean, eased: boolean): Phase {
  if (agentPhase === 'starting' || agentPhase === 'warming' || agentPhase === 'failed') return agentPhase;
  if (!running) return 'paused';
  return eased ? 'eased' : agentPhase;
}

/** What the page shows after the agent has said something. Pure. */
export function afterEvent(state: PageState, event: AgentEvent): PageState {
  const withStatus = (change: Partial<PageState['status']>): PageState => ({
    ...state,
    status: { ...state.status, ...change },
  });
  const withNotice = (
    shown: PageState,
    id: string,
    severity: 'info' | 'warning' | 'error',
    message: string,
  ) => ({
    ...shown,
    notices: [...shown.notices.filter((notice) => notice.id !== id), { id, severity, message }],
  });
  switch (event.kind) {
    case 'warming':
      return withStatus({ backend: event.backend });
    case 'ready':
      return withStatus({ backend: event.backend });
    case 'updateStarted':
      return state;
    case 'updated': {
      const { metrics } = event;
      const shown = withStatus({
        policyVersion: metrics.version,
        meanReturn: metrics.meanReturn,
        decisionsPerSecond: metrics.decisionsPerSecond,
        decisionsDuringUpdate: state.status.decisionsDuringUpdate + metrics.decisionsDuringUpdate,
        unrecordedDecisions: state.status.unrecordedDecisions + metrics.unrecordedDecisions,
        policyLag: metrics.policyLag,
        learningShare: metrics.learningShare,
        collectorDecisionsPerSecond: metrics.collectorDecisionsPerSecond,
      });
      const waiting = changedFields(event.hyperparameters, state.hyperparameters);
      const pending = waiting.map(({ key }) => key);
      // The same list while it holds the same, else each update would pass for news that cannot wait.
      return { ...shown, pending: areSame(pending, state.pending) ? state.pending : pending };
    }
    case 'warning':
      return withNotice(state, 'agent', 'warning', event.message);
    case 'restarted':
      return withNotice(withStatus({ policyVersion: event.version }), 'agent', 'warning', event.message);
    case 'failed':
      return withNotice(state, 'agent', 'error', event.message);
  }
}
