import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type AgentEvent,
  DecisionBatch,
  decisionShape,
  type Hyperparameters,
  sb3Hyperparameters,
} from '../contract';
import { balance } from '../game/balance/simulation';
import { environmentSpec } from '../game/engine/vector-environment';
import { AgentClient, type AgentStart } from './agent-client';
import type { KeptCheckpoint } from './protocol';
import {
  FakeCollector,
  FakeWorkshop,
  readCheckpoint,
  refusedDiscount,
  refusedFile,
  settled,
} from './testing/fake-workers';

const spec = environmentSpec(balance);
const settings: Hyperparameters = {
  ...sb3Hyperparameters,
  arenas: 8,
  rolloutLength: 32,
  minibatchSize: 64,
  backend: 'auto',
  collectors: '2',
};

const workshops: FakeWorkshop[] = [];
afterEach(() => {
  for (const workshop of workshops.splice(0)) workshop.close();
});

function createClient(changes: Partial<AgentStart> = {}, cores = 8) {
  const workshop = new FakeWorkshop();
  workshop.cores = cores;
  workshops.push(workshop);
  const start = { spec, hyperparameters: settings, checkpoint: null, best: null, ...changes };
  const client = new AgentClient(start, workshop.factory, workshop.place);
  const events: AgentEvent[] = [];
  client.events$.subscribe((event) => events.push(event));
  const kept: KeptCheckpoint[] = [];
  client.checkpoints$.subscribe((checkpoint) => kept.push(checkpoint));
  let connections = 0;
  client.connected$.subscribe(() => connections++);
  return {
    client,
    workshop,
    events,
    kept,
    connections: () => connections,
    sentences: () => events.flatMap((event) => ('message' in event ? [event.message] : [])),
    kinds: () => events.map(({ kind }) => kind),
  };
}

async function opened(changes: Partial<AgentStart> = {}, cores = 8) {
  const set = createClient(changes, cores);
  await set.client.open();
  await settled();
  return set;
}

