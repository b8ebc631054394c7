import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ActionSpace, DecisionBatch, decisionShape, type Simulation } from '../contract';
import { balance } from '../game/balance/simulation';
import { createVectorEnvironment } from '../game/engine/vector-environment';
import { volley } from '../game/volley/simulation';
import { FrameError, frameErrors, frameOf, replyTypes, requestTypes } from './protocol';
import { serveFrames } from './serve-frames';
import { type ServingOptions, serveSimulation } from './served-game';
import { type SessionOptions, SimSession } from './sim-session';
import { framesIn, MemoryChannel, readOutcome, readSpec, requests, sentenceIn } from './testing/test-client';

/** Counts its ticks, pays the action, ends after three and forbids what was just chosen. */
const counting: Simulation = {
  game: 'counting',
  stateSize: 2,
  tickMs: 10,
  timeLimitTicks: 100,
  decisionIntervalTicks: 1,
  observationSpace: { size: 2, names: ['ticks', 'start'], low: [0, 0], high: [100, 1] },
  actionSpace: { kind: 'discrete', count: 3, labels: ['a', 'b', 'c'], masked: true },
  rewardTerms: [
    { name: 'action', description: 'Pays the action.', defaultWeight: 1 },
    { name: 'tick', description: 'Pays every tick.', defaultWeight: 0 },
  ],
  reset(state, random) {
    state[0] = 0;
    state[1] = random.uniform();
  },
  step(state, actions, terms) {
    state[0] = state[0]! + 1;
    terms[0] = actions[0]!;
    terms[1] = 1;
    return state[0]! >= 3;
  },
  observe(state, observations) {
    observations[0] = state[0]!;
    observations[1] = state[1]!;
  },
  mask(state, masks) {
    masks.fill(1);
    masks[state[0]!] = 0;
  },
  personAction: () => {},
};

type Options = Partial<ServingOptions & SessionOptions>;

function sessionOf(simulation: Simulation, { arenas = 2, timeLimitTicks = null, ...more }: Options = {}) {
  const game = serveSimulation(simulation, { arenas, seed: 1, timeLimitTicks });
  return new SimSession(game, {
    autoreset: 'next-step',
    seed: 1,
    opponent: null,
    onFault: () => {},
    ...more,
  });
}

/** Plays what is requested, in pieces of so many bytes. @returns what came back, and how it ended. */
async function played(session: SimSession, frames: readonly Uint8Array[], piece?: number) {
  const channel = new MemoryChannel(Buffer.concat(frames), piece);
  let error: unknown = null;
  await serveFrames(session, channel).catch((thrown: unknown) => {
    error = thrown;
  });
  const [first, ...replies] = framesIn(channel.sent);
  return { spec: readSpec(first!), replies, error: error as FrameError | null };
}

async function outcomesOf(session: SimSession, frames: readonly Uint8Array[]) {
  const { spec, replies, error } = await played(session, [...frames, requests.close()]);
  expect(error).toBeNull();
  expect(replies.at(-1)!.type).toBe(replyTypes.closed);
  return replies.slice(0, -1).map((reply) => readOutcome(spec, reply));
}

