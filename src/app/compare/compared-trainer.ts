import type { ComparisonClient } from '../../workers/comparison-client';

/** Trains runs unseen, one at a time. */
export type ComparedTrainer = Pick<ComparisonClient, 'train' | 'dispose'>;
