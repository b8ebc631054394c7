import { describe, expect, it } from 'vitest';
import { hyperparameterProblems, type RuleId, ruleIds, withPatch } from '../contract';
import { diagnose, rules } from './diagnose';
import { learnsNothing, type MadeUpRun, madeUpAxisSpec, madeUpRun } from './made-up-run';

const found = (run: MadeUpRun) => diagnose(madeUpRun(run)).map(({ rule }) => rule);
/** Healthy but that nothing is gained, and what is named. */
const stuck = (values: Readonly<Record<string, number>>): MadeUpRun => ({
  values: () => ({ ...learnsNothing, ...values }),
});
const stuckWith = (settings: MadeUpRun['settings']): MadeUpRun => ({
  ...stuck({}),
  ...(settings && { settings }),
});

/** Of each rule a run that it is told of, and one near it that it must not be told of. */
const cases: Readonly<Record<RuleId, { readonly ill: MadeUpRun; readonly well: MadeUpRun }>> = {
  noReward: {
    ill: { values: () => ({ meanReturn: 0, largestReward: 0 }) },
    // Paid for once, by chance, at last.
    well: { values: (_, update) => ({ meanReturn: 0, largestReward: update === 58 ? 1 : 0 }) },
  },
  observationLarge: {
    ill: stuck({ largestObservation: 134, largestObservationAt: 1 }),
    well: {
      settings: { normaliseObservations: true },
      values: () => ({ largestObservation: 9 }),
    },
  },
  observationStill: {
    ill: { values: () => ({ stillObservationAt: 1 }) },
    // It rested for long.
    well: { values: (_, update) => ({ stillObservationAt: update < 50 ? 1 : null }) },
  },
  rewardScale: {
    ill: stuck({ returnSize: 80_000 }),
    well: { settings: { normaliseRewards: true }, values: () => ({ returnSize: 80_000 }) },
  },
  endless: {
    ill: { values: () => ({ ...learnsNothing, episodes: 0 }) },
    well: { updates: 20, values: () => ({ meanReturn: null, episodes: 0 }) },
  },
  annealed: {
    ill: {
      settings: { learningRateAnnealing: true },
      values: (share) => ({ learningRate: share < 0.8 ? 3e-4 * (1 - share / 0.8) : 0 }),
    },
    well: {
      settings: { learningRateAnnealing: true },
      values: (share) => ({ learningRate: 3e-4 * (1 - share) }),
    },
  },
  discountShort: { ill: stuckWith({ discount: 0.5 }), well: stuckWith({ discount: 0.9 }) },
  lambdaShort: { ill: stuckWith({ gaeLambda: 0 }), well: stuckWith({ gaeLambda: 0.8 }) },
  clipWide: { ill: stuckWith({ clipRange: 1 }), well: stuckWith({ clipRange: 0.4 }) },
  entropyBonus: {
    ill: stuckWith({ entropyCoefficient: 0.2 }),
    well: stuckWith({ entropyCoefficient: 0.02 }),
  },
  minibatchSmall: { ill: stuckWith({ minibatchSize: 8 }), well: { settings: { minibatchSize: 8 } } },
  klSpikes: {
    ill: { values: (_, update) => ({ ...learnsNothing, approximateKl: update % 2 === 0 ? 0.8 : 0.01 }) },
    well: { values: (_, update) => ({ ...learnsNothing, approximateKl: update === 55 ? 0.8 : 0.01 }) },
  },
  clipSaturated: { ill: stuck({ clipFraction: 0.55 }), well: { values: () => ({ clipFraction: 0.55 }) } },
  gradientClipped: { ill: stuck({ gradientNorm: 300 }), well: { values: () => ({ gradientNorm: 300 }) } },
  stepsTooSmall: {
    ill: stuck({ approximateKl: 1e-6, clipFraction: 0 }),
    well: { values: () => ({ approximateKl: 1e-6, clipFraction: 0 }) },
  },
  entropyGone: {
    ill: { values: (share) => ({ ...learnsNothing, entropy: share < 0.5 ? 0.6 : 1e-6 }) },
    // Who knows what to do need not try.
    well: { values: (share) => ({ entropy: share < 0.5 ? 0.6 : 1e-6 }) },
  },
  entropyGrows: {
    ill: { spec: madeUpAxisSpec, values: (share) => ({ ...learnsNothing, entropy: 1.4 + 4 * share }) },
    well: { spec: madeUpAxisSpec, values: (share) => ({ ...learnsNothing, entropy: 1.4 + 0.5 * share }) },
  },
  choiceNever: { ill: stuck({ rarestChoice: 0 }), well: { values: () => ({ rarestChoice: 0 }) } },
  valueBlind: {
    ill: stuck({ explainedVariance: -0.4 }),
    well: { values: () => ({ explainedVariance: -0.4 }) },
  },
  fell: {
    ill: { values: (share) => ({ meanReturn: share < 0.7 ? 20 + 500 * share : 30 }) },
    // It dipped, and came back.
    well: { values: (share) => ({ meanReturn: share > 0.6 && share < 0.65 ? 30 : 20 + 500 * share }) },
  },
  lateActions: {
    ill: { values: (_, update) => ({ lateDecisions: 400 * update }) },
    well: { values: (_, update) => ({ lateDecisions: 5 * update }) },
  },
  machineSlow: {
    ill: { values: () => ({ frameMs: 80 }) },
    well: { values: (_, update) => ({ frameMs: update % 5 === 0 ? 80 : 17 }) },
  },
};

