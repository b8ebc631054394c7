import { serveLearner } from './serve-learner';

/** Knows WebGL, and tfjs for it. */
serveLearner({ webgl: () => import('./webgl') });
