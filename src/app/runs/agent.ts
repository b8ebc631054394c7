import type { AgentClient, AgentStart } from '../../workers/agent-client';
import type { PageGame } from '../games/page-game';

/** What a session needs of an agent: the client of the workers in which it acts and learns, or one like it. */
export type Agent = Pick<
  AgentClient,
  | 'events$'
  | 'checkpoints$'
  | 'answers$'
  | 'wakes$'
  | 'thoughts$'
  | 'connected$'
  | 'roundTrips'
  | 'collectors'
  | 'spareCollector'
  | 'sharedOut$'
  | 'open'
  | 'ask'
  | 'frames'
  | 'setHyperparameters'
  | 'setLearning'
  | 'setPaused'
  | 'setBeating'
  | 'setThinking'
  | 'setLockstep'
  | 'setFrozen'
  | 'checkpoint'
  | 'captureUpdate'
  | 'keepNewest'
  | 'dispose'
>;

/** @param game whose workers it takes. */
export type SpawnAgent = (game: PageGame, start: AgentStart) => Agent;
