import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Hyperparameters, sb3Hyperparameters } from '../contract';
import { balance } from '../game/balance/simulation';
import { environmentSpec } from '../game/engine/vector-environment';
import { AgentClient } from './agent-client';
import { FakeWorkshop, readCheckpoint, refusedDiscount, refusedFile, settled } from './testing/fake-workers';

const spec = environmentSpec(balance);
const settings: Hyperparameters = {
  ...sb3Hyperparameters,
  arenas: 8,
  rolloutLength: 32,
  minibatchSize: 64,
  backend: 'webgl',
  collectors: '4',
};

/** A client, its workers, and somebody who wishes things of it and remembers which. */
class Scene {
  readonly workshop = new FakeWorkshop();
  readonly client = new AgentClient(
    { spec, hyperparameters: settings, checkpoint: null, best: null },
    this.workshop.factory,
    this.workshop.place,
  );
  readonly wished = {
    learning: true,
    paused: false,
    lockstep: false,
    beating: true,
    thinking: false,
    frozen: false,
  };
  settings = settings;
  isOver = false;
  hasConnected = false;
  private readonly calls: Promise<unknown>[] = [];

  constructor() {
    this.client.connected$.subscribe(() => {
      this.hasConnected = true;
    });
    this.client.events$.subscribe(({ kind }) => {
      if (kind === 'failed') this.isOver = true;
    });
    this.calls.push(this.client.open());
  }

  readonly happenings = {
    'the learner dies': () => this.workshop.learners.at(-1)?.die(),
    'the actor dies': () => this.workshop.actors.at(-1)?.die(),
    'the learner crashes': () => this.workshop.learners.at(-1)?.crash('Uncaught Error: boom'),
    'a collector dies': () => this.workshop.alive.collectors[0]?.die(),
    'another collector dies': () => this.workshop.alive.collectors.at(-1)?.die(),
    'an update': () => this.update(true),
    'an update that is not sent': () => this.update(false),
    'a minute': () => this.workshop.sleep(61),
    'discount 0.9': () => this.wishDiscount(0.9),
    'discount 0.99': () => this.wishDiscount(0.99),
    'a discount that is refused': () =>
      this.call(this.client.setHyperparameters({ ...this.settings, discount: refusedDiscount })),
    'other arenas': () => this.call(this.client.setHyperparameters({ ...this.settings, arenas: 4 })),
    'learning on': () => this.wish('learning', true, (on) => this.client.setLearning(on)),
    'learning off': () => this.wish('learning', false, (on) => this.client.setLearning(on)),
    pause: () => this.wish('paused', true, (on) => this.client.setPaused(on)),
    'go on': () => this.wish('paused', false, (on) => this.client.setPaused(on)),
    'lockstep on': () => this.wish('lockstep', true, (on) => this.client.setLockstep(on)),
    'lockstep off': () => this.wish('lockstep', false, (on) => this.client.setLockstep(on)),
    'beats on': () => this.wish('beating', true, (on) => this.client.setBeating(on)),
    'beats off': () => this.wish('beating', false, (on) => this.client.setBeating(on)),
    'thoughts told': () => this.wish('thinking', true, () => this.client.setThinking(0)),
    'thoughts kept': () => this.wish('thinking', false, () => this.client.setThinking(null)),
    'nobody looks': () => this.client.frames({ visible: false }),
    'freeze the newest': () => this.wish('frozen', true, () => this.client.setFrozen('newest')),
    'freeze a file that is refused': () => this.call(this.client.setFrozen(refusedFile)),
    'dispose of it': () => {
      this.isOver = true;
      this.client.dispose();
    },
  } satisfies Record<string, () => unknown>;

  /** Everything that was called has come to an end, one way or the other. */
  async ends(): Promise<void> {
    await this.workshop.pass(160);
    await Promise.all(this.calls);
  }

