import './stand-ins';
import Phaser from 'phaser';
import { describe, expect, it } from 'vitest';
import { DecisionBatch, decisionShape, interruptions } from '../contract';
import { continuous, keys, together } from './actions';
import { type AgentDeclaration, defineAgent } from './agent-definition';
import { agentOf } from './agent-of';
import { each, gain, told } from './earnings';
import { liveEnvironment, openLive } from './live-environment';
import { nearest } from './sensors/nearest';

/** A game of one scene, and what else it may need. */
function config(
  scene: Phaser.Types.Scenes.SceneType | Phaser.Types.Scenes.SceneType[],
): Phaser.Types.Core.GameConfig {
  return { width: 100, height: 100, physics: { default: 'arcade' }, scene };
}

/** Counts its steps. */
class Counting extends Phaser.Scene {
  steps = 0;

  constructor(key = 'Counting') {
    super(key);
  }

  create(): void {
    this.steps = 0;
  }

  override update(): void {
    this.steps += 1;
  }
}

/** An agent that sees the steps of its episode. */
function counter<Scene extends Counting>(more: Partial<AgentDeclaration<Scene>> = {}) {
  return defineAgent<Scene>({
    name: 'counter',
    scene: 'Counting',
    every: 2,
    sees: (scene) => ({ steps: scene.steps }),
    does: keys({ wait: [], right: ['RIGHT'] }),
    earns: { alive: each(1) },
    ...more,
  });
}

/** Takes `decisions` decisions of one action. @returns what came of each. */
async function play<Scene extends Counting>(
  game: Phaser.Types.Core.GameConfig,
  agent: ReturnType<typeof counter<Scene>>,
  decisions: number,
  action: readonly number[] = [0],
) {
  const environment = await liveEnvironment(game, agent, { seed: 1 });
  const batch = new DecisionBatch(decisionShape(environment.spec, 1));
  environment.takeDecision(batch);
  const outcomes = Array.from({ length: decisions }, () => {
    environment.applyActions(Float32Array.from(action));
    for (let step = 0; step < agent.every; step++) environment.tick();
    environment.takeDecision(batch);
    const [terminated, truncated] = [batch.terminated[0] === 1, batch.truncated[0] === 1];
    return {
      seen: [...batch.observations],
      final: terminated || truncated ? [...batch.finalObservations] : null,
      terminated,
      truncated,
      earned: [...batch.rewardTerms],
      interrupted: batch.interrupted[0],
    };
  });
  return { environment, outcomes, faults: environment.takeFaults() };
}

