import type { Standstill } from '../contract';

/** Of a policy that can learn no more: why, and what can be done. */
export const standstillSentences: Readonly<Record<Standstill, string>> = {
  annealed:
    'The learning rate has come to 0 at the end of its annealing, so nothing is learned any more; switch annealing off, or let it last longer.',
  noGradient:
    'The last update moved no weight of the policy: its gradient is gone, so it learns no more. Go back to the best, or begin again with a lower learning rate or a higher entropy coefficient.',
};

/** What the button says that lets learning go on. */
export const stopAnnealingLabel = 'Switch annealing off';
