import './stand-ins';
import Phaser from 'phaser';
import { expect, it } from 'vitest';
import { continuous, keys } from './actions';
import { type AgentDeclaration, defineAgent } from './agent-definition';
import { type AgentFindingCode, checkAgent } from './check-agent';
import { gain } from './earnings';

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
  const { findings, stepsPerSecond, secondsTo100kDecisions } = await checkAgent(config, defineAgent(sound), {
    clock,
  });
  expect(findings).toEqual([]);
  // 600 decisions of 2 steps in half a second.
  expect(stepsPerSecond).toBe(2_400);
  expect(secondsTo100kDecisions).toBeCloseTo(200_000 / 2_400, 5);
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
  ['notRepeatable', { sees: ({ x, round }) => ({ x, round: round / 1_000 }) }],
  ['constantSight', { sees: ({ x }) => ({ x, height: 0.5 }) }],
  ['unscaledSight', { sees: ({ x, steps }) => ({ x, steps }) }],
  ['idleAction', { does: keys({ wait: [], jump: ['UP'] }) }],
  ['idleAction', { does: continuous({ gas: [0, 1] }, () => {}) }],
  ['noReward', { earns: { nothing: gain(() => 0) } }],
])('%s is found where it is so, and alone', async (code, more) => {
  expect(await codesOf(more)).toEqual([code]);
});

it('each finding says what to do', async () => {
  const { findings } = await checkAgent(
    config,
    defineAgent({ ...sound, does: keys({ wait: [], jump: ['UP'] }) }),
  );
  expect(findings[0]?.message).toMatch(/“jump” changes nothing.*does the game listen/);
});
