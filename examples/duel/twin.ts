import { serveTwin } from 'playtrain/phaser/twin';
import { duelConfig } from './duel';
import { duelist } from './duel.agent';
import { duelSettings } from './settings';

serveTwin(duelConfig, duelist, { settings: duelSettings });
