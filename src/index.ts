/** Playtrain as a library: environments, the drive, the agent in its workers, and the same agent without them. */
export { Actor } from './agent/actor';
export {
  type Checkpoint,
  decodeTrainingState,
  encodeCheckpoint,
  encodeTrainingState,
  type FindPast,
  joinPast,
  leaveOutPast,
  namedPast,
  splitPast,
} from './agent/checkpoint';
export type { FullRollout } from './agent/full-rollout';
export { generalisedAdvantages } from './agent/gae';
export { Learner } from './agent/learner';
export { type LockstepOptions, type LockstepResult, trainLockstep } from './agent/lockstep';
export type { PastFile } from './agent/past-file';
export {
  decodePolicy,
  encodePolicy,
  largestPolicyFileBytes,
  type PolicyData,
  policyOf,
} from './agent/policy-file';
export * from './contract';
export { checkEnvironment } from './game/engine/check-environment';
export { Driver } from './game/engine/driver';
export { createVectorEnvironment, environmentSpec } from './game/engine/vector-environment';
export { expectedScore, kFactor, startingRating, updated } from './match/elo';
export { fitRatings, type PairResult, ratingIntervals } from './match/fit-ratings';
export { Match, type MatchOptions, type Seat } from './match/match';
export { playBothSides, playMatch, playRallies } from './match/play-match';
export { type MatchPlayer, policyPlayer, scriptedMatchPlayer } from './match/player';
export { decodeMatchRecord, encodeMatchRecord, type MatchRecord } from './match/record';
export { Replay, verifyRecord } from './match/replay';
export { SeededRandom } from './random/seeded-random';
export { type DriveEvent, drive$ } from './streams/drive';
export { frameReports$ } from './streams/frame-reports';
export { metricPoints$ } from './streams/metric-points';
export { AgentClient, type AgentStart } from './workers/agent-client';
export { ownWorkers } from './workers/own-workers';
export { serveActor } from './workers/serve-actor';
export { serveCollector } from './workers/serve-collector';
export type { WorkerFactory } from './workers/worker-factory';
export { workersAt } from './workers/workers-at';
