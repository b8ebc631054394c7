import { serveTwin } from '../../src/phaser/twin';
import { bird } from './bird.agent';
import { flapConfig } from './flap';

serveTwin(flapConfig, bird);