describe('an episode in somebody’s own scene', () => {
  it('ends as the agent says, is seen to its last step, and begins anew', async () => {
    const agent = counter({ ends: ({ steps }) => steps === 4 });
    const { outcomes } = await play(config(Counting), agent, 3);
    // Two steps a decision; the fourth step is the last, and a new episode has seen none.
    expect(outcomes.map(({ seen }) => seen)).toEqual([[2], [0], [2]]);
    expect(outcomes[1]).toMatchObject({ terminated: true, truncated: false, final: [4] });
  });

  it('is cut at its limit', async () => {
    const { outcomes } = await play(config(Counting), counter({ limit: 4 }), 2);
    expect(outcomes[1]).toMatchObject({ terminated: false, truncated: true, final: [4] });
  });

  it.each([
    ['restarts itself', (scene: Counting) => scene.scene.restart()],
    ['goes to another scene', (scene: Counting) => scene.scene.start('Over')],
    ['switches to another scene', (scene: Counting) => scene.scene.switch('Over')],
  ])('ends where the game %s, while all of it is still there', async (_how, leave) => {
    class Leaving extends Counting {
      override update(): void {
        super.update();
        if (this.steps === 4) leave(this);
      }
    }
    class Over extends Phaser.Scene {
      constructor() {
        super('Over');
      }
    }
    const { environment, outcomes } = await play(config([Leaving, Over]), counter(), 6);
    expect(outcomes.map(({ final }) => final)).toEqual([null, [4], null, [4], null, [4]]);
    expect(outcomes.at(-1)?.seen).toEqual([0]);
    expect(environment.takeFaults()).toEqual([]);
  });

  it('begins as the agent says where restarting the scene is not enough', async () => {
    class Lives extends Counting {
      override update(): void {
        super.update();
        this.registry.inc('lives', -1);
      }
    }
    const agent = counter<Lives>({
      sees: (scene) => ({ lives: Number(scene.registry.get('lives')) }),
      ends: (scene) => scene.registry.get('lives') === 0,
      reset: (game) => {
        game.registry.set('lives', 4);
        game.scene.start('Counting');
      },
    });
    const { outcomes } = await play(config(Lives), agent, 3);
    expect(outcomes.map(({ seen }) => seen)).toEqual([[2], [4], [2]]);
  });

  it('begins with the scene that the agent’s reset begins at the next step, not with the one before', async () => {
    class Listed extends Counting {
      list: number[] | null = null;
      override create(): void {
        super.create();
        this.list = [this.steps];
        this.events.once('shutdown', () => {
          this.list = null;
        });
      }
    }
    const agent = counter<Listed>({
      sees: ({ steps, list }) => ({ steps, length: list!.length }),
      ends: ({ steps }) => steps === 4,
      reset: (game) => game.scene.getScene('Counting').scene.restart(),
    });
    const { outcomes, faults } = await play(config(Listed), agent, 4);
    expect(faults).toEqual([]);
    // The step in which it began is its first.
    expect(outcomes.map(({ final }) => final?.[0] ?? null)).toEqual([null, 4, null, 4]);
  });

  it('begins with what its scene was first started with', async () => {
    class Level extends Counting {
      level = 0;
      init({ level }: { readonly level: number }): void {
        this.level = level;
      }
    }
    class Menu extends Phaser.Scene {
      constructor() {
        super('Menu');
      }
      create(): void {
        this.scene.start('Counting', { level: 3 });
      }
    }
    const agent = counter<Level>({
      sees: ({ level, steps }) => ({ level, steps }),
      ends: ({ steps }) => steps === 2,
    });
    const { outcomes } = await play(config([Menu, Level]), agent, 2);
    expect(outcomes.map(({ seen }) => seen)).toEqual([
      [3, 0],
      [3, 0],
    ]);
  });

  it('that throws is begun anew, and told', async () => {
    class Faulty extends Counting {
      override update(): void {
        super.update();
        if (this.steps === 3) throw new Error('undefined is not a ball');
      }
    }
    const { outcomes, faults } = await play(config(Faulty), counter(), 2);
    expect(outcomes[1]).toMatchObject({ truncated: true, interrupted: interruptions.fault, seen: [0] });
    expect(faults).toMatchObject([{ arena: 0, kind: 'threw' }]);
    expect(faults[0]?.message).toContain('undefined is not a ball');
  });
});

it('a game that throws in each of its episodes is gone on with, as long as decisions are taken before', async () => {
  class Faulty extends Counting {
    override update(): void {
      super.update();
      if (this.steps === 5) throw new Error('undefined is not a ball');
    }
  }
  const { outcomes, faults } = await play(config(Faulty), counter(), 30);
  expect(faults).toHaveLength(10);
  // Two decisions are learned from, and the one that it throws in is not.
  expect(outcomes.slice(0, 6).map(({ interrupted }) => interrupted)).toEqual([
    interruptions.none,
    interruptions.none,
    interruptions.fault,
    interruptions.none,
    interruptions.none,
    interruptions.fault,
  ]);
});

