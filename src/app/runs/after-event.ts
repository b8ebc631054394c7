import { type AgentEvent, changedFields } from '../../contract';
import { troubleSentence } from '../../texts/agent-news';
import type { Notice, Phase, RunView } from '../../ui/shell/page-state';

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

/** What changes of a run's view after its agent has said something. Pure. */
export function afterEvent(view: RunView, event: AgentEvent): Partial<RunView> {
  const withStatus = (change: Partial<RunView['status']>) => ({ status: { ...view.status, ...change } });
  switch (event.kind) {
    case 'warming':
    case 'ready':
      return withStatus({ backend: event.backend });
    case 'updated': {
      const { metrics } = event;
      const shown = withStatus({
        policyVersion: metrics.version,
        meanReturn: metrics.meanReturn,
        decisionsPerSecond: metrics.decisionsPerSecond,
        decisionsDuringUpdate: view.status.decisionsDuringUpdate + metrics.decisionsDuringUpdate,
        unrecordedDecisions: view.status.unrecordedDecisions + metrics.unrecordedDecisions,
        policyLag: metrics.policyLag,
        learningShare: metrics.learningShare,
        gpuBytes: metrics.gpuBytes,
        collectorDecisionsPerSecond: metrics.collectorDecisionsPerSecond,
      });
      const waiting = changedFields(event.hyperparameters, view.hyperparameters);
      const pending = waiting.map(({ key }) => key);
      // The same list while it holds the same, else each update would pass for news that cannot wait.
      return areSame(pending, view.pending) ? shown : { ...shown, pending };
    }
    case 'restarted':
      return withStatus({ policyVersion: event.version });
    default:
      return {};
  }
}

/** What the agent has said, where a person should read it. One takes the place of the one before. */
export function noticeAfter(event: AgentEvent): Notice | null {
  switch (event.kind) {
    case 'warning':
    case 'restarted':
      return { id: 'agent', severity: 'warning', message: troubleSentence(event) };
    case 'failed':
      return { id: 'agent', severity: 'error', message: troubleSentence(event) };
    default:
      return null;
  }
}
