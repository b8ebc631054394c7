import { serveTwin } from 'playtrain/phaser/twin';
import { driver } from './driver.agent';
import { racerConfig } from './racer';

serveTwin(racerConfig, driver);
