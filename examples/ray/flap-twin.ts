/** Flap's twin, many games of it in one process: what one env runner steps at once. */
import { serveTwin } from 'playtrain/phaser/twin';
import { bird } from '../flap/bird.agent';
import { flapConfig } from '../flap/flap';

serveTwin(flapConfig, bird, { copies: 16 });
