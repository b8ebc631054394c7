import type { Simulation } from '../contract';
import { balance } from './balance/simulation';
import { swing } from './swing/simulation';
import { volley } from './volley/simulation';

/** Every game’s rules without its scene: what a worker that plays headless loads, and nothing that draws. */
export const simulations: readonly Simulation[] = [balance, swing, volley];
