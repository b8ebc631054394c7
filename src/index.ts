/** Playtrain as a library: environments, the drive, the agent in its workers, and the same agent without them. */
export { Actor, type FullRollout } from './agent/actor';
export { decodeTrainingState, encodeTrainingState } from './agent/checkpoint';
export { generalisedAdvantages } from './agent/gae';
export { Learner } from './agent/learner';
export { type LockstepOptions, type LockstepResult, trainLockstep } from './agent/lockstep';
export * from './contract';
export { checkEnvironment } from './game/engine/check-environment';
export { Driver } from './game/engine/driver';
export { createVectorEnvironment, environmentSpec } from './game/engine/vector-environment';
export { SeededRandom } from './random/seeded-random';
export { questions$ } from './streams/drive';
export { frameReports$ } from './streams/frame-reports';
export { metricPoints$ } from './streams/metric-points';
export { AgentClient, ownWorkers, type WorkerFactory } from './workers/agent-client';
export { serveActor } from './workers/serve-actor';
export { serveCollector } from './workers/serve-collector';
