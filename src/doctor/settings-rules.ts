import type { RuleId } from '../contract';
import { higher, largerMinibatch, lower, type NumberKey, onward } from './remedies';
import { fewUpdates, type Rule, settledUpdates } from './rule';

// Settings with which little is learned. Who does well with them may mean them, and could do better.

/** A setting that nothing good is known of beyond a limit. */
interface Limited {
  readonly id: RuleId;
  readonly key: NumberKey;
  readonly beyond: 'below' | 'above';
  readonly limit: number;
  /** Before so many updates nothing is said. */
  readonly after: number;
  /** What most games are learned with. */
  readonly common: number;
}

function limited({ id, key, beyond, limit, after, common }: Limited): Rule {
  return {
    id,
    judge(course) {
      const value = course.settings[key];
      const isBeyond = beyond === 'below' ? value < limit : value > limit;
      if (!isBeyond || course.points.length < after) return null;
      return {
        severity: course.isWell ? 'doubtful' : 'harmful',
        evidence: course.ofSetting(key, value, limit),
        cure: onward(course),
        patch: (beyond === 'below' ? higher : lower)(course, key, common),
      };
    },
  };
}

/** Who looks ahead less far sees no consequence of most of what they do. */
export const discountShort = limited({
  id: 'discountShort',
  key: 'discount',
  beyond: 'below',
  limit: 0.85,
  after: fewUpdates,
  common: 0.99,
});

/** Below, advantages are what the critic says, which is not right for long. */
export const lambdaShort = limited({
  id: 'lambdaShort',
  key: 'gaeLambda',
  beyond: 'below',
  limit: 0.6,
  after: settledUpdates,
  common: 0.95,
});

/** Beyond, the clip holds nothing back. */
export const clipWide = limited({
  id: 'clipWide',
  key: 'clipRange',
  beyond: 'above',
  limit: 0.5,
  after: fewUpdates,
  common: 0.2,
});

/** Beyond, trying pays more than what is tried. */
export const entropyBonus = limited({
  id: 'entropyBonus',
  key: 'entropyCoefficient',
  beyond: 'above',
  limit: 0.05,
  after: settledUpdates,
  common: 0.01,
});

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
