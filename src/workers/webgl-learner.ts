import { serveLearner as serve } from './serve-learner';

/**
 * Makes this worker a learner that computes on WebGL where that is quicker, or is chosen: all that the file of a
 * learner’s worker of one’s own has to do. Needs `@tensorflow/tfjs-core` and `@tensorflow/tfjs-backend-webgl`.
 */
export function serveLearner(): void {
  serve({ webgl: () => import('./webgl') });
}
