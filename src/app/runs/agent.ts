import type { AgentClient } from '../../workers/agent-client';
import type { LearnerStart } from '../../workers/protocol';

/** What a session needs of an agent: the client of the workers in which it acts and learns, or one like it. */
export type Agent = Pick<
  AgentClient,
  | 'events$'
  | 'checkpoints$'
  | 'answers$'
  | 'wakes$'
  | 'connected$'
  | 'roundTrips'
  | 'collectors'
  | 'open'
  | 'ask'
  | 'frames'
  | 'setHyperparameters'
  | 'setLearning'
  | 'setPaused'
  | 'setLockstep'
  | 'setFrozen'
  | 'checkpoint'
  | 'dispose'
>;

export type SpawnAgent = (start: LearnerStart) => Agent;
