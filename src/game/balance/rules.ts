import type { GameRules } from '../../contract';
import { balancePresets } from './presets';
import { balance } from './simulation';

export const balanceRules: GameRules = { simulation: balance, presets: balancePresets };
