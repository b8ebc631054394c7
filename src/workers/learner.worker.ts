import { serveLearner } from './webgl-learner';

serveLearner();
