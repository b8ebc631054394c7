import { serveTwin } from 'playtrain/phaser/twin';
import { fox } from './fox.agent';
import { runnerConfig } from './runner';
import { runnerSettings } from './settings';

serveTwin(runnerConfig, fox, { settings: runnerSettings });
