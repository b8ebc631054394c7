import './stand-ins';
import fc from 'fast-check';
import Phaser from 'phaser';
import { describe, expect, it } from 'vitest';
import { controllers, DecisionBatch, decisionShape, interruptions } from '../contract';
import { SeededRandom } from '../random/seeded-random';
import { choose, continuous, keys, together } from './actions';
import { type AgentDeclaration, type AgentDefinition, defineAgent } from './agent-definition';
import { agentOf } from './agent-of';
import { checkAgent } from './check-agent';
import { each, gain, told, when } from './earnings';
import { startHeadless } from './headless-game';
import { openLive } from './live-environment';
import { liveHyperparameters } from './live-settings';
import { SeenAgent } from './seen-agent';
import type { Sensor } from './sensors/sensor';
import { stack } from './sensors/stack';
import { Contest, contest } from './testing/contest';

const configOf = (scene: Phaser.Types.Scenes.SceneType): Phaser.Types.Core.GameConfig => ({
  width: 100,
  height: 100,
  scene,
});

/** What a decision was told of each agent. */
interface Told {
  readonly seen: number[];
  readonly earned: number[];
  readonly terminated: number[];
  readonly interrupted: number[];
  /** Of those that ended. */
  readonly final: (number | null)[];
}

/** Takes decisions, the agents' actions by `act`. Of agents that see and earn one number each. */
async function play<Scene extends Phaser.Scene>(
  config: Phaser.Types.Core.GameConfig,
  agent: AgentDefinition<Scene>,
  decisions: number,
  act: (decision: number, actions: Float32Array) => void = () => {},
) {
  const { environment, close } = await openLive(config, agent, { seed: 1 });
  const batch = new DecisionBatch(decisionShape(environment.spec, environment.arenas));
  environment.takeDecision(batch);
  const outcomes = Array.from({ length: decisions }, (_, decision): Told => {
    act(decision, batch.actions);
    environment.applyActions(batch.actions);
    for (let step = 0; step < agent.every; step++) environment.tick();
    environment.takeDecision(batch);
    return {
      seen: [...batch.observations],
      earned: [...batch.rewardTerms],
      terminated: [...batch.terminated],
      interrupted: [...batch.interrupted],
      final: [...batch.finalObservations].map((final, row) =>
        batch.terminated[row] === 1 || batch.truncated[row] === 1 ? final : null,
      ),
    };
  });
  const faults = environment.takeFaults();
  close();
  return { environment, outcomes, faults };
}

/** Runners, each of which counts its steps since it began, and pays itself one more than the one before for each. */
class Track extends Phaser.Scene {
  static lengths: readonly number[] = [];
  ran: number[] = [];
  stepsInAll = 0;

  constructor() {
    super('Track');
  }

  create(): void {
    this.stepsInAll = 0;
    this.ran = Track.lengths.map(() => 100);
  }

  override update(): void {
    this.stepsInAll += 1;
    this.ran.forEach((ran, who) => {
      this.ran[who] = ran + 1;
      agentOf(this, who).reward('step', who + 1);
    });
  }
}

function runner(every: number, more: Partial<AgentDeclaration<Track>> = {}): AgentDefinition<Track> {
  return defineAgent<Track>({
    name: 'runner',
    scene: 'Track',
    every,
    bodies: Track.lengths.length,
    begin: (scene, who) => {
      scene.ran[who] = 0;
    },
    sees: ({ ran }, who) => ({ ran: ran[who]! }),
    does: choose(['run'], () => {}),
    earns: { step: told() },
    ends: ({ ran }, who) => ran[who] === Track.lengths[who],
    ...more,
  });
}

/** What each runner would be told if it ran alone. */
function alone(who: number, length: number, every: number, decisions: number) {
  let ran = 0;
  return Array.from({ length: decisions }, () => {
    const steps = Math.min(every, length - ran);
    ran += steps;
    const isOver = ran === length;
    if (isOver) ran = 0;
    return { seen: ran, earned: steps * (who + 1), final: isOver ? length : null };
  });
}

