/** Agents for any Phaser game: what one sees, does and earns beside the game, and how it learns while the game plays. */

export type { SceneSenses, SensedPoint, SensePen, SenseTone } from '../contract';
export { workersAt } from '../workers/workers-at';
export {
  choose,
  continuous,
  type Doing,
  type Hands,
  type KeyChoices,
  keys,
  type NamedAction,
  together,
} from './actions';
export { type AgentDeclaration, type AgentDefinition, defineAgent, type Sight } from './agent-definition';
export { agentOf, type ToldAgent } from './agent-of';
export { type Earning, each, gain, type ToldEarning, told, when } from './earnings';
export type { KeyName } from './held-keys';
export { type LearningAgent, type LearnOptions, learn } from './learn';
export type { LearningMode, ModeName } from './learning-mode';
export type { LiveSettings } from './live-settings';
export type { MouseButton } from './phaser-internals';
export { type PlayingAgent, type PolicyPlayer, playPolicy } from './play-policy';
export { type Area, type PointerOptions, pointer } from './pointer';
export { type BodyOptions, body } from './sensors/body';
export { type GridOptions, grid } from './sensors/grid';
export { type NearestOptions, nearest } from './sensors/nearest';
export type { SensorPen } from './sensors/pen';
export { type RayOptions, rays } from './sensors/rays';
export { type RelativeOptions, relative } from './sensors/relative';
export type { Placed, Sensor, Standpoint } from './sensors/sensor';
export type { Sensed, Thing } from './sensors/shapes';
export { stack } from './sensors/stack';