describe('SimSession', () => {
  it('plays as the environment does by itself', async () => {
    const arenas = 4;
    const environment = createVectorEnvironment(volley, { arenas, seed: 1 });
    const batch = new DecisionBatch(decisionShape(environment.spec, arenas));
    const seeds = [5, 6, 7, 8];
    seeds.forEach((seed, arena) => {
      environment.restartArena(arena, seed);
    });
    environment.takeDecision(batch);
    const frames = [requests.reset(seeds)];
    const expected = [[...batch.observations]];
    for (let step = 0; step < 300; step++) {
      const actions = Array.from({ length: 16 }, (_, i) => (i % 2 === 0 ? (step + i) % 3 : (step >> 2) & 1));
      frames.push(requests.step(actions));
      environment.applyActions(Float32Array.from(actions));
      for (let tick = 0; tick < 4; tick++) environment.tick();
      environment.takeDecision(batch);
      expected.push([...batch.observations]);
    }
    const outcomes = await outcomesOf(sessionOf(volley, { arenas, autoreset: 'same-step' }), frames);
    expect(outcomes.map(({ observations }) => observations)).toEqual(expected);
    expect(outcomes.some(({ terminated }) => terminated.includes(1))).toBe(true);
  });

  it('begins the next episode in the same step, and sends what the last one ended with', async () => {
    const steps = [
      requests.step([1, 2]),
      requests.step([2, 2]),
      requests.step([1, 0]),
      requests.step([2, 2]),
    ];
    const outcomes = await outcomesOf(sessionOf(counting, { autoreset: 'same-step' }), [
      requests.reset([1, 2]),
      ...steps,
    ]);
    expect(outcomes.map(({ observations }) => [observations[0], observations[2]])).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
      [0, 0],
      [1, 1],
    ]);
    expect(outcomes.map(({ terminated }) => terminated[0])).toEqual([0, 0, 0, 1, 0]);
    expect(outcomes.map(({ rewards }) => rewards)).toEqual([
      [0, 0],
      [1, 2],
      [2, 2],
      [1, 0],
      [2, 2],
    ]);
    expect(outcomes[3]!.finals.length).toBe(4);
    expect([outcomes[3]!.finals[0], outcomes[3]!.finals[2]]).toEqual([3, 3]);
    expect(outcomes[3]!.masks).toEqual([0, 1, 1, 0, 1, 1]);
  });

  it('begins the next episode by the next step, whose actions reach nobody', async () => {
    const outcomes = await outcomesOf(sessionOf(counting), [
      requests.reset([1, 2]),
      ...Array.from({ length: 5 }, () => requests.step([2, 2])),
    ]);
    expect(outcomes.map(({ observations }) => observations[0])).toEqual([0, 1, 2, 3, 0, 1]);
    expect(outcomes.map(({ rewards }) => rewards[0])).toEqual([0, 2, 2, 2, 0, 2]);
    expect(outcomes.map(({ terminated }) => terminated[0])).toEqual([0, 0, 0, 1, 0, 0]);
    expect(outcomes.every(({ finals }) => finals.length === 0)).toBe(true);
    // The next episode began by chance of its own.
    expect(outcomes[4]!.observations[1]).not.toBe(outcomes[3]!.observations[1]);
  });

  it.each(['next-step', 'same-step'] as const)('goes on from a saved state alike (%s)', async (autoreset) => {
    const session = sessionOf(volley, { autoreset, opponent: volley.scriptedPlayers![0]! });
    const steps = (count: number) =>
      Array.from({ length: count }, (_, i) => requests.step([i % 3, 1, 2, i % 2]));
    const first = await played(session, [
      requests.reset([3, 4]),
      ...steps(30),
      requests.state(),
      ...steps(99),
    ]);
    const saved = first.replies[31]!;
    expect(saved.type).toBe(replyTypes.state);
    const other = sessionOf(volley, { autoreset, seed: 9, opponent: volley.scriptedPlayers![0]! });
    const again = await played(other, [requests.setState(saved.payload), ...steps(99)]);
    expect(again.replies.slice(1)).toEqual(first.replies.slice(32));
    const shown = readOutcome(again.spec, again.replies[0]!);
    expect(shown.observations).toEqual(readOutcome(first.spec, first.replies[30]!).observations);
  });

  it('lets a scripted player have the second seat', async () => {
    const frames = [
      requests.reset([3, 4]),
      ...Array.from({ length: 200 }, () => requests.step([1, 0, 1, 0])),
    ];
    const losses = async (opponent: SessionOptions['opponent'], wide: boolean) => {
      const sent = wide
        ? frames.map((frame, i) => (i === 0 ? frame : requests.step([1, 0, 1, 0, 1, 0, 1, 0])))
        : frames;
      const outcomes = await outcomesOf(sessionOf(volley, { opponent }), sent);
      return outcomes.reduce((sum, { rewards }) => sum + rewards[0]!, 0);
    };
    const steady = volley.scriptedPlayers!.at(-1)!;
    expect(await losses(steady, false)).toBeLessThan(await losses(null, true));
  });

  it('weighs rewards and waits between decisions as it is told', async () => {
    const session = sessionOf(counting);
    const { spec, replies } = await played(session, [
      requests.reset([1, 2]),
      requests.set(2, [0, 0.5]),
      requests.step([1, 1]),
      requests.set(0, [1, 1]),
      requests.set(1, [Number.NaN, 1]),
    ]);
    expect(replies[1]!.type).toBe(replyTypes.set);
    expect(readOutcome(spec, replies[2]!)).toMatchObject({ rewards: [1, 1], observations: { 0: 2 } });
    expect(replies.slice(3, 5).map(({ type }) => type)).toEqual([replyTypes.refused, replyTypes.refused]);
    expect(sentenceIn(replies[3]!.payload)).toContain('decision interval is 0');
    expect(sentenceIn(replies[4]!.payload)).toContain('“action” is NaN');
  });

  it('begins single arenas anew and leaves the others', async () => {
    const outcomes = await outcomesOf(sessionOf(counting), [
      requests.reset([1, 2]),
      requests.step([1, 1]),
      requests.reset([null, 1]),
    ]);
    expect(outcomes[2]!.observations).toEqual([
      ...outcomes[1]!.observations.slice(0, 2),
      ...outcomes[0]!.observations.slice(0, 2),
    ]);
    expect(outcomes[2]!.truncated).toEqual([0, 0]);
  });

  it('refuses what cannot be used, and goes on', async () => {
    const state = (await played(sessionOf(balance), [requests.reset([1, 2]), requests.state()])).replies[1]!
      .payload;
    const noState = new Uint8Array(state.length);
    noState.set(state.subarray(0, 8));
    const { spec, replies } = await played(sessionOf(counting), [
      requests.reset([1, null]),
      requests.reset([1, -1]),
      requests.reset([1, 2]),
      requests.step([0, 3]),
      requests.step([0, Number.NaN]),
      requests.step([1, 2]),
    ]);
    const refusals = [0, 1, 3, 4];
    expect(refusals.map((i) => replies[i]!.type)).toEqual(refusals.map(() => replyTypes.refused));
    expect(sentenceIn(replies[3]!.payload)).toContain('agent 1 is choice 3');
    expect(readOutcome(spec, replies[5]!).rewards).toEqual([1, 2]);
    const restored = await played(sessionOf(balance), [requests.setState(noState), requests.setState(state)]);
    expect(restored.replies.map(({ type }) => type).slice(0, 2)).toEqual([
      replyTypes.refused,
      replyTypes.outcome,
    ]);
  });

  it('tells of an arena that went wrong, which begins anew while the others go on', async () => {
    const faults: string[] = [];
    const step: Simulation['step'] = (state, actions, terms) => {
      if (actions[0] === 2) throw new Error('a hole in the floor');
      return counting.step(state, actions, terms);
    };
    const session = sessionOf({ ...counting, step }, { onFault: (sentence) => faults.push(sentence) });
    const outcomes = await outcomesOf(session, [requests.reset([1, 2]), requests.step([1, 2])]);
    expect(outcomes[1]).toMatchObject({ truncated: [0, 1], faulted: [0, 1], rewards: [1, 0] });
    expect(faults.join()).toContain('a hole in the floor');
  });

  const spaces: Record<string, ActionSpace> = { counting: counting.actionSpace, volley: volley.actionSpace };
  it.each(Object.keys(spaces))('says in its spec how long every frame is (%s)', async (name) => {
    const { spec, replies } = await played(sessionOf(name === 'volley' ? volley : counting), [
      requests.reset([1, 2]),
    ]);
    expect(spec.action).toEqual(spaces[name]);
    expect(replies[0]!.payload.length).toBe(spec.frames['outcome']);
    expect(requests.reset([1, 2]).length - 8).toBe(spec.frames['reset']);
    expect(spec.observation.high.every((bound) => bound === null || Number.isFinite(bound))).toBe(true);
  });
});

