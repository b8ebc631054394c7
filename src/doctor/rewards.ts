import { above, below, type Course } from './course';
import { fewUpdates, type Rule } from './rule';

// What the agent is paid.

/** Decisions of which none was paid for, after which it is told. */
const unpaidDecisions = 2_000;

/** Where nothing is ever paid there is nothing to learn from. */
export const noReward: Rule = {
  id: 'noReward',
  judge(course) {
    const { points, settings, usual } = course;
    const paid = course.latest('largestReward', points.length);
    if (paid.length < fewUpdates || course.decisions < unpaidDecisions) return null;
    if (paid.some((largest) => largest > 0)) return null;
    const isWeighted = Object.values(settings.rewardWeights).some((weight) => weight !== 0);
    const weights = !isWeighted && usual !== null ? { rewardWeights: usual.rewardWeights } : {};
    return {
      severity: 'harmful',
      evidence: {
        metric: 'largestReward',
        value: 0,
        limit: 0,
        fromVersion: points[0]?.version ?? 0,
        toVersion: points.at(-1)?.version ?? 0,
      },
      cure: 'rewardWeights' in weights ? 'goOn' : 'elsewhere',
      patch: weights,
    };
  },
};

/** Returns beyond these the critic's net cannot follow, since its weights move by small steps; below, they drown in noise. */
const largestReturns = 2_500;
const smallestReturns = 0.01;

/** Returns that are far from 1 make a critic's loss that drowns the policy's, or one that is nothing beside it. */
export const rewardScale: Rule = {
  id: 'rewardScale',
  judge(course) {
    if (course.settings.normaliseRewards) return null;
    const large = course.usually('returnSize', fewUpdates, largestReturns, above);
    const small = course.always('returnSize', 2 * fewUpdates, smallestReturns, below);
    const evidence = large ?? (small !== null && small.value > 0 ? small : null);
    if (evidence === null) return null;
    return { severity: course.isWell ? 'doubtful' : 'harmful', evidence, ...rescaled(course) };
  },
};

function rescaled({ settings, usual }: Course) {
  const { rewardWeights } = settings;
  const differs =
    usual !== null &&
    Object.entries(usual.rewardWeights).some(([term, weight]) => rewardWeights[term] !== weight);
  return differs
    ? ({ cure: 'afresh', patch: { rewardWeights: usual.rewardWeights } } as const)
    : ({ cure: 'afresh', patch: { normaliseRewards: true } } as const);
}

/** An agent's decisions without an ending, after which it is told. */
const endlessDecisions = 3_000;

/** Without endings nothing is told of what an episode came to, and nothing is tried anew. */
export const endless: Rule = {
  id: 'endless',
  judge(course) {
    const { points } = course;
    const ended = points.findLast(({ values }) => (values['episodes'] ?? 0) > 0);
    const [first] = points;
    if (first === undefined || first.values['episodes'] === undefined) return null;
    const agents = course.decisions / Math.max(1, course.decisionsAnAgent);
    const since = (course.decisions - (ended?.decisions ?? 0)) / agents;
    const limit = course.spec.timeLimitTicks / course.settings.decisionIntervalTicks;
    if (since < endlessDecisions || (ended !== undefined && since < 2 * limit)) return null;
    return {
      severity: 'harmful',
      evidence: {
        metric: 'episodes',
        value: Math.round(since),
        limit: endlessDecisions,
        fromVersion: ended?.version ?? first.version,
        toVersion: points.at(-1)?.version ?? 0,
      },
      cure: 'elsewhere',
      patch: {},
    };
  },
};
