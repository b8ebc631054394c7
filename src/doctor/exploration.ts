import { below } from './course';
import { gentlerSteps, higher, isDecided, lower } from './remedies';
import { fewUpdates, type Rule, settledUpdates } from './rule';

// How much the policy still tries, and what its critic foresees.

/** A policy that does the same for sure, and has little to show for it. */
export const entropyGone: Rule = {
  id: 'entropyGone',
  judge(course) {
    if (course.isWell || course.points.length < fewUpdates || !isDecided(course)) return null;
    const evidence = course.usually('entropy', 3, Number.POSITIVE_INFINITY, below);
    if (evidence === null) return null;
    const { entropyCoefficient, learningRate } = course.settings;
    return {
      severity: 'harmful',
      evidence: { ...evidence, limit: course.first('entropy') ?? 0 },
      cure: 'afresh',
      patch: {
        ...higher(course, 'entropyCoefficient', Math.max(0.01, entropyCoefficient)),
        ...(course.usual === null || course.usual.learningRate < learningRate ? gentlerSteps(course) : {}),
      },
    };
  },
};

/** Nats by which an axis' entropy has grown since the run began: its spread is e times as wide. */
const grownNatsAnAxis = 1;

/** A Gaussian that spreads without end: what it draws is clipped, so that widening costs nothing. */
export const entropyGrows: Rule = {
  id: 'entropyGrows',
  judge(course) {
    const first = course.first('entropy');
    if (course.isWell || course.axes === 0 || first === null || course.points.length < settledUpdates)
      return null;
    const evidence = course.always('entropy', 2 * fewUpdates, first + grownNatsAnAxis * course.axes);
    if (evidence === null) return null;
    const { entropyCoefficient, learningRate } = course.settings;
    const isHasty = course.usual !== null && course.usual.learningRate < learningRate;
    const known = course.usual?.entropyCoefficient;
    // A bonus that this game is learned with is not the culprit where the steps are longer than usual.
    const bonus = isHasty && known === entropyCoefficient ? {} : lower(course, 'entropyCoefficient', 0);
    const patch = isHasty || entropyCoefficient === 0 ? { ...bonus, ...gentlerSteps(course) } : bonus;
    return { severity: 'harmful', evidence, cure: 'afresh', patch };
  },
};

/** A critic that explains less is no better than a constant. */
const leastExplained = 0.02;

export const valueBlind: Rule = {
  id: 'valueBlind',
  judge(course) {
    if (course.isWell || course.points.length < 2 * settledUpdates) return null;
    const evidence = course.usually('explainedVariance', settledUpdates, leastExplained, below);
    if (evidence === null) return null;
    const { valueCoefficient, normaliseRewards } = course.settings;
    const patch = higher(course, 'valueCoefficient', valueCoefficient === 0 ? 0.5 : valueCoefficient);
    if (Object.keys(patch).length > 0) return { severity: 'harmful', evidence, cure: 'goOn', patch };
    return normaliseRewards
      ? { severity: 'doubtful', evidence, cure: 'elsewhere', patch: {} }
      : { severity: 'doubtful', evidence, cure: 'afresh', patch: { normaliseRewards: true } };
  },
};
