import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { shareArenas } from '../agent/arena-shares';
import type { FullRollout } from '../agent/full-rollout';
import { Learner, type LearnerUpdate } from '../agent/learner';
import { type Hyperparameters, sb3Hyperparameters, type UpdateMetrics } from '../contract';
import { balance } from '../game/balance/simulation';
import { environmentSpec } from '../game/engine/vector-environment';
import { CollectorHost } from './collector-host';
import { LearnerHost } from './learner-host';
import { openNodeBackend } from './node-backend';
import type {
  CollectorStart,
  LearnerToCollector,
  LearnerToPage,
  RolloutMessage,
  UpdateMessage,
} from './protocol';
import { simulatedGame } from './simulated-game';

const spec = environmentSpec(balance);
const settings: Hyperparameters = {
  ...sb3Hyperparameters,
  arenas: 3,
  rolloutLength: 8,
  minibatchSize: 24,
  hiddenSizes: [4],
};

beforeAll(async () => {
  await openNodeBackend('cpu');
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** A port that keeps what is sent, moved as between threads, until the test delivers it. */
class HeldPort<Message> {
  readonly held: Message[] = [];
  postMessage(message: Message, transfer: Transferable[] = []): void {
    this.held.push(structuredClone(message, { transfer }));
  }
}

/** Collectors and a learner whose messages arrive, and whose updates end, when the test says. */
function createSet(collectors: number, changes: Partial<Hyperparameters> = {}) {
  const hyperparameters = { ...settings, ...changes };
  const learner = Learner.create({ spec, hyperparameters, clock: () => 0, breathe: async () => {} });
  const { parameters } = learner.snapshot();
  const updates: {
    readonly lag: number;
    readonly steps: readonly number[];
    readonly parts: readonly FullRollout[];
  }[] = [];
  let version = 0;
  let finish: (() => void) | null = null;
  let failure: Error | null = null;
  vi.spyOn(learner, 'snapshot').mockImplementation(() => ({ version, parameters: parameters.slice() }));
  vi.spyOn(learner, 'version', 'get').mockImplementation(() => version);
  vi.spyOn(learner, 'update').mockImplementation(async (...parts: readonly FullRollout[]) => {
    const oldest = Math.min(...parts.map(({ rollout }) => Math.min(...rollout.versions)));
    updates.push({
      lag: version - oldest,
      steps: parts.map(({ rollout }) => rollout.shape.steps),
      parts: structuredClone(parts),
    });
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
    if (failure !== null) throw failure;
    version += 1;
    const metrics = {
      version,
      decisions: version * 24,
      meanReturn: null,
      episodes: 0,
      unrecordedDecisions: 0,
      standstill: null,
    };
    const normalisation = { observations: null, rewards: null };
    return {
      snapshot: learner.snapshot(),
      metrics: metrics as UpdateMetrics,
      hyperparameters,
      changed: [],
      normalisation,
      addedPast: null,
      judgedReturn: null,
      rewardsChanged: false,
      captured: null,
    } satisfies LearnerUpdate;
  });
  const pauses = {
    setPriority: () => {},
    setTogether: () => {},
    report: () => null,
    updateBegins: () => {},
    updateEnds: () => 1,
  };

  const actorPort = new HeldPort<UpdateMessage>();
  const pagePort = new HeldPort<LearnerToPage>();
  const toCollectors = Array.from({ length: collectors }, () => new HeldPort<LearnerToCollector>());
  const toLearner = Array.from({ length: collectors }, () => new HeldPort<RolloutMessage>());
  const learnerHost = new LearnerHost({
    learner,
    actor: actorPort,
    collectors: toCollectors,
    page: pagePort,
    pauses,
    best: null,
    nowMs: () => 0,
    later: () => {},
    lost: () => {},
  });
  // A slice is some two decisions long.
  let nowMs = 0;
  const clock = () => (nowMs += 0.4);
  const collecting = (start: CollectorStart, port: HeldPort<RolloutMessage>) =>
    new CollectorHost(simulatedGame(balance, start), start, port, clock);
  const hosts = shareArenas(hyperparameters.arenas, collectors).map((share, index) =>
    collecting({ ...learnerHost.begun(), acting: 'cpu', share }, toLearner[index]!),
  );
  for (const host of hosts) host.setRunning(true);
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    hosts,
    learnerHost,
    updates,
    actorPort,
    pagePort,
    toLearner,
    work: (collector: number) => hosts[collector]!.work(),
    async deliverToLearner(collector: number) {
      const message = toLearner[collector]!.held.shift();
      if (message !== undefined) void learnerHost.rollout(message, collector);
      await settle();
    },
    deliverToCollector(collector: number) {
      const message = toCollectors[collector]!.held.shift();
      if (message !== undefined) hosts[collector]!.hear(message);
    },
    async finishUpdate(error: Error | null = null) {
      failure = error;
      finish?.();
      finish = null;
      await settle();
    },
    version: () => version,
    events: () => pagePort.held.flatMap((message) => (message.kind === 'event' ? message.event : [])),
  };
}
type CollectorSet = ReturnType<typeof createSet>;

/** Everybody takes turns for a while. */
async function takeTurns(set: CollectorSet, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    for (let collector = 0; collector < set.hosts.length; collector++) {
      set.work(collector);
      await set.deliverToLearner(collector);
      set.deliverToCollector(collector);
    }
    await set.finishUpdate();
  }
}

