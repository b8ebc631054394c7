import { bird } from '../../examples/flap/bird.agent';
import { serveTwin } from '../../src/phaser/twin';
import { laterPageFlapConfig } from './page-flap';

serveTwin(laterPageFlapConfig, bird);
