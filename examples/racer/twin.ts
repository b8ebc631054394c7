import { serveTwin } from 'playtrain/phaser/twin';
import { driver } from './driver.agent';
import { racerConfig } from './racer';
import { racerSettings } from './settings';

serveTwin(racerConfig, driver, { settings: racerSettings });
