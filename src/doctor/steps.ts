import { median } from './averages';
import { above, below } from './course';
import { gentlerSteps, higher, lower, onward } from './remedies';
import { fewUpdates, type Rule, settledUpdates } from './rule';

// How far an update moves the policy.

/** In nats: a policy that moved further has left what it learned from. */
const farthestKl = 0.1;
/** Of the latest updates so many must be spikes. */
const fewestSpikes = 3;

export const klSpikes: Rule = {
  id: 'klSpikes',
  judge(course) {
    if (course.isWell) return null;
    const updates = 2 * fewUpdates;
    const spikes = course.latest('approximateKl', updates).filter((kl) => kl > farthestKl);
    const evidence = course.usually('approximateKl', updates, Number.NEGATIVE_INFINITY);
    if (evidence === null || spikes.length < fewestSpikes) return null;
    return {
      severity: 'harmful',
      evidence: { ...evidence, value: median(spikes), limit: farthestKl },
      cure: onward(course),
      patch: gentlerSteps(course),
    };
  },
};

/** The share of steps past the clip. */
const mostClipped = 0.4;

export const clipSaturated: Rule = {
  id: 'clipSaturated',
  judge(course) {
    const evidence = course.isWell ? null : course.usually('clipFraction', fewUpdates, mostClipped);
    if (evidence === null) return null;
    return { severity: 'harmful', evidence, cure: onward(course), patch: gentlerSteps(course) };
  },
};

/** So many times the norm at which gradients are clipped. */
const clippedTimes = 120;

/** Where each gradient is cut down to a small share, the critic's decides where all weights go. */
export const gradientClipped: Rule = {
  id: 'gradientClipped',
  judge(course) {
    if (course.isWell || course.points.length < settledUpdates) return null;
    const { maxGradientNorm, normaliseRewards, valueCoefficient } = course.settings;
    const evidence = course.always('gradientNorm', 2 * fewUpdates, clippedTimes * maxGradientNorm);
    if (evidence === null) return null;
    return normaliseRewards
      ? {
          severity: 'doubtful',
          evidence,
          cure: onward(course),
          patch: lower(course, 'valueCoefficient', valueCoefficient / 2),
        }
      : { severity: 'doubtful', evidence, cure: 'afresh', patch: { normaliseRewards: true } };
  },
};

/** In nats: who moves less stands. */
const nearestKl = 1e-4;
/** Longer steps at once; a few such patches come to any rate. */
const longerTimes = 10;

export const stepsTooSmall: Rule = {
  id: 'stepsTooSmall',
  judge(course) {
    if (course.isWell || course.points.length < settledUpdates) return null;
    const { learningRate, learningRateAnnealing } = course.settings;
    const evidence = course.usually('approximateKl', 2 * fewUpdates, nearestKl, below);
    const [clipped] = course.latest('clipFraction', 1);
    if (evidence === null || clipped === undefined || above(clipped, 0.001)) return null;
    const patch = higher(course, 'learningRate', Math.min(3e-3, learningRate * longerTimes));
    if (learningRateAnnealing || Object.keys(patch).length === 0) return null;
    return { severity: 'harmful', evidence, cure: onward(course), patch };
  },
};
