import { bird } from '../../examples/flap/bird.agent';
import { serveTwin } from '../../src/phaser/twin';
import { pageFlapConfig } from './page-flap';

serveTwin(pageFlapConfig, bird);
