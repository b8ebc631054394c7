import type Phaser from 'phaser';
import { duelAbout } from '../../../examples/duel/about';
import { flapAbout } from '../../../examples/flap/about';
import { racerAbout } from '../../../examples/racer/about';
import { runnerAbout } from '../../../examples/runner/about';
import type { Hyperparameters, SceneSenses } from '../../contract';
import type { AgentDefinition } from '../../phaser/agent-definition';
import type { ListedGame } from './page-game';

/** What a live game's folder gives the page. */
export interface LiveParts<Scene extends Phaser.Scene = Phaser.Scene> {
  readonly config: Phaser.Types.Core.GameConfig;
  readonly definition: AgentDefinition<Scene>;
  readonly settings: Partial<Hyperparameters>;
}

export interface LiveListing extends ListedGame {
  /** Fetches the game, and Phaser with it. */
  readonly load: () => Promise<LiveParts>;
  readonly twin: (name: string) => Worker;
  /** Fetches where what its agent sees lies, where its sensors do not draw that themselves. */
  readonly senses?: () => Promise<SceneSenses<Phaser.Scene>>;
}

/** The page hands an agent no scene but its own game's, so that nobody else need know which class that is. */
const unnamed = <Scene extends Phaser.Scene>(parts: LiveParts<Scene>) => parts as unknown as LiveParts;

const unnamedSenses = <Scene extends Phaser.Scene>(senses: SceneSenses<Scene>) =>
  senses as unknown as SceneSenses<Phaser.Scene>;

/** Every live game. Adding one is a folder in `examples` and an entry here. */
export const liveGames: readonly LiveListing[] = [
  {
    id: 'flap',
    about: flapAbout,
    load: async () => unnamed((await import('../../../examples/flap/page')).parts),
    twin: (name) =>
      new Worker(new URL('../../../examples/flap/twin.ts', import.meta.url), { type: 'module', name }),
    senses: async () => unnamedSenses((await import('../../../examples/flap/senses')).senses),
  },
  {
    id: 'racer',
    about: racerAbout,
    load: async () => unnamed((await import('../../../examples/racer/page')).parts),
    twin: (name) =>
      new Worker(new URL('../../../examples/racer/twin.ts', import.meta.url), { type: 'module', name }),
  },
  {
    id: 'runner',
    about: runnerAbout,
    load: async () => unnamed((await import('../../../examples/runner/page')).parts),
    twin: (name) =>
      new Worker(new URL('../../../examples/runner/twin.ts', import.meta.url), { type: 'module', name }),
  },
  {
    id: 'duel',
    about: duelAbout,
    load: async () => unnamed((await import('../../../examples/duel/page')).parts),
    twin: (name) =>
      new Worker(new URL('../../../examples/duel/twin.ts', import.meta.url), { type: 'module', name }),
    senses: async () => unnamedSenses((await import('../../../examples/duel/senses')).senses),
  },
];
