/** Playtrain as a library: environments, the drive, the agent in its workers, and the same agent without them. */
export { Actor, type ActorOptions } from './agent/actor';
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
export type { CollectedNotes, FullRollout } from './agent/full-rollout';
export { type AdvantageInput, type Advantages, generalisedAdvantages } from './agent/gae';
export { Learner, type LearnerOptions, type LearnerUpdate } from './agent/learner';
export {
  type LockstepOptions,
  type LockstepResult,
  type LockstepUpdate,
  trainLockstep,
} from './agent/lockstep';
export type { PastFile } from './agent/past-file';
export {
  decodePolicy,
  encodePolicy,
  largestPolicyFileBytes,
  type PolicyData,
  policyOf,
} from './agent/policy-file';
export type { UpdateBackend } from './agent/update-backend';
export * from './contract';
export { checkEnvironment } from './game/engine/check-environment';
export { Driver, type PersonsGame, type WhenActionIsLate } from './game/engine/driver';
export {
  createVectorEnvironment,
  environmentSpec,
  type VectorEnvironmentOptions,
} from './game/engine/vector-environment';
export { expectedScore, kFactor, startingRating, updated } from './match/elo';
export {
  fitRatings,
  type PairResult,
  type RatingAnchor,
  type RatingInterval,
  ratingIntervals,
} from './match/fit-ratings';
export { Match, type MatchOptions, type Seat } from './match/match';
export {
  type BothSides,
  type PlayedMatch,
  playBothSides,
  playMatch,
  playRallies,
  type RallyCounts,
} from './match/play-match';
export { type MatchPlayer, policyPlayer, scriptedMatchPlayer } from './match/player';
export { decodeMatchRecord, encodeMatchRecord, type MatchRecord } from './match/record';
export { Replay, type ReplayOptions, type ReplaySnapshot, verifyRecord } from './match/replay';
export { SeededRandom } from './random/seeded-random';
export { type Drivable, type DriveEvent, type DriveInputs, drive$ } from './streams/drive';
export { frameReports$ } from './streams/frame-reports';
export { metricPoints$ } from './streams/metric-points';
export { AgentClient, type AgentStart } from './workers/agent-client';
export { ownWorkers } from './workers/own-workers';
export type { KeptCheckpoint } from './workers/protocol';
export type { RoundTrips } from './workers/round-trips';
export { serveActor } from './workers/serve-actor';
export { serveCollector } from './workers/serve-collector';
export type { SimulationSource } from './workers/simulation-source';
export type { SupervisorPlace } from './workers/supervisor';
export type { WorkerFactory } from './workers/worker-factory';
export { workersAt } from './workers/workers-at';
