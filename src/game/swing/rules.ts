import type { GameRules } from '../../contract';
import { swingPresets } from './presets';
import { swing } from './simulation';

export const swingRules: GameRules = { simulation: swing, presets: swingPresets };
