import { serveLearner } from './serve-learner';

serveLearner();
