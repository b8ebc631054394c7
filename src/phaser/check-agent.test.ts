import './stand-ins';
import Phaser from 'phaser';
import { expect, it } from 'vitest';
import { continuous, keys } from './actions';
import { type AgentDeclaration, defineAgent, usualLimit } from './agent-definition';
import type { AgentFindingCode } from './agent-findings';
import { checkAgent } from './check-agent';
import { each, gain } from './earnings';
import { expectAgent } from './expect-agent';

let roundsInAll = 0;

/** A box that is moved by a key and by being told, in episodes of some steps. */
class Box extends Phaser.Scene {
  steps = 0;
  x = 0;
  round = 0;

  constructor() {
    super('Box');
  }

  create(): void {
    this.steps = 0;
    this.x = 0;
    roundsInAll += 1;
    this.round = roundsInAll;
    this.input.keyboard?.on('keydown-RIGHT', () => {
      this.x += 0.1;
    });
  }

  override update(): void {
    this.steps += 1;
    this.x += (Math.random() - 0.5) / 10;
  }
}

const config = { width: 100, height: 100, scene: Box };
const sound: AgentDeclaration<Box> = {
  name: 'box',
  scene: 'Box',
  every: 2,
  limit: 60,
  sees: ({ x, steps }) => ({ x, steps: steps / 60 }),
  does: keys({ wait: [], right: ['RIGHT'] }),
  earns: { x: gain((scene) => scene.x) },
};

const codesOf = async (more: Partial<AgentDeclaration<Box>>) =>
  (await checkAgent(config, defineAgent({ ...sound, ...more }))).findings.map(({ code }) => code);

it('nothing is found where all is well, and how fast the twin is comes with it', async () => {
  let nowMs = 0;
  const clock = () => (nowMs += 500);
  const check = await checkAgent(config, defineAgent(sound), { clock });
  expect(check.findings).toEqual([]);
  // 600 decisions of 2 steps in half a second.
  expect(check.stepsPerSecond).toBe(2_400);
  expect(check.secondsTo100kDecisions).toBeCloseTo(200_000 / 2_400, 5);
  expect(check.sharedByCopies).toBeNull();
});

it.each<[AgentFindingCode, Partial<AgentDeclaration<Box>>]>([
  ['doesNotFit', { scene: 'Nowhere' }],
  [
    'fault',
    {
      ends: ({ steps }) => {
        if (steps === 31 && Math.random() < 0.3) throw new Error('a mistake');
        return false;
      },
    },
  ],
  ['notFinite', { sees: ({ x, steps }) => ({ x, ratio: 1 / Math.abs(steps - 34) }) }],
  ['notRepeatable', { sees: ({ x, round }) => ({ x, round: round / 1_000 }) }],
  ['constantSight', { sees: ({ x }) => ({ x, height: 0.5 }) }],
  ['unscaledSight', { sees: ({ x, steps }) => ({ x, steps }) }],
  ['idleAction', { does: keys({ wait: [], jump: ['UP'] }) }],
  ['idleAction', { does: continuous({ gas: [0, 1] }, () => {}) }],
  ['noReward', { earns: { nothing: gain(() => 0) } }],
  ['noReward', { earns: { alive: each(0.01) } }],
  ['endless', { limit: 100_000, sees: ({ x, steps }) => ({ x: Math.sin(x), steps: Math.sin(steps) }) }],
  // Each episode is cut, and by a limit that nobody gave.
  ['endless', { limit: usualLimit, sees: ({ x, steps }) => ({ x: Math.sin(x), steps: Math.sin(steps) }) }],
  ['endsAtOnce', { ends: ({ steps }) => steps > 0 }],
])('%s is found where it is so, and alone', async (code, more) => {
  expect(await codesOf(more)).toEqual([code]);
});

/** Some of what a scene may do wrong as it begins. */
const begun = async (create: (scene: Phaser.Scene) => void) => {
  class Begun extends Box {
    override create(): void {
      super.create();
      create(this);
    }
  }
  return (await checkAgent({ ...config, scene: Begun }, defineAgent(sound))).findings;
};

it.each<[string, AgentFindingCode, RegExp, (scene: Phaser.Scene) => void]>([
  ['listens to its own events', 'leak', /listeners/, ({ events }) => events.on('update', () => {})],
  ['listens to its game', 'leak', /listeners/, ({ game }) => game.events.on('blur', () => {})],
  [
    'makes textures',
    'leak',
    /textures/,
    ({ textures, time }) => {
      textures.createCanvas(`picture ${textures.getTextureKeys().length} ${time.now}`, 4, 4);
    },
  ],
  ['leaves timers', 'timersLeft', /1 timers/, () => setInterval(() => {}, 100)],
  ['asks for its page', 'needsPage', /alert/, () => alert('over')],
])('a scene that %s each time that it begins is found out', async (_what, code, words, create) => {
  const findings = await begun(create);
  expect(findings.map((finding) => finding.code)).toEqual([code]);
  expect(findings[0]?.message).toMatch(words);
});

it('a scene that makes something once, and takes away what it listened to, leaks nothing', async () => {
  const findings = await begun((scene) => {
    if (!scene.textures.exists('once')) scene.textures.createCanvas('once', 4, 4);
    const listener = () => {};
    const timer = setInterval(() => {}, 100);
    scene.game.events.on('blur', listener);
    scene.events.once('shutdown', () => {
      scene.game.events.off('blur', listener);
      clearInterval(timer);
    });
  });
  expect(findings).toEqual([]);
});

it('what copies share is told, and is a finding where there are to be several', async () => {
  let moved = 0;
  class Shared extends Box {
    override create(): void {
      super.create();
      moved = 0;
    }
    override update(): void {
      super.update();
      moved += 0.01;
    }
  }
  const agent = defineAgent<Shared>({ ...sound, sees: ({ x }) => ({ x, moved }) });
  const alone = await checkAgent({ ...config, scene: Shared }, agent);
  expect(alone.findings).toEqual([]);
  expect(alone.sharedByCopies).toMatchObject({ code: 'sharedByCopies', message: /“moved” at decision/ });
  const several = await checkAgent({ ...config, scene: Shared }, agent, { copies: 4 });
  expect(several.findings).toEqual([alone.sharedByCopies]);
});

it('a test lists all findings with their cures, and is told how fast a sound agent’s twin is', async () => {
  const agent = defineAgent({
    ...sound,
    does: keys({ wait: [], jump: ['UP'] }),
    earns: { no: gain(() => 0) },
  });
  await expect(expectAgent(config, agent)).rejects.toThrow(
    /“box” would have trouble.*\n- idleAction: “jump” changes nothing.*does the game listen.*\n- noReward: .* Pay for/i,
  );
  expect((await expectAgent(config, defineAgent(sound))).stepsPerSecond).toBeGreaterThan(0);
});

it('where the game throws as it begins, the cure is the line that throws', async () => {
  class Broken extends Box {
    override create(): void {
      throw new Error('no such level');
    }
  }
  const { findings } = await checkAgent({ ...config, scene: Broken }, defineAgent(sound));
  expect(findings).toHaveLength(1);
  expect(findings[0]?.message).toContain('no such level');
  expect(findings[0]?.cure).toMatch(/check-agent\.test\.ts:\d+:\d+/);
});
