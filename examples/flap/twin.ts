import { serveTwin } from 'playtrain/phaser/twin';
import { bird } from './bird.agent';
import { flapConfig } from './flap';

serveTwin(flapConfig, bird);