describe('serveFrames', () => {
  it('reads frames alike, whatever pieces they come in', async () => {
    const frames = [
      requests.reset([1, 2]),
      requests.step([1, 1]),
      requests.set(2, [1, 1]),
      requests.step([0, 2]),
    ];
    const whole = await played(sessionOf(counting), frames);
    for (const piece of [1, 7, 8, 13, 40]) {
      expect(await played(sessionOf(counting), frames, piece)).toEqual(whole);
    }
  });

  it.each([
    ['what is no frame', Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), frameErrors.notAFrame, /begins with 01 02/],
    ['another version', changed(requests.state(), 2, 9), frameErrors.version, /version 9 .* version 1/],
    ['no type', changed(requests.state(), 3, 77), frameErrors.type, /no request of type 77/],
    ['a length', changed(requests.state(), 4, 77), frameErrors.length, /0 bytes .* says 77/],
    ['a step before all', requests.step([1, 1]), frameErrors.order, /before the first RESET/],
    ['half a frame', requests.step([1, 1]).subarray(0, 11), frameErrors.lost, /11 of 16 bytes into it/],
    ['nothing', new Uint8Array(0), frameErrors.lost, /went away without CLOSE/],
  ])('ends with a sentence at %s', async (_what, bytes, code, sentence) => {
    const { replies, error } = await played(sessionOf(counting), [bytes]);
    expect(error).toMatchObject({ code, message: expect.stringMatching(sentence) as string });
    if (code === frameErrors.lost) return;
    expect(replies.at(-1)!.type).toBe(replyTypes.failed);
    expect(sentenceIn(replies.at(-1)!.payload)).toBe(error!.message);
  });

  it('ends with a sentence where nobody takes the answers', async () => {
    const channel = new MemoryChannel(requests.reset([1, 2]));
    channel.write = () => {
      throw Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
    };
    await expect(serveFrames(sessionOf(counting), channel)).rejects.toMatchObject({ code: frameErrors.lost });
  });

  it('answers or refuses conversations of 10,000 mutated frames, and never does anything else', async () => {
    const alone = { arenas: 1 };
    const { replies } = await played(sessionOf(balance, alone), [requests.reset([1]), requests.state()]);
    const state = replies[1]!.payload;
    const sound: Uint8Array[] = [
      requests.reset([1]),
      requests.step([0]),
      requests.set(2, [1, 0]),
      requests.setState(state),
      requests.step([1]),
      requests.state(),
      requests.close(),
    ];
    const mutation = fc.record({
      frame: fc.nat(sound.length - 1),
      kind: fc.constantFrom('flip', 'cut', 'insert', 'twice'),
      at: fc.nat(4_000),
      byte: fc.nat(255),
    });
    const ends = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 2, maxLength: 2 }), async (mutations) => {
        const frames = sound.slice();
        for (const { frame, kind, at, byte } of mutations) {
          const bytes = Uint8Array.from(frames[frame]!);
          const place = at % Math.max(1, bytes.length);
          if (kind === 'flip') frames[frame] = changed(bytes, place, byte);
          else if (kind === 'cut') frames[frame] = bytes.slice(0, place);
          else if (kind === 'twice') frames[frame] = Uint8Array.of(...bytes, ...bytes);
          else frames[frame] = Uint8Array.of(...bytes.subarray(0, place), byte, ...bytes.subarray(place));
        }
        const error = await serveFrames(
          sessionOf(balance, alone),
          new MemoryChannel(Buffer.concat(frames)),
        ).then(
          () => null,
          (thrown: unknown) => thrown as FrameError,
        );
        const end = error === null ? 'closed' : `${error.name} ${error.code}`;
        ends.set(end, (ends.get(end) ?? 0) + 1);
        return error === null || (error instanceof FrameError && error.code !== frameErrors.game);
      }),
      { numRuns: 5_000 },
    );
    // Each way to end was come to.
    const ways = ['notAFrame', 'version', 'type', 'length', 'order', 'lost'] as const;
    expect([...ends.keys()].sort()).toEqual(
      ['closed', ...ways.map((way) => `FrameError ${frameErrors[way]}`)].sort(),
    );
    // Some 2 s by itself.
  }, 30_000);
});

function changed(bytes: Uint8Array, at: number, value: number): Uint8Array {
  const other = Uint8Array.from(bytes);
  other[at] = value;
  return other;
}

it('a frame begins with “PT”, the version, its type and how much follows', () => {
  expect([...frameOf(requestTypes.close, new Uint8Array(0))]).toEqual([0x50, 0x54, 1, 6, 0, 0, 0, 0]);
});
