import { expose } from 'comlink';
import type { Simulation } from '../contract';
import type { ComparisonService } from './comparison-client';
import { ComparisonHost } from './comparison-host';
import { orRefusal } from './refusal';
import { serveLiveness } from './serve-liveness';
import type { SimulationSource } from './simulation-source';

/** Makes a worker one that trains runs, of the games that it knows, to be compared. */
export function serveComparison(...known: readonly (Simulation | SimulationSource)[]): void {
  const host = new ComparisonHost(known);
  const service: ComparisonService = {
    ...serveLiveness(),
    train: (run, onPoint) => orRefusal(() => host.train(run, onPoint)),
  };
  expose(service);
}
