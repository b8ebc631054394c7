import './stand-ins';
import fc from 'fast-check';
import Phaser from 'phaser';
import { describe, expect, it } from 'vitest';
import { PlaytrainError } from '../contract';
import { choose, continuous, keys, together } from './actions';
import { defineAgent } from './agent-definition';
import { checkAgent } from './check-agent';
import { each, gain, told, when } from './earnings';
import { learn } from './learn';
import { liveEnvironment } from './live-environment';
import { pointer } from './pointer';
import { body } from './sensors/body';
import { grid } from './sensors/grid';
import { nearest } from './sensors/nearest';
import { rays } from './sensors/rays';
import { relative } from './sensors/relative';
import { stack } from './sensors/stack';
import { Sights } from './sights';
import { serveTwin } from './twin';

type Options = Readonly<Record<string, unknown>>;

/** A function of the agent’s interface that takes options, with options that are right: all there are. */
interface Taker {
  readonly take: (options: never) => unknown;
  readonly right: Options;
  /** Which of them may be left out. */
  readonly optional: readonly string[];
}

const place = () => ({ x: 0, y: 0 });
const none = () => [];
const agent = {
  name: 'made up',
  scene: 'Made up',
  every: 2,
  limit: 60,
  seats: 2,
  sees: () => ({ x: 0 }),
  sensors: {},
  does: keys({ wait: [], jump: ['SPACE'] }),
  earns: { time: each(1) },
  ends: () => false,
  begin: () => {},
  reset: () => {},
  wins: 'time',
  scripted: { idle: () => 'wait' },
} as const;
const definition = defineAgent<Phaser.Scene>({ ...agent, seats: 2 });
const config = { scene: class extends Phaser.Scene {} };
// Those that are right would begin something: of these, what is refused is tried alone.
const begins = new Set(['learn', 'serveTwin', 'liveEnvironment', 'checkAgent']);

const takers: Readonly<Record<string, Taker>> = {
  rays: {
    take: rays,
    right: { from: place, count: 3, lengthPx: 100, spread: 90, meet: { wall: none } },
    optional: ['spread'],
  },
  grid: {
    take: grid,
    right: { around: place, columns: 3, rows: 2, cellPx: 16, hold: { wall: none } },
    optional: [],
  },
  nearest: {
    take: nearest,
    right: { from: place, of: none, count: 2, rangePx: 50 },
    optional: ['count'],
  },
  body: {
    take: body,
    right: { of: place, speed: 10, turns: true, within: place },
    optional: ['turns'],
  },
  relative: { take: relative, right: { from: place, to: place, rangePx: 50 }, optional: [] },
  pointer: {
    take: pointer,
    right: { moves: ['x'], buttons: ['left'], of: 'view', within: place },
    optional: ['moves', 'buttons', 'of', 'within'],
  },
  defineAgent: {
    take: defineAgent,
    right: agent,
    optional: ['every', 'limit', 'seats', 'sees', 'sensors', 'ends', 'begin', 'reset', 'wins', 'scripted'],
  },
  learn: {
    take: (options) => learn({} as Phaser.Game, definition, options),
    right: { twin: none, mode: 'twin', settings: {}, check: true, debug: false, workers: {} },
    optional: ['twin', 'mode', 'settings', 'check', 'debug', 'workers'],
  },
  serveTwin: {
    take: (options) => serveTwin(config, definition, options),
    right: { settings: {}, assets: 'public', copies: 2 },
    optional: ['settings', 'assets', 'copies'],
  },
  checkAgent: {
    take: (options) => checkAgent(config, definition, options),
    right: { assets: 'public', clock: () => 0, copies: 2 },
    optional: ['assets', 'clock', 'copies'],
  },
  liveEnvironment: {
    take: (options) => liveEnvironment(config, definition, options),
    right: { seed: 1, generation: 0, arena: 0, copies: 2, assets: 'public' },
    optional: ['generation', 'arena', 'copies', 'assets'],
  },
};

const refusal = async (taker: Taker, options: unknown): Promise<string> => {
  const error = await (async () => taker.take(options as never))().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(PlaytrainError);
  return (error as PlaytrainError).message;
};

/** What no option is. */
const wrong = fc.oneof(
  fc.constant(null),
  fc.constant(''),
  fc.constant(Number.NaN),
  fc.constant(-1),
  fc.constant(1.5),
  fc.constant(Symbol.iterator.toString()),
  fc.constant([[]]),
);