describe('a run that fell', () => {
  /** At update 37 of 60 it falls from 380 to 30; from the 49th on it stands at 230. */
  const fellAndRose = (wentBack: boolean) => ({
    values: (share: number, update: number) => ({
      meanReturn: share < 0.6 ? 20 + 600 * share : share < 0.8 ? 30 : 230,
      ...(wentBack && update === 48 && { wentBackTo: 36 }),
    }),
  });

  it('is told as long as it is low, and not once it went back, though it is not where it was', () => {
    const rules = (run: MadeUpRun) => diagnose(madeUpRun(run)).map(({ rule }) => rule);
    expect(rules({ ...fellAndRose(false), updates: 60 })).toContain('fell');
    expect(rules({ ...fellAndRose(true), updates: 60 })).not.toContain('fell');
  });
});

describe('a run that fell and climbs back by itself', () => {
  /** Swing by its fast preset, seed 7: one update moved the policy too far, and it learned anew what it had lost. */
  const returns = [
    -1220, -1220, -1154, -1043, -1043, -741, -466, -466, -358, -266, -266, -937, -937, -750, -709, -709, -527,
    -446, -446, -459, -333, -333, -393, -329, -329, -304, -304, -241, -285, -285, -280, -284, -284,
  ];
  const spreads = [
    340, 340, 221, 204, 204, 223, 198, 198, 222, 168, 168, 358, 358, 440, 442, 442, 324, 304, 304, 333, 239,
    239, 243, 236, 236, 185, 185, 134, 186, 186, 171, 283, 283,
  ];
  const upTo = (
    updates: number,
    later: (update: number) => number | undefined = (update) => returns[update],
  ) => {
    const run = madeUpRun({ updates, values: (_, update) => ({ meanReturn: later(update - 1) ?? null }) });
    const points = run.points.map((point, index) => ({ ...point, returnSpread: spreads[index] ?? 400 }));
    return diagnose({ ...run, points }).find(({ rule }) => rule === 'fell');
  };

  it('is not told of it at any moment', () => {
    const told = returns.map((_, index) => upTo(index + 1)).filter((finding) => finding !== undefined);
    expect(told).toEqual([]);
  });

  it('is told of it where it stays where it fell to, with what it comes to now', () => {
    const stays = (update: number) => (update < 12 ? returns[update] : -900 - (update % 3));
    expect(upTo(30, stays)?.evidence).toMatchObject({ fromVersion: 12, toVersion: 30, value: -902 });
  });
});

describe('a machine that is too slow', () => {
  it('is one whose frames took long for seconds, not for a dozen quick updates', () => {
    // 50 updates a second.
    const quick = (slowUpdates: number) =>
      found({
        updates: 600,
        values: (_, update) => ({
          decisionsPerSecond: 51_200,
          frameMs: update > 600 - slowUpdates ? 50 : 17,
        }),
      });
    expect(quick(20)).toEqual([]);
    expect(quick(400)).toEqual(['machineSlow']);
  });

  it('is also one whose updates take long, and learns from fewer passes', () => {
    const ill = diagnose(madeUpRun({ values: () => ({ updateMs: 12_000 }), settings: { epochs: 10 } }));
    expect(ill).toMatchObject([
      { rule: 'machineSlow', evidence: { metric: 'updateMs' }, patch: { epochs: 5 } },
    ]);
    expect(found({ values: (_, update) => ({ updateMs: update % 4 === 0 ? 12_000 : 900 }) })).toEqual([]);
  });
});

