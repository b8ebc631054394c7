import type { GameRules } from '../../contract';
import { volleyPresets } from './presets';
import { volley } from './simulation';

export const volleyRules: GameRules = { simulation: volley, presets: volleyPresets };