  /** What the live workers hold, for comparing. */
  held() {
    const { learners, actors, collectors } = this.workshop.alive;
    return {
      learners: learners.map(({ settings, lockstep }) => ({ settings, lockstep })),
      actors: actors.map((actor) => ({
        settings: actor.settings,
        learning: actor.learning,
        lockstep: actor.lockstep,
        beating: actor.beating,
        thinking: actor.thinking === 0,
        frozen: actor.frozen !== null,
      })),
      collectors: collectors.map(({ running, lockstep }) => ({ running, lockstep })),
      // Every arena is played once, by those whom the agent learns from.
      arenas: collectors
        .flatMap(({ start }) => (start === null ? [] : [start.share]))
        .flatMap(({ firstArena, arenas }) =>
          Array.from({ length: arenas }, (_, arena) => firstArena + arena),
        ),
    };
  }

  /** What they are to hold. */
  expected() {
    if (this.isOver) return { learners: [], actors: [], collectors: [], arenas: [] };
    const { learning, paused, lockstep, beating, thinking, frozen } = this.wished;
    const { collectors } = this.client;
    return {
      learners: [{ settings: this.settings, lockstep }],
      actors: [{ settings: this.settings, learning, lockstep, beating, thinking, frozen }],
      collectors: Array.from({ length: collectors }, () => ({ running: learning && !paused, lockstep })),
      arenas: collectors === 0 ? [] : Array.from({ length: settings.arenas }, (_, arena) => arena),
    };
  }

  private update(sends: boolean): void {
    const learner = this.workshop.learners.at(-1);
    if (learner?.isAlive && learner.settings !== null) learner.finishUpdate(sends);
  }

  private wishDiscount(discount: number): void {
    this.settings = { ...this.settings, discount };
    this.call(this.client.setHyperparameters(this.settings));
  }

  private wish(what: keyof Scene['wished'], on: boolean, tell: (on: boolean) => Promise<void>): void {
    this.wished[what] = on;
    this.call(tell(on));
  }

  private call(call: Promise<void>): void {
    this.calls.push(call.catch(() => {}));
  }
}

type Happening = keyof Scene['happenings'];
const losses: readonly Happening[] = [
  'the learner dies',
  'the actor dies',
  'the learner crashes',
  'a collector dies',
  'another collector dies',
];
const wishes: readonly Happening[] = [
  'discount 0.9',
  'discount 0.99',
  'a discount that is refused',
  'other arenas',
  'learning on',
  'learning off',
  'pause',
  'go on',
  'lockstep on',
  'lockstep off',
  'beats on',
  'beats off',
  'nobody looks',
  'freeze the newest',
  'freeze a file that is refused',
];
const story = fc.array(
  fc.record({
    what: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...losses) },
      { weight: 6, arbitrary: fc.constantFrom(...wishes) },
      {
        weight: 4,
        arbitrary: fc.constantFrom<Happening[]>('an update', 'an update that is not sent', 'a minute'),
      },
      { weight: 1, arbitrary: fc.constant<Happening>('dispose of it') },
    ),
    /** Whether all that follows from it happens before the next. */
    settles: fc.boolean(),
  }),
  { maxLength: 30 },
);

/** What new workers refuse is not what the ones before them had accepted, which they must be told as well. */
const refusedBetweenWorkers: { what: Happening; settles: boolean }[] = [
  { what: 'freeze the newest', settles: false },
  { what: 'an update', settles: true },
  { what: 'the learner dies', settles: false },
  { what: 'freeze a file that is refused', settles: false },
];

it('after any losses, refusals and wishes, workers hold exactly what was wished and not refused', async () => {
  let stories = 0;
  let lived = 0;
  await fc.assert(
    fc.asyncProperty(story, async (happenings) => {
      const scene = new Scene();
      try {
        for (const { what, settles } of happenings) {
          scene.happenings[what]();
          if (settles) await settled();
        }
        await scene.ends();
        expect(scene.held()).toEqual(scene.expected());
        stories += 1;
        if (scene.isOver) return;
        lived += 1;
        expect(scene.hasConnected).toBe(true);
        // What is kept is as it was asked for, whatever this machine has made of it.
        scene.workshop.learner.finishUpdate(true);
        await settled();
        expect(readCheckpoint((await scene.client.checkpoint())!).hyperparameters).toEqual(scene.settings);
      } finally {
        scene.client.dispose();
        scene.workshop.close();
      }
    }),
    { numRuns: 120, examples: [[refusedBetweenWorkers]] },
  );
  // The property is about those who live on.
  expect(lived / stories).toBeGreaterThan(0.3);
});