describe('what an agent does', () => {
  it('presses the game’s own keys: down once, held, and up', async () => {
    const heard: string[] = [];
    class Keys extends Counting {
      override create(): void {
        super.create();
        this.input.keyboard?.on('keydown-RIGHT', () => heard.push(`down ${this.steps}`));
        this.input.keyboard?.on('keyup-RIGHT', () => heard.push(`up ${this.steps}`));
      }
    }
    const environment = await liveEnvironment(config(Keys), counter<Keys>(), { seed: 1 });
    for (const action of [0, 1, 1, 0, 1]) {
      environment.applyActions(Float32Array.of(action));
      for (let step = 0; step < 2; step++) environment.tick();
    }
    // Two steps a decision: the second decision begins after two.
    expect(heard).toEqual(['down 2', 'up 6', 'down 8']);
  });

  it('is several things at once', async () => {
    const steered: string[] = [];
    const agent = counter({
      does: together({
        legs: keys({ stand: [], run: ['RIGHT'] }),
        wheel: continuous({ steer: [-1, 1], gas: [0, 1] }, (scene: Counting, { steer, gas }) => {
          steered.push(`${scene.steps}: ${steer} ${gas}`);
        }),
      }),
    });
    const { environment } = await play(config(Counting), agent, 1, [1, -0.5, 7]);
    expect(environment.spec.actionSpace).toMatchObject({
      kind: 'product',
      parts: [
        { name: 'legs', labels: ['stand', 'run'] },
        { name: 'wheel', names: ['steer', 'gas'] },
      ],
    });
    expect(steered).toEqual(['0: -0.5 1', '1: -0.5 1']);
  });
});

describe('what an agent earns', () => {
  it('also comes from the game’s own word, which ends its episode, too', async () => {
    class Telling extends Counting {
      override update(): void {
        super.update();
        agentOf(this).reward('coin', 3);
        if (this.steps === 4) agentOf(this).end();
      }
    }
    const agent = counter<Telling>({ earns: { steps: gain((s) => s.steps), coin: told(2) } });
    const { environment, outcomes } = await play(config(Telling), agent, 2);
    expect(environment.spec.rewardTerms).toMatchObject([
      { name: 'steps', defaultWeight: 1 },
      { name: 'coin', defaultWeight: 2 },
    ]);
    expect(outcomes).toMatchObject([
      { earned: [2, 6], terminated: false },
      { earned: [2, 6], terminated: true, final: [4] },
    ]);
  });

  it('is told to nobody in a game without an agent', () => {
    expect(() => agentOf({}).reward('coin')).not.toThrow();
  });
});

describe('a game that runs without a page', () => {
  it('sees tweens, timers and cameras as it would at sixty steps a second, however fast it runs', async () => {
    class Moving extends Counting {
      box!: Phaser.GameObjects.Rectangle;
      hasRung = false;
      override create(): void {
        super.create();
        this.hasRung = false;
        this.box = this.add.rectangle(0, 0, 10, 10);
        this.cameras.main.startFollow(this.box);
        this.tweens.add({ targets: this.box, x: 600, duration: 1_000 });
        setTimeout(() => (this.hasRung = true), 250);
      }
    }
    const agent = counter<Moving>({
      sees: ({ box, hasRung, cameras }) => ({ x: box.x, hasRung, camera: cameras.main.scrollX }),
      every: 6,
    });
    const { outcomes } = await play(config(Moving), agent, 4);
    const [, , afterThree, afterFour] = outcomes.map(({ seen }) => seen);
    // 600 px a second are 10 px a step; a tween may begin one step late. The camera keeps the box at 50, its middle.
    expect(afterThree![0]).toBeGreaterThanOrEqual(160);
    expect(afterThree![0]).toBeLessThanOrEqual(190);
    expect(afterFour![0]! - afterThree![0]!).toBeCloseTo(60, 3);
    expect(afterThree![2]).toBeCloseTo(afterThree![0]! - 50, 3);
    // 18 steps are 300 ms, 12 are 200.
    expect(outcomes.map(({ seen }) => seen[1])).toEqual([0, 0, 1, 1]);
  });
});

