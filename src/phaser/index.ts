/** Agents for any Phaser game: what one sees, does and earns beside the game, and how it learns while the game plays. */

export { workersAt } from '../workers/workers-at';
export { choose, continuous, type Doing, type KeyChoices, keys, type NamedAction, together } from './actions';
export { type AgentDeclaration, type AgentDefinition, defineAgent, type Sight } from './agent-definition';
export { agentOf } from './agent-of';
export { type Earning, each, gain, told, when } from './earnings';
export type { KeyName } from './held-keys';
export { type LearningAgent, type LearnOptions, learn } from './learn';
export type { LearningMode, ModeName } from './learning-mode';
export { type PlayingAgent, type PolicyPlayer, playPolicy } from './play-policy';
export { type Area, type PointerOptions, pointer } from './pointer';
export { body } from './sensors/body';
export { grid } from './sensors/grid';
export { nearest } from './sensors/nearest';
export { rays } from './sensors/rays';
export { relative } from './sensors/relative';
export type { Sensor } from './sensors/sensor';
export { stack } from './sensors/stack';