/** Works until there is nothing more to do. */
function exhaust(set: CollectorSet, collector: number): void {
  while (set.work(collector));
}

describe('collectors and their learner', () => {
  it('gather tick by tick what they gather by decisions, and then go on without waiting', () => {
    const [byDecisions, byTicks] = [createSet(1), createSet(1)];
    exhaust(byDecisions, 0);
    const ticks = 2 * settings.rolloutLength * settings.decisionIntervalTicks;
    for (let tick = 0; tick < 3 * ticks; tick++) byTicks.hosts[0]!.tick();
    const gathered = (set: CollectorSet) => set.toLearner[0]!.held.map(({ buffer }) => buffer);
    expect(gathered(byTicks)).toHaveLength(2);
    expect(gathered(byTicks)).toEqual(gathered(byDecisions));
  });

  it('update from one rollout of each, in order, with every arena in its place', async () => {
    const set = createSet(2);
    exhaust(set, 1);
    exhaust(set, 0);
    await set.deliverToLearner(1);
    expect(set.updates).toHaveLength(0);
    await set.deliverToLearner(0);
    expect(set.updates[0]?.parts.map(({ rollout }) => rollout.shape.agents)).toEqual([2, 1]);
    expect(set.updates[0]?.parts.map(({ collected }) => collected?.firstArena)).toEqual([0, 2]);
  });

  it('fill their other buffer while an update runs, then wait', async () => {
    const set = createSet(1);
    exhaust(set, 0);
    expect(set.toLearner[0]?.held).toHaveLength(2);
    await set.deliverToLearner(0);
    set.deliverToCollector(0);
    exhaust(set, 0);
    expect(set.toLearner[0]?.held).toHaveLength(1);
    await set.finishUpdate();
    set.deliverToCollector(0);
    exhaust(set, 0);
    expect(set.toLearner[0]?.held).toHaveLength(2);
  });

  it('in lockstep wait for the update before the next action', async () => {
    const set = createSet(1);
    set.hosts[0]!.setLockstep(true);
    for (let version = 0; version < 3; version++) {
      exhaust(set, 0);
      expect(set.toLearner[0]?.held).toHaveLength(1);
      await set.deliverToLearner(0);
      await set.finishUpdate();
      set.deliverToCollector(0);
      set.deliverToCollector(0);
    }
    expect(set.updates.map(({ lag }) => lag)).toEqual([0, 0, 0]);
  });

  it('count decisions taken during an update, and not those before it', async () => {
    const set = createSet(1);
    exhaust(set, 0);
    await set.deliverToLearner(0);
    set.deliverToCollector(0);
    await set.finishUpdate();
    await set.deliverToLearner(0);
    // Both were filled before the first update was heard of.
    expect(set.updates.map(({ parts }) => parts[0]?.counters.decisionsDuringUpdate)).toEqual([0, 0]);
    for (const _ of [0, 1]) set.deliverToCollector(0);
    exhaust(set, 0);
    await set.finishUpdate();
    await set.deliverToLearner(0);
    expect(set.updates[2]?.parts[0]?.counters.decisionsDuringUpdate).toBe(24);
  });

  it('stand still while stopped, and go on where they were', () => {
    const set = createSet(1);
    set.work(0);
    set.hosts[0]!.setRunning(false);
    expect(set.work(0)).toBe(false);
    expect(set.toLearner[0]?.held).toHaveLength(0);
    set.hosts[0]!.setRunning(true);
    exhaust(set, 0);
    expect(set.toLearner[0]?.held).toHaveLength(2);
  });

  it('tell the visible game of every policy, and of the learner’s own count', async () => {
    const set = createSet(2);
    await takeTurns(set, 60);
    const told = set.actorPort.held;
    expect(told.map(({ snapshot }) => snapshot.version)).toEqual(told.map((_, index) => index + 1));
    expect(told.length).toBeGreaterThan(2);
    for (const { buffer, decisions, snapshot } of told) {
      expect(buffer).toBeNull();
      expect(decisions).toBe(24 * snapshot.version);
    }
  });

  it('get their rollouts back when the learner gives up, and stop', async () => {
    const set = createSet(2);
    for (let attempt = 0; attempt < 3; attempt++) {
      for (const collector of [0, 1]) {
        exhaust(set, collector);
        await set.deliverToLearner(collector);
      }
      await set.finishUpdate(new Error('Numbers ran away.'));
      for (const collector of [0, 1]) {
        for (const _ of [0, 1, 2]) set.deliverToCollector(collector);
      }
    }
    expect(set.events().map(({ kind }) => kind)).toContain('failed');
    await takeTurns(set, 20);
    expect(set.updates).toHaveLength(3);
    for (const collector of [0, 1]) {
      expect(set.work(collector)).toBe(false);
      expect(set.toLearner[collector]?.held).toHaveLength(0);
    }
  });

  it('take a changed rollout length up together, whatever is under way', async () => {
    const set = createSet(2);
    exhaust(set, 0);
    await set.deliverToLearner(0);
    set.learnerHost.setHyperparameters({ ...settings, rolloutLength: 16 });
    await takeTurns(set, 120);
    const lengths = set.updates.map(({ steps }) => steps);
    expect(lengths[0]).toEqual([8, 8]);
    expect(lengths.at(-1)).toEqual([16, 16]);
  });

  it('leave out what would mix lengths, and count it as unrecorded', async () => {
    const set = createSet(2);
    // The second has only begun its next rollout when the wish arrives, the first has filled it.
    set.hosts[1]!.setLockstep(true);
    exhaust(set, 0);
    exhaust(set, 1);
    await set.deliverToLearner(0);
    await set.deliverToLearner(1);
    set.learnerHost.setHyperparameters({ ...settings, rolloutLength: 16 });
    await set.finishUpdate();
    for (const collector of [0, 1, 0, 1]) set.deliverToCollector(collector);
    exhaust(set, 1);
    await set.deliverToLearner(1);
    await set.deliverToLearner(0);
    expect(set.updates).toHaveLength(1);
    set.deliverToCollector(0);
    exhaust(set, 0);
    await set.deliverToLearner(0);
    expect(set.updates[1]?.steps).toEqual([16, 16]);
    await set.finishUpdate();
    const reports = set.events().flatMap((event) => (event.kind === 'updated' ? event.metrics : []));
    // 8 steps of the first’s two arenas.
    expect(reports.map(({ unrecordedDecisions }) => unrecordedDecisions)).toEqual([0, 16]);
  });

  it('never mix lengths, never lag by more than one version and never come to a stop, in any order of events', async () => {
    const collector = fc.nat({ max: 2 });
    const event = fc.oneof(
      { weight: 8, arbitrary: fc.record({ kind: fc.constant('work' as const), collector }) },
      { weight: 4, arbitrary: fc.record({ kind: fc.constant('toLearner' as const), collector }) },
      { weight: 4, arbitrary: fc.record({ kind: fc.constant('toCollector' as const), collector }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('finish' as const), collector }) },
      {
        weight: 1,
        arbitrary: fc.record({ kind: fc.constantFrom('stop' as const, 'run' as const), collector }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant('length' as const),
          collector,
          steps: fc.constantFrom(8, 16, 24),
        }),
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 40, maxLength: 200 }), async (events) => {
        const set = createSet(3);
        let steps = settings.rolloutLength;
        for (const each of events) {
          if (each.kind === 'work') set.work(each.collector);
          if (each.kind === 'toLearner') await set.deliverToLearner(each.collector);
          if (each.kind === 'toCollector') set.deliverToCollector(each.collector);
          if (each.kind === 'finish') await set.finishUpdate();
          if (each.kind === 'stop') set.hosts[each.collector]!.setRunning(false);
          if (each.kind === 'run') set.hosts[each.collector]!.setRunning(true);
          if (each.kind === 'length') {
            steps = each.steps;
            set.learnerHost.setHyperparameters({ ...settings, rolloutLength: steps });
          }
        }
        for (const host of set.hosts) host.setRunning(true);
        const before = set.version();
        await takeTurns(set, 150);
        expect(set.version()).toBeGreaterThan(before + 2);
        expect(set.updates.at(-1)?.steps).toEqual([steps, steps, steps]);
        for (const update of set.updates) {
          expect(update.lag).toBeLessThanOrEqual(1);
          expect(new Set(update.steps).size).toBe(1);
        }
        expect(set.events().some(({ kind }) => kind === 'warning')).toBe(false);
      }),
      { numRuns: 40 },
    );
  });
});
