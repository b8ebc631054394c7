/** What learning needs beyond the game: fetched once something learns, so that a game that is only played goes without. */
export { decodeTrainingState } from '../agent/checkpoint';
export { encodePlayFile } from '../agent/play-file';
export { encodePolicy, policyOf } from '../agent/policy-file';
export { AgentClient } from '../workers/agent-client';
export { askedOnce } from '../workers/asked-once';
export { ownWorkers } from '../workers/own-workers';
export { SeenGathering } from './seen-gathering';