describe('bodies in one scene', () => {
  it('each have episodes, last sights and pay as if they were alone', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 4 }),
        async (lengths, every) => {
          Track.lengths = lengths;
          const { outcomes, faults } = await play(configOf(Track), runner(every), 12);
          lengths.forEach((length, who) => {
            const own = outcomes.map(({ seen, earned, final }) => ({
              seen: seen[who],
              earned: earned[who],
              final: final[who],
            }));
            expect(own).toEqual(alone(who, length, every, 12));
          });
          expect(faults).toEqual([]);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('all end where the game leaves their scene, each still seen in it, and all begin in a new one', async () => {
    class Closing extends Track {
      override update(): void {
        super.update();
        if (this.stepsInAll === 6) this.scene.restart();
      }
    }
    Track.lengths = [4, 100];
    const { outcomes } = await play(configOf(Closing), runner(4), 3);
    expect(outcomes.map(({ final }) => final)).toEqual([
      [4, null],
      [2, 6],
      [4, null],
    ]);
    expect(outcomes.map(({ seen }) => seen)).toEqual([
      [0, 4],
      [0, 0],
      [0, 4],
    ]);
  });

  it('all begin anew where their scene throws, and one alone where only it goes wrong', async () => {
    class Faulty extends Track {
      override update(): void {
        super.update();
        if (this.stepsInAll === 6) throw new Error('a mistake');
      }
    }
    Track.lengths = [50, 50];
    const together = await play(configOf(Faulty), runner(4), 2);
    expect(together.outcomes[1]).toMatchObject({
      seen: [0, 0],
      interrupted: [interruptions.fault, interruptions.fault],
    });
    expect(together.faults.map(({ arena }) => arena)).toEqual([0, 1]);

    const ends = ({ ran }: Track, who: number) => {
      if (who === 1 && ran[who] === 6) throw new Error('a mistake');
      return false;
    };
    const single = await play(configOf(Track), runner(4, { ends }), 2);
    expect(single.outcomes[1]).toMatchObject({ seen: [8, 0], interrupted: [0, interruptions.fault] });
  });

  it('are told by their number what is done and earned', async () => {
    Track.lengths = [50, 50, 50];
    const acted: string[] = [];
    const agent = runner(1, {
      does: continuous({ gas: [0, 1] }, (_scene: Track, { gas }, who) => acted.push(`${who}: ${gas}`)),
      earns: {
        ran: gain(({ ran }, who) => who * ran[who]!),
        third: when(({ ran }, who) => who === 2 && ran[who] === 1),
        each: each((_scene, who) => who),
        step: told(),
      },
    });
    const { outcomes } = await play(configOf(Track), agent, 1, (_decision, actions) =>
      actions.set([0.25, 0.5, 0.75]),
    );
    expect(acted).toEqual(['0: 0.25', '1: 0.5', '2: 0.75']);
    const paid = [
      [0, 0, 0, 1],
      [1, 0, 1, 2],
      [2, 1, 2, 3],
    ];
    expect(outcomes[0]?.earned).toEqual(paid.flat());
  });

  it('remember by themselves what they sensed before', async () => {
    Track.lengths = [3, 50];
    const ran: Sensor<Track> = {
      names: ['ran'],
      low: [0],
      high: [100],
      read: (scene, into, offset, who) => {
        into[offset] = scene.ran[who]! + 1_000 * who;
      },
    };
    const { sees: _sees, ...blind } = runner(1);
    const agent = defineAgent<Track>({ ...blind, sensors: { ran: stack(ran, 2) } });
    const { environment, close } = await openLive(configOf(Track), agent, { seed: 1 });
    const batch = new DecisionBatch(decisionShape(environment.spec, environment.arenas));
    const seen: number[][] = [];
    for (let decision = 0; decision < 5; decision++) {
      environment.takeDecision(batch);
      seen.push([...batch.observations]);
      environment.applyActions(batch.actions);
      environment.tick();
    }
    close();
    // Newest first; at an episode's start what is sensed then.
    expect(seen).toEqual([
      [0, 0, 1_000, 1_000],
      [1, 0, 1_001, 1_000],
      [2, 1, 1_002, 1_001],
      [0, 0, 1_003, 1_002],
      [1, 0, 1_004, 1_003],
    ]);
  });

  it('fill a rollout of as many decisions as one does', () => {
    Track.lengths = Array.from({ length: 16 }, () => 9);
    expect(liveHyperparameters(runner(1))).toMatchObject({ arenas: 16, rolloutLength: 128 });
  });
});

describe('two seats of one scene', () => {
  it('press their own keys, and share the end of an episode that one of them wins', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 1 }),
        fc.integer({ min: 1, max: 6 }),
        async (winner, goal) => {
          Contest.goal = goal;
          const decisions = Math.ceil(goal / 2);
          const { environment, outcomes } = await play(
            configOf(Contest),
            defineAgent(contest),
            decisions,
            (_decision, actions) => {
              actions[winner] = 1;
            },
          );
          const bySeat = (own: number, other: number) => (winner === 0 ? [own, other] : [other, own]);
          expect(environment.spec).toMatchObject({ seats: 2, winTerm: 'won' });
          expect(outcomes.at(-1)).toEqual({
            seen: [0, 0],
            earned: bySeat(1, -1),
            terminated: [1, 1],
            interrupted: [0, 0],
            final: bySeat(goal, 0),
          });
          for (const { terminated } of outcomes.slice(0, -1)) expect(terminated).toEqual([0, 0]);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('are both judged: a key that only one of them lacks is found', async () => {
    Contest.goal = 100;
    const does = keys<Contest>([
      { wait: [], press: ['A'] },
      { wait: [], press: ['K'] },
    ]);
    const found = await checkAgent(
      configOf(Contest),
      defineAgent({ ...contest, limit: 60, does, earns: { won: each(1) } }),
    );
    expect(found.findings.map(({ code }) => code)).toContain('idleAction');
    expect(found.findings.find(({ code }) => code === 'idleAction')?.message).toMatch(/“press” of seat 1/);
  });
});

