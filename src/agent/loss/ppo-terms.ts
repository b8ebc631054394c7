import { entropyTerm } from './entropy-term';
import { policyTerm } from './policy-term';
import { valueTerm } from './value-term';

/** PPO's loss: L = policy loss + c_v · value loss − c_e · entropy (Schulman et al. 2017, eq. 9, negated). */
export const ppoTerms = [policyTerm, valueTerm, entropyTerm] as const;

/** What a minibatch reports of its loss. */
export type LossStatistic = (typeof ppoTerms)[number]['statistics'][number];
export const lossStatistics: readonly LossStatistic[] = ppoTerms.flatMap(({ statistics }) => [...statistics]);