describe.each(Object.entries(takers))('options of %s', (name, taker) => {
  const names = Object.keys(taker.right);
  const runs = { numRuns: 30 };

  it.skipIf(begins.has(name))(
    'are taken where they are right, and where those are left out that may be',
    () => {
      taker.take(taker.right as never);
      // Who has nobody to meet has nobody to win against, either.
      const needed = Object.entries(taker.right).filter(([each]) => !taker.optional.includes(each));
      taker.take(Object.fromEntries(needed) as never);
    },
  );

  it('are refused by name where there are none of that name', async () => {
    const unknown = fc
      .string({ minLength: 1 })
      .filter((each) => !names.includes(each) && each !== '__proto__');
    await fc.assert(
      fc.asyncProperty(unknown, async (other) => {
        expect(await refusal(taker, { ...taker.right, [other]: 1 })).toContain(`no option “${other}”`);
      }),
      runs,
    );
  });

  it('are told by their right name after a slip', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.nat(), async (right, n) => {
        const at = n % right.length;
        const slip = right.slice(0, at + 1) + right.slice(at);
        const { [right]: value, ...others } = taker.right;
        const message = await refusal(taker, { ...others, [slip]: value });
        expect(message).toContain(`“${slip}”; did you mean “${right}”?`);
      }),
      runs,
    );
  });

  it('are refused by name where they are not what belongs there', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), wrong, async (one, value) => {
        // A body’s seat is a number, too, and any text a name or a folder.
        fc.pre(typeof taker.right[one] !== typeof value || value === '' || typeof value === 'number');
        fc.pre(!(one === 'seed' && typeof value === 'number' && !Number.isNaN(value)));
        fc.pre(!(value === 1.5 && ['lengthPx', 'cellPx', 'rangePx', 'speed', 'spread'].includes(one)));
        const message = await refusal(taker, { ...taker.right, [one]: value });
        expect(message).toContain(`“${one}”: give `);
      }),
      { numRuns: 60 },
    );
  });

  it('are asked for where they may not be left out', async () => {
    for (const one of names.filter((each) => !taker.optional.includes(each))) {
      const { [one]: _left, ...others } = taker.right;
      expect(await refusal(taker, others)).toContain(`lacks “${one}”: give `);
    }
    expect(await refusal(taker, 3)).toMatch(/ is given 3, where “.*” belong/);
  });
});

describe('what is not given as an option', () => {
  it.each<[string, () => unknown, RegExp]>([
    [
      'a key that there is not',
      () => keys({ wait: [], jump: ['Space' as 'SPACE'] }),
      /“Space”.* mean “SPACE”\?/,
    ],
    ['no choices', () => keys({}), /at least one choice/],
    ['nobody’s keys', () => keys([]), /an empty list/],
    ['a key in the place of a list', () => keys({ wait: [], jump: 'SPACE' as never }), /a list of keys/],
    [
      'other names for another’s keys',
      () =>
        keys([
          { a: [], b: ['A'] },
          { a: [], b: ['B'], c: [] },
        ]),
      /have no “c”, which another's have/,
    ],
    ['the same choice twice', () => choose(['left', 'left'], () => {}), /none of them twice/],
    ['bounds the wrong way round', () => continuous({ gas: [1, 0] }, () => {}), /its least and its most/],
    ['no axis', () => continuous({}, () => {}), /at least one axis/],
    ['no way to act', () => together({ jump: ['SPACE'] as never }), /a way to act, such as keys/],
    ['a pointer that rests', () => pointer({ moves: [], buttons: [] }), /neither moves nor presses/],
    ['a weight that is none', () => gain(() => 0, Number.NaN), /gain is given NaN as “weight”/],
    ['a counter that is none', () => when(true as never), /when is given true as “happens”: give a function/],
    ['an endless amount', () => each(Number.POSITIVE_INFINITY), /each is given Infinity/],
    ['a weight in words', () => told('much' as never), /told is given “much”/],
    ['no sensor', () => stack({} as never, 2), /stack is given an object as “sensor”/],
    [
      'no decisions',
      () => stack(relative({ from: place, to: place, rangePx: 1 }), 0),
      /given 0 as “decisions”/,
    ],
    [
      'a limit shorter than a decision',
      () => defineAgent({ ...agent, every: 9, limit: 3 }),
      /“made up” has a limit of 3 steps/,
    ],
  ])('is refused: %s', (_what, take, sentence) => {
    expect(take).toThrow(sentence);
    expect(take).toThrow(PlaytrainError);
  });
});

describe('settings', () => {
  it('are refused where nobody would read them, with the name that is near', () => {
    const settle = (settings: object) => () => serveTwin(config, definition, { settings });
    expect(settle({ learningrate: 1 })).toThrow(
      /no setting “learningrate” to give; did you mean “learningRate”\?/,
    );
    expect(settle({ colour: 1 })).toThrow(/no setting “colour” to give; there are learningRate, /);
    expect(settle({ rewardWeights: { time: 2 } })).toThrow(/follows from “earns” of the agent/);
    expect(settle({ decisionIntervalTicks: 3 })).toThrow(/follows from “every” of the agent/);
    expect(() => learn({} as Phaser.Game, definition, { settings: { epoch: 1 } as never })).toThrow(
      /“epochs”\?/,
    );
  });
});

describe('what an agent sees', () => {
  const scene = {} as Phaser.Scene;

  it('is refused where it is no number, at once and later', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.constant(null),
          fc.constant(() => 0),
          fc.constant({}),
          fc.constant(['a']),
        ),
        (sight) => {
          const seeing = (x: unknown) => ({ name: 'made up', sees: () => ({ x }) as never });
          expect(() => new Sights(seeing(sight), scene)).toThrow(/as “x”: give a number/);
          let x: unknown = 1;
          const sights = new Sights({ name: 'made up', sees: () => ({ x }) as never }, scene);
          x = sight;
          expect(() => sights.write(scene, new Float32Array(1), 0, 0)).toThrow(/as “x”: give a number/);
        },
      ),
    );
  });
});