/** A game that is seen, as far as this goes without a page, and its agents with whoever answers them. */
async function seenGame<Scene extends Phaser.Scene>(
  config: Phaser.Types.Core.GameConfig,
  agent: AgentDefinition<Scene>,
  answer: (question: DecisionBatch) => void,
) {
  const game = await startHeadless(config, 1);
  game.loop.stop();
  game.headlessStep(0, 16);
  const seen: SeenAgent<Scene> = new SeenAgent(game, agent, (question) => {
    answer(question);
    seen.answered(question);
  });
  return {
    seen,
    scene: game.scene.getScene<Scene>(agent.scene),
    step: (count: number) => {
      for (let step = 0; step < count; step++) {
        seen.beforeStep();
        game.headlessStep(0, 16);
        seen.afterStep();
      }
    },
    close: () => {
      game.destroy(true);
      game.headlessStep(0, 0);
    },
  };
}

describe('several agents in the game that is seen', () => {
  it('are asked for together, and a person takes one of them', async () => {
    const asked: { seen: number[]; controllers: number[] }[] = [];
    const { seen, scene, step, close } = await seenGame(
      configOf(Contest),
      defineAgent(contest),
      (question) => {
        asked.push({ seen: [...question.observations], controllers: [...question.controllers] });
        question.actions.fill(1);
      },
    );
    Contest.goal = 1_000;
    step(4);
    // The first two steps are nobody's yet.
    expect(scene.pressed).toEqual([2, 2]);
    seen.setOn(false, 1);
    step(4);
    expect(scene.pressed).toEqual([6, 2]);
    expect(asked.at(-1)).toEqual({
      seen: [6, 2],
      controllers: [controllers.cast, controllers.person],
    });
    seen.setOn(true, 1);
    step(4);
    expect(scene.pressed).toEqual([10, 4]);
    close();
  });

  it('whose episodes are over are put back by themselves', async () => {
    Track.lengths = [5, 1_000];
    const agent = runner(1, { ends: ({ ran }, who) => ran[who]! >= Track.lengths[who]! });
    const { scene, step, close } = await seenGame(configOf(Track), agent, () => {});
    scene.ran = [0, 0];
    step(100);
    // Seen for a while as it ended, from the fifth step on.
    expect(scene.ran).toEqual([100 - 5 - 89, 100]);
    close();
  });
});

describe('an action by name', () => {
  const does = together<Phaser.Scene>({
    legs: keys({ stand: [], run: ['RIGHT'] }),
    wheel: continuous({ steer: [-1, 1], gas: [0, 1] }, () => {}),
  });

  it('becomes the numbers that mean it', () => {
    const into = new Float32Array(4);
    does.encode({ legs: 'run', wheel: { steer: -0.5, gas: 1 } }, into, 1);
    expect([...into]).toEqual([0, 1, -0.5, 1]);
  });

  it('that the agent does not know is refused with a sentence', () => {
    const encode = () => does.encode({ legs: 'fly', wheel: { steer: 0, gas: 0 } }, new Float32Array(3), 0);
    expect(encode).toThrow(/did "fly" where the agent does “stand”, “run”/);
  });
});

describe('an agent of several that cannot be meant', () => {
  it.each<[string, Partial<AgentDeclaration<Contest>>, RegExp]>([
    ['has seats and bodies', { bodies: 2 }, /seats and bodies/],
    ['wins by what it does not earn', { wins: 'luck' }, /wins by “luck”/],
  ])('that %s is refused with a sentence', (_what, more, sentence) => {
    expect(() => defineAgent({ ...contest, ...more })).toThrow(sentence);
  });

  it('that has bodies and no way to begin one is refused with a sentence', () => {
    const { seats: _seats, wins: _wins, scripted: _scripted, ...alone } = contest;
    expect(() => defineAgent({ ...alone, bodies: 3 })).toThrow(/needs “begin”/);
    expect(() => defineAgent({ ...alone, scripted: { idle: () => 'wait' } })).toThrow(/nobody to meet/);
  });

  it('whose seats have keys of different names is refused with a sentence', () => {
    expect(() => keys([{ wait: [], press: ['A'] }, { wait: [] }])).toThrow(/no “press”/);
  });
});

it('chance that a scripted player draws comes from the seed', async () => {
  const drawn = async () => {
    const scripted = { dice: () => (Math.random() < 0.5 ? 'wait' : 'press') };
    const live = await openLive(configOf(Contest), defineAgent({ ...contest, scripted }), { seed: 4 });
    const action = new Float32Array(1);
    const [dice] = live.scripted;
    const taken = Array.from({ length: 32 }, () => {
      dice!.act(new Float32Array(1), SeededRandom.fromSeed(1), action, 0);
      return action[0];
    });
    live.close();
    return taken;
  };
  expect(await drawn()).toEqual(await drawn());
});
