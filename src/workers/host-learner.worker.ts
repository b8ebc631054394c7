import { serveLearner } from './serve-learner';

/** Knows no WebGL, and so no tfjs. */
serveLearner();
