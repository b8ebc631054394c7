import { higher, largerMinibatch, lower, onward } from './remedies';
import { fewUpdates, type Rule, settledUpdates } from './rule';

// Settings with which little is learned. Who does well with them may mean them, and could do better.

/** Who looks ahead less far sees no consequence of most of what they do. */
const shortestDiscount = 0.85;

export const discountShort: Rule = {
  id: 'discountShort',
  judge(course) {
    const { discount } = course.settings;
    if (discount >= shortestDiscount || course.points.length < fewUpdates) return null;
    return {
      severity: course.isWell ? 'doubtful' : 'harmful',
      evidence: course.ofSetting('discount', discount, shortestDiscount),
      cure: onward(course),
      patch: higher(course, 'discount', 0.99),
    };
  },
};

/** Below, advantages are what the critic says, which is not right for long. */
const shortestLambda = 0.6;

export const lambdaShort: Rule = {
  id: 'lambdaShort',
  judge(course) {
    const { gaeLambda } = course.settings;
    if (gaeLambda >= shortestLambda || course.points.length < settledUpdates) return null;
    return {
      severity: course.isWell ? 'doubtful' : 'harmful',
      evidence: course.ofSetting('gaeLambda', gaeLambda, shortestLambda),
      cure: onward(course),
      patch: higher(course, 'gaeLambda', 0.95),
    };
  },
};

/** Beyond, the clip holds nothing back. */
const widestClip = 0.5;

export const clipWide: Rule = {
  id: 'clipWide',
  judge(course) {
    const { clipRange } = course.settings;
    if (clipRange <= widestClip || course.points.length < fewUpdates) return null;
    return {
      severity: course.isWell ? 'doubtful' : 'harmful',
      evidence: course.ofSetting('clipRange', clipRange, widestClip),
      cure: onward(course),
      patch: lower(course, 'clipRange', 0.2),
    };
  },
};

/** Beyond, trying pays more than what is tried. */
const largestBonus = 0.05;

export const entropyBonus: Rule = {
  id: 'entropyBonus',
  judge(course) {
    const { entropyCoefficient } = course.settings;
    if (entropyCoefficient <= largestBonus || course.points.length < settledUpdates) return null;
    return {
      severity: course.isWell ? 'doubtful' : 'harmful',
      evidence: course.ofSetting('entropyCoefficient', entropyCoefficient, largestBonus),
      cure: onward(course),
      patch: lower(course, 'entropyCoefficient', 0.01),
    };
  },
};

/** Of a minibatch's steps so many must carry its advantages. */
const fewestCarrying = 2.5;

/**
 * How many steps of a minibatch carry its advantages: (Σ A²)² / Σ A⁴ of them, which is the minibatch by the kurtosis.
 * Where those are a few, a gradient is what happened to these.
 */
export const minibatchSmall: Rule = {
  id: 'minibatchSmall',
  judge(course) {
    const { minibatchSize } = course.settings;
    const evidence = course.usually('advantageKurtosis', 2 * fewUpdates, minibatchSize / fewestCarrying);
    if (course.isWell || evidence === null) return null;
    const patch = largerMinibatch(course);
    return { severity: 'harmful', evidence, cure: onward(course), patch };
  },
};

/** Learning goes on at no rate at all once an annealed one has come to 0. */
export const annealed: Rule = {
  id: 'annealed',
  judge(course) {
    const { learningRateAnnealing, learningRate } = course.settings;
    if (!learningRateAnnealing) return null;
    const evidence = course.always('learningRate', 2, 1e-6 * learningRate, (rate, limit) => rate <= limit);
    if (evidence === null) return null;
    return { severity: 'harmful', evidence, cure: 'goOn', patch: { learningRateAnnealing: false } };
  },
};