describe('AgentClient', () => {
  it('joins a learner, an actor and a collector a share, which play every arena once', async () => {
    const { workshop, connections } = await opened();
    expect(connections()).toBe(1);
    expect(workshop.learner.collectors).toBe(2);
    expect(workshop.actor.start?.records).toBe(false);
    const shares = workshop.collectors.map(({ start }) => start?.share);
    expect(shares).toEqual([
      { firstArena: 0, arenas: 4 },
      { firstArena: 4, arenas: 4 },
    ]);
    expect(workshop.collectors.every(({ running }) => running)).toBe(true);
  });

  it('lets collectors begin anew, on the same learner, when what they are handed has changed', async () => {
    const workshop = new FakeWorkshop();
    workshops.push(workshop);
    let level = 1;
    let changed = () => {};
    let isWatched = false;
    const client = new AgentClient(
      { spec, hyperparameters: settings, checkpoint: null, best: null },
      {
        ...workshop.factory,
        handed: () => level,
        onHandedChange: (tell) => {
          changed = tell;
          isWatched = true;
          return () => {
            isWatched = false;
          };
        },
      },
      workshop.place,
    );
    const levels = () => workshop.alive.collectors.map(({ start }) => start?.handed);
    const opening = client.open();
    level = 2;
    changed();
    await opening;
    await settled();
    expect(levels()).toEqual([2, 2]);
    for (level of [3, 4]) changed();
    await settled();
    expect(levels()).toEqual([4, 4]);
    expect(workshop.learners.length).toBe(1);
    expect(workshop.alive.collectors.every(({ running }) => running)).toBe(true);
    client.dispose();
    expect(isWatched).toBe(false);
  });

  it('carries a question to the actor and its answer back', async () => {
    const { client } = await opened();
    const numbers: number[] = [];
    client.answers$.subscribe(({ batch }) => numbers.push(batch.number));
    const question = new DecisionBatch(decisionShape(spec, settings.arenas));
    question.number = 7;
    client.ask(question);
    await settled();
    expect(numbers).toEqual([7]);
    expect(client.roundTrips.durations(false)).toHaveLength(1);
  });

  it('goes without collectors where experience is to be gathered in the game, and keeps the setting', async () => {
    const { client, workshop } = await opened({ withoutCollectors: true });
    expect(client.collectors).toBe(0);
    expect(workshop.actor.start?.records).toBe(true);
    expect(workshop.learner.start?.hyperparameters.collectors).toBe('2');
  });

  describe('where something is refused', () => {
    it.each([
      ['hidden layers', { hiddenSizes: [32] }],
      ['arenas', { arenas: 4 }],
      ['the seed', { seed: 9 }],
      ['the backend', { backend: 'cpu' }],
    ] as const)(
      'refuses other %s while it runs, and brings later workers the settings before',
      async (_, change) => {
        const { client, workshop, kinds } = await opened();
        await expect(client.setHyperparameters({ ...settings, ...change })).rejects.toMatchObject({
          code: 'bad-settings',
        });
        workshop.learner.die();
        await settled();
        expect(kinds()).toEqual(['restarted']);
        expect(workshop.learner.start?.hyperparameters).toEqual(settings);
      },
    );

    it('takes a setting that the learner refuses for no wish', async () => {
      const { client, workshop } = await opened();
      await client.setHyperparameters({ ...settings, clipRange: 0.1 });
      await expect(client.setHyperparameters({ ...settings, discount: refusedDiscount })).rejects.toThrow(
        'refused by the learner',
      );
      workshop.learner.die();
      await settled();
      expect(workshop.learner.start?.hyperparameters).toEqual({ ...settings, clipRange: 0.1 });
    });

    it('begins with the settings before, and says so, where later workers refuse the newest', async () => {
      const { client, workshop, sentences, kinds } = await opened();
      workshop.learner.die();
      // Nobody is there to refuse it.
      await client.setHyperparameters({ ...settings, discount: refusedDiscount });
      await settled();
      expect(workshop.alive.learners).toHaveLength(1);
      expect(workshop.learner.settings).toEqual(settings);
      expect(kinds()).not.toContain('failed');
      expect(sentences().join(' ')).toContain('refused by the learner');
    });

    it('keeps the frozen policy before where a file does not fit', async () => {
      const { client, workshop } = await opened();
      await client.setFrozen('newest');
      await expect(client.setFrozen(refusedFile)).rejects.toThrow('refused by the actor');
      workshop.learner.finishUpdate(true);
      workshop.actor.die();
      await settled();
      expect(workshop.actor.frozen?.version).toBe(0);
    });
  });

  it('freezes the newest policy of that moment, however often workers are replaced', async () => {
    const { client, workshop } = await opened();
    for (const _ of [1, 2, 3]) workshop.learner.finishUpdate(true);
    await client.setFrozen('newest');
    for (const _ of [1, 2]) {
      workshop.learner.finishUpdate(true);
      await settled();
      workshop.actor.die();
      await settled();
      expect(workshop.learner.version).toBeGreaterThan(3);
      expect(workshop.actor.frozen?.version).toBe(3);
    }
  });

  describe('a spare collector', () => {
    const automatic = { hyperparameters: { ...settings, collectors: 'auto' } } as const;
    const playing = ({ workshop }: Awaited<ReturnType<typeof opened>>) =>
      workshop.collectors.filter(({ isAlive }) => isAlive);
    const expectGathering = (set: Awaited<ReturnType<typeof opened>>, collectors: number) => {
      expect(set.client.collectors).toBe(collectors);
      expect(set.workshop.learner.collectors).toBe(collectors);
      expect(set.workshop.actor.gathers).toBe(collectors === 0);
      expect(playing(set)).toHaveLength(collectors);
      expect(playing(set).every(({ running }) => running)).toBe(true);
    };

    it('gathers in the actor’s place for as long as it is asked for, as was asked last', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.record({ on: fc.boolean(), waits: fc.boolean() })),
          fc.boolean(),
          async (asked, before) => {
            const set = createClient(automatic, 2);
            if (before) set.client.spareCollector(true);
            let changes = 0;
            set.client.sharedOut$.subscribe(() => changes++);
            await set.client.open();
            for (const { on, waits } of asked) {
              set.client.spareCollector(on);
              if (waits) await settled();
            }
            await settled();
            const wanted = asked.at(-1)?.on ?? before;
            expectGathering(set, Number(wanted));
            expect(changes).toBeGreaterThanOrEqual(Number(wanted));
            expect(playing(set).every(({ start }) => start?.share.arenas === settings.arenas)).toBe(true);
            set.client.dispose();
          },
        ),
        { numRuns: 25 },
      );
    });

    it.each([
      ['there is one core', automatic, 1],
      ['a number was chosen', { hyperparameters: { ...settings, collectors: 'none' } } as const, 2],
      ['a match is learned from', { ...automatic, withoutCollectors: true }, 2],
    ])('does not come where %s', async (_, changes, cores) => {
      const set = await opened(changes, cores);
      set.client.spareCollector(true);
      await settled();
      expectGathering(set, 0);
    });

    it('that is lost does not come again, and the actor gathers on from the last checkpoint', async () => {
      const set = await opened(automatic, 2);
      set.client.spareCollector(true);
      await settled();
      set.workshop.collectors[0]!.crash('The collector fell over.');
      await settled();
      expect(set.kinds()).toContain('restarted');
      expect(set.workshop.actor.start?.records).toBe(true);
      set.client.spareCollector(true);
      await settled();
      expectGathering(set, 0);
    });

    it('is there again where other workers are lost', async () => {
      const set = await opened(automatic, 2);
      set.client.spareCollector(true);
      await settled();
      set.workshop.learner.crash('The learner fell over.');
      await settled();
      expectGathering(set, 1);
    });
  });

  describe('when a collector is lost', () => {
    it('goes on with fewer, on the same learner, and every arena is played', async () => {
      const { client, workshop, events, kinds } = await opened({
        hyperparameters: { ...settings, collectors: '4' },
      });
      workshop.learner.finishUpdate(false);
      workshop.collectors[1]!.die();
      await settled();
      expect(workshop.learners).toHaveLength(1);
      expect(workshop.actors).toHaveLength(1);
      expect(kinds()).toEqual(['updated', 'warning']);
      expect(events.at(-1)).toEqual({
        kind: 'warning',
        message: 'The collector ended without a word.',
        remedy: { code: 'fewerCollectors', left: 3 },
      });
      expect(client.collectors).toBe(3);
      const { collectors } = workshop.alive;
      expect(collectors.map(({ start }) => start?.share)).toEqual([
        { firstArena: 0, arenas: 3 },
        { firstArena: 3, arenas: 3 },
        { firstArena: 6, arenas: 2 },
      ]);
      expect(collectors.every(({ running }) => running)).toBe(true);
      expect(workshop.learner.collectors).toBe(3);
    });

    it('and it was the last, gathers in the game instead', async () => {
      const { client, workshop, kinds } = await opened({ hyperparameters: { ...settings, collectors: '1' } });
      workshop.collectors[0]!.crash('Uncaught RangeError: out of memory');
      await settled();
      expect(kinds()).toEqual(['restarted']);
      expect(client.collectors).toBe(0);
      expect(workshop.actor.start?.records).toBe(true);
      expect(workshop.learner.start?.hyperparameters.collectors).toBe('1');
    });

    it('one after the other, while the rest is being set up, comes to an end that plays every arena', async () => {
      const { workshop, kinds } = await opened({ hyperparameters: { ...settings, collectors: '8' } });
      let toDie = 5;
      workshop.onMade = (worker) => {
        if (toDie-- > 0) queueMicrotask(() => worker.die());
      };
      workshop.collectors[0]!.die();
      // Nothing tells at once of workers that die before they have loaded.
      await workshop.pass(1_000);
      expect(kinds()).not.toContain('failed');
      const arenas = workshop.alive.collectors.reduce((sum, { start }) => sum + start!.share.arenas, 0);
      expect(arenas).toBe(workshop.actor.start?.records ? 0 : settings.arenas);
    });
  });

  describe('where the graphics processor keeps failing', () => {
    const onWebgl = { kind: 'longestStep', durationMs: 0, onGraphics: true } as const;

    it('leaves it alone, and the setting as it is', async () => {
      const { client, workshop, sentences } = await opened({
        hyperparameters: { ...settings, backend: 'webgl' },
      });
      for (const without of [false, true]) {
        workshop.learner.tell(onWebgl);
        workshop.learner.tell({ kind: 'ending', message: 'The graphics context was lost.' });
        await settled();
        expect(workshop.learner.start).toMatchObject({
          withoutGraphics: without,
          hyperparameters: { backend: 'webgl' },
        });
      }
      expect(sentences()[0]).toBe('The graphics context was lost.');
      workshop.learner.finishUpdate(true);
      await settled();
      expect(readCheckpoint((await client.checkpoint())!).hyperparameters.backend).toBe('webgl');
    });

    it('but not for losses of the actor, nor of a learner on another backend', async () => {
      const { workshop } = await opened();
      workshop.learner.tell({ ...onWebgl, onGraphics: false });
      await settled();
      workshop.learner.die();
      await settled();
      workshop.learner.tell(onWebgl);
      workshop.actor.die();
      await settled();
      workshop.actor.die();
      await settled();
      expect(workshop.learner.start?.withoutGraphics).toBe(false);
    });
  });

  describe('watching over its workers', () => {
    it('replaces one that hangs', async () => {
      const { workshop, sentences } = await opened();
      workshop.learner.hangs = true;
      await workshop.pass(20);
      expect(workshop.learners).toHaveLength(1);
      await workshop.pass(10);
      expect(workshop.learners).toHaveLength(2);
      expect(sentences()[0]).toContain('The learner has stopped answering.');
    });

    it('waits for a learner whose steps take long, and not for ever', async () => {
      const { workshop } = await opened();
      workshop.learner.tell({ kind: 'longestStep', durationMs: 100_000, onGraphics: false });
      await settled();
      workshop.learner.hangs = true;
      await workshop.pass(110);
      expect(workshop.learners).toHaveLength(1);
      await workshop.pass(30);
      expect(workshop.learners).toHaveLength(2);
    });

    it('misses nobody after the machine has slept', async () => {
      const { workshop, events } = await opened();
      await workshop.pass(5);
      for (const worker of workshop.all) worker.hangs = true;
      await workshop.pass(6);
      workshop.sleep(8 * 3600);
      for (const worker of workshop.all) worker.hangs = false;
      await workshop.pass(40);
      expect(events).toEqual([]);
      expect(workshop.learners).toHaveLength(1);
    });

    describe('where there are no locks', () => {
      /** A client whose workers cannot be waited for by a lock. */
      const withoutLocks = () => {
        const set = createClient();
        set.workshop.onMade = (worker) => {
          worker.hasLock = false;
        };
        return set;
      };
      const compiling = { kind: 'longestStep', durationMs: 100_000, onGraphics: true } as const;

      it('replaces one that has ended as soon as its pulse is missed, whatever it may have computed', async () => {
        const { client, workshop, sentences } = withoutLocks();
        await client.open();
        await workshop.pass(4);
        workshop.learner.tell(compiling);
        await settled();
        workshop.learner.die();
        await workshop.pass(16);
        expect(workshop.learners).toHaveLength(2);
        expect(sentences()[0]).toContain('The learner ended without a word.');
        await workshop.pass(4);
        workshop.actor.die();
        await workshop.pass(16);
        expect(workshop.actors).toHaveLength(3);
      });

      it('replaces one that ends before it has begun', async () => {
        const { client, workshop } = withoutLocks();
        const { onMade } = workshop;
        workshop.onMade = (worker) => {
          onMade(worker);
          worker.hangs = worker === workshop.learners[0];
        };
        const open = client.open();
        await workshop.pass(4);
        workshop.learner.die();
        await workshop.pass(16);
        await open;
        expect(workshop.learners).toHaveLength(2);
      });

      it('asks no worker for a pulse while it loads', async () => {
        const { client, workshop } = withoutLocks();
        await client.open();
        await settled();
        expect(new Set(workshop.all.map(({ pulseCount }) => pulseCount))).toEqual(new Set([0]));
        await workshop.pass(4);
        expect(new Set(workshop.all.map(({ pulseCount }) => pulseCount))).toEqual(new Set([1]));
      });

      it('leaves one alone that computes for as long as it has announced', async () => {
        const { client, workshop } = withoutLocks();
        await client.open();
        workshop.learner.tell(compiling);
        await settled();
        workshop.learner.hangs = true;
        await workshop.pass(110);
        workshop.learner.hangs = false;
        await workshop.pass(40);
        expect(workshop.learners).toHaveLength(1);
      });
    });

    it('replaces an actor that stands still before it has begun', async () => {
      const { client, workshop } = createClient();
      workshop.onMade = (worker) => {
        worker.hangs = worker === workshop.learners[0];
      };
      const open = client.open();
      await settled();
      workshop.actor.hangs = true;
      workshop.learner.hangs = false;
      await workshop.pass(25);
      await open;
      expect(workshop.actors).toHaveLength(2);
    });

    it('does without a collector whose file serves nothing, and says so within half a minute', async () => {
      const { client, workshop, events } = createClient({
        hyperparameters: { ...settings, collectors: '1' },
      });
      workshop.onMade = (worker) => {
        worker.hangs = worker instanceof FakeCollector;
      };
      const open = client.open();
      await workshop.pass(30);
      await open;
      expect(events).toMatchObject([
        {
          kind: 'restarted',
          message: expect.stringMatching(/^The collector (does not answer|has stopped answering)/) as string,
        },
      ]);
      expect(workshop.actor.start?.records).toBe(true);
    });

    it('gives up on workers that never begin, and says so', async () => {
      const { client, workshop, events } = createClient();
      workshop.onMade = (worker) => {
        worker.hangs = true;
      };
      const open = client.open();
      await workshop.pass(700);
      await open;
      const surrender = { code: 'workersLost', onGraphics: false };
      expect(events).toEqual([{ kind: 'failed', message: 'The agent did not start in time.', surrender }]);
    });

    it('gives up on a step that outlasts its time again and again, far apart as it is', async () => {
      const { workshop, kinds } = await opened();
      for (let attempt = 0; attempt < 8 && !kinds().includes('failed'); attempt++) {
        workshop.learner.hangs = true;
        await workshop.pass(30);
      }
      expect(kinds().filter((kind) => kind === 'restarted')).toHaveLength(4);
      expect(kinds().at(-1)).toBe('failed');
    });
  });

  describe('keeps the newest update', () => {
    it.each([
      ['on a pause', (client: AgentClient) => void client.setPaused(true)],
      ['when learning is turned off', (client: AgentClient) => void client.setLearning(false)],
      ['when the page is hidden', (client: AgentClient) => client.frames({ visible: false })],
      ['when it is asked to', (client: AgentClient) => void client.keepNewest()],
    ])('%s, once', async (_, act) => {
      const { client, workshop, kept } = await opened();
      workshop.learner.finishUpdate(true);
      workshop.learner.finishUpdate(false);
      await settled();
      expect(kept.map(({ version }) => version)).toEqual([1]);
      act(client);
      await settled();
      expect(kept.map(({ version }) => version)).toEqual([1, 2]);
      await client.keepNewest();
      expect(kept).toHaveLength(2);
      workshop.learner.die();
      await settled();
      expect(workshop.learner.version).toBe(2);
    });
  });

  it('says from where it goes on, so that what was told of later updates can be forgotten', async () => {
    const { workshop, events } = await opened();
    workshop.learner.finishUpdate(true);
    workshop.learner.finishUpdate(false);
    await settled();
    workshop.learner.crash('Uncaught Error: boom');
    await settled();
    expect(events.at(-1)).toEqual({
      kind: 'restarted',
      version: 1,
      decisions: 128,
      message: 'The learner stopped with an error: boom.',
    });
  });

  it('says so where a worker’s program could not be loaded', async () => {
    const { workshop, sentences } = await opened();
    workshop.actor.crash('');
    await settled();
    expect(sentences()[0]).toMatch(/^The actor could not be loaded; check the connection/);
  });

  it('settles everything that is under way when it is disposed of', async () => {
    const { client, workshop } = createClient();
    workshop.onMade = (worker) => {
      worker.hangs = true;
    };
    const pending = [client.open(), client.setLearning(false), client.checkpoint(), client.keepNewest()];
    await settled();
    client.dispose();
    await Promise.all(pending);
    expect(workshop.all.every(({ isAlive }) => !isAlive)).toBe(true);
  });
});