describe('each rule', () => {
  it.each(ruleIds)('%s is told of a run that is ill so, and of none that is well', (rule) => {
    expect(found(cases[rule].ill)).toContain(rule);
    expect(found(cases[rule].well)).not.toContain(rule);
  });

  it('is in the list once', () => {
    expect(rules.map(({ id }) => id).toSorted()).toEqual(ruleIds.toSorted());
  });

  it.each(ruleIds)('%s proposes settings that can be used, and that differ', (rule) => {
    const run = madeUpRun(cases[rule].ill);
    const finding = diagnose(run).find((each) => each.rule === rule);
    const patched = withPatch(run.settings, finding?.patch ?? {});
    expect(hyperparameterProblems(patched)).toEqual([]);
    const changesSomething = finding?.cure === 'goOn' || finding?.cure === 'afresh';
    const differs = JSON.stringify(patched) !== JSON.stringify(run.settings);
    expect(differs || !changesSomething).toBe(true);
    expect(differs && finding?.cure === 'elsewhere').toBe(false);
  });

  it.each(ruleIds)('%s rests on updates of the run', (rule) => {
    const { points, ...run } = madeUpRun(cases[rule].ill);
    const evidence = diagnose({ points, ...run }).find((each) => each.rule === rule)?.evidence;
    expect(evidence?.fromVersion).toBeGreaterThanOrEqual(1);
    expect(evidence?.toVersion).toBe(points.at(-1)?.version);
    expect(Number.isFinite(evidence?.value)).toBe(true);
  });
});

describe('the doctor', () => {
  it('finds nothing in a run that learns, and nothing in one that has hardly begun', () => {
    expect(found({})).toEqual([]);
    expect(found({ updates: 0 })).toEqual([]);
    expect(found({ ...stuck({}), updates: 3 })).toEqual([]);
    expect(found(stuck({}))).toEqual([]);
  });

  it('doubts settings that are far from the usual where a run does well with them', () => {
    expect(diagnose(madeUpRun({ settings: { discount: 0.5 } }))).toMatchObject([
      { rule: 'discountShort', severity: 'doubtful' },
    ]);
  });

  it('names what a finding is about', () => {
    const [large] = diagnose(madeUpRun(cases.observationLarge.ill));
    expect(large?.evidence.name).toBe('speed');
    const never = diagnose(madeUpRun(cases.choiceNever.ill)).find(({ rule }) => rule === 'choiceNever');
    expect(never?.evidence.name).toBe('jump');
  });

  it('puts causes before what follows from them', () => {
    const run = stuckWith({ clipRange: 1 });
    const values = () => ({ ...learnsNothing, clipFraction: 0.6, approximateKl: 0.5, entropy: 1e-5 });
    expect(found({ ...run, values })[0]).toBe('clipWide');
  });

  it('proposes what a game is known to be learned with, where that leads the right way', () => {
    const run = {
      ...stuckWith({ learningRate: 0.03 }),
      values: () => ({ ...learnsNothing, clipFraction: 0.7 }),
    };
    const patch = (usual: MadeUpRun['usual']) =>
      diagnose(madeUpRun({ ...run, usual: usual ?? null }))[0]?.patch;
    expect(patch({ learningRate: 2e-3 })).toEqual({ learningRate: 2e-3 });
    expect(patch({ learningRate: 0.05 })?.learningRate).toBeLessThan(0.03);
    expect(patch(null)?.learningRate).toBeLessThan(0.03);
  });

  it('begins anew where a policy is beyond repair, and goes on where not', () => {
    const run = stuckWith({ discount: 0.5 });
    expect(diagnose(madeUpRun(run))[0]).toMatchObject({ rule: 'discountShort', cure: 'goOn' });
    const gone = {
      ...run,
      values: (share: number) => ({ ...learnsNothing, entropy: share < 0.3 ? 0.6 : 1e-7 }),
    };
    expect(diagnose(madeUpRun(gone))[0]).toMatchObject({ rule: 'discountShort', cure: 'afresh' });
  });
});