describe('an agent that does not fit its game', () => {
  it('since the game throws as it starts, hears what was thrown', async () => {
    class Broken extends Counting {
      override create(): void {
        throw new Error('undefined is not a level');
      }
    }
    await expect(liveEnvironment(config(Broken), counter<Broken>(), { seed: 1 })).rejects.toThrow(
      'undefined is not a level',
    );
  });

  it.each<[string, Partial<AgentDeclaration<Counting>>, RegExp]>([
    ['lives in no scene', { scene: 'Nowhere' }, /scene “Nowhere”, which the game does not have.*Counting/],
    ['sees nothing', { sees: () => ({}) }, /sees nothing/],
    ['earns nothing', { earns: {} }, /earns nothing/],
    ['decides in no time', { every: 0 }, /0 as “every”: give/],
    ['has too short a limit', { limit: 1 }, /limit of 1 steps/],
  ])('that %s is refused with a sentence', async (_what, more, sentence) => {
    const begin = async () => liveEnvironment(config(Counting), counter(more), { seed: 1 });
    await expect(begin).rejects.toThrow(sentence);
  });

  it('since a sensor is given nothing, hears which sensor, and one cure', async () => {
    const of = () => undefined as never;
    const star = nearest<Counting>({ from: () => ({ x: 0, y: 0 }), of, rangePx: 100 });
    const begin = play(config(Counting), counter({ sensors: { star } }), 1);
    await expect(begin).rejects.toThrow(/^The sensor “star” cannot.*must be in the scene\.$/);
    await expect(begin).rejects.toHaveProperty('cause.stack');
  });

  it('since its scenes extend the class of another copy of Phaser, hears of two copies', async () => {
    class ForeignScene {}
    const extended = class extends ForeignScene {};
    await expect(
      liveEnvironment({ ...config(Counting), scene: extended }, counter(), { seed: 1 }),
    ).rejects.toThrow(/another copy of Phaser.*inline/);
  });

  it.each<[string, Partial<AgentDeclaration<Counting>>, RegExp]>([
    [
      'sees more than at first',
      { sees: ({ steps }) => ({ list: Array.from({ length: 1 + steps }, () => 0) }) },
      /3 numbers as “list”, where it saw 1/,
    ],
    ['sees no number', { sees: ({ steps }) => ({ ratio: steps / 0 - steps / 0 }) }, /NaN/],
  ])('and that %s as well, again and again', async (_what, more, sentence) => {
    await expect(play(config(Counting), counter(more), 20)).rejects.toThrow(sentence);
  });

  it('whose game rewards what it does not earn, learns of it', async () => {
    class Telling extends Counting {
      override update(): void {
        super.update();
        if (this.steps === 1) agentOf(this).reward('coin');
      }
    }
    const { faults } = await play(config(Telling), counter<Telling>(), 1);
    expect(faults[0]?.message).toMatch(/rewards “coin”.*add “coin: told\(\)”/);
  });
});

describe('games of which no environment comes', () => {
  class Watched extends Counting {
    static begun = 0;
    static destroyed = 0;

    override create(): void {
      super.create();
      // Once a game, however often its scene begins.
      if (this.game.registry.has('begun')) return;
      this.game.registry.set('begun', true);
      Watched.begun += 1;
      this.game.events.once('destroy', () => (Watched.destroyed += 1));
    }
  }

  it.each([1, 3])('are all destroyed where the agent does not fit: of %i copies', async (copies) => {
    Watched.begun = 0;
    Watched.destroyed = 0;
    // Only the last copy is refused.
    const agent = counter({
      sees: ({ steps }) => {
        if (Watched.begun === copies) throw new Error('Nothing is seen.');
        return { steps };
      },
    });
    await expect(openLive(config(Watched), agent, { seed: 1, copies })).rejects.toThrow(/Nothing is seen/);
    expect([Watched.begun, Watched.destroyed]).toEqual([copies, copies]);
  });

  it('are left to whoever got the environment, until it is closed', async () => {
    Watched.begun = 0;
    Watched.destroyed = 0;
    const { close } = await openLive(config(Watched), counter(), { seed: 1, copies: 2 });
    expect([Watched.begun, Watched.destroyed]).toEqual([2, 0]);
    close();
    expect(Watched.destroyed).toBe(2);
  });
});
