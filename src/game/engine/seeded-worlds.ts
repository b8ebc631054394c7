import type { EnvironmentSpec, ScriptedPlayer, Simulation } from '../../contract';
import { stream } from '../../random/stream';
import type { Worlds } from './arena-environment';
import { environmentSpec } from './vector-environment';

/** Arenas whose episodes begin from a seed: the same seed and the same actions come to the same, whoever watches. */
export interface SeededWorlds extends Worlds {
  readonly spec: EnvironmentSpec;
  readonly arenas: number;
  /** To be met there. */
  readonly scripted: readonly ScriptedPlayer[];
  /** Begins an episode in each arena. */
  beginFrom(seed: number): void;
}

/** One arena of a simulation. */
export class SeededSimulation implements SeededWorlds {
  readonly spec: EnvironmentSpec;
  readonly arenas = 1;
  readonly scripted: readonly ScriptedPlayer[];
  /** After the last tick, and after the one before. */
  readonly state: Float64Array; // [stateSize]
  readonly previousState: Float64Array; // [stateSize]
  private readonly simulation: Simulation;
  private random = stream({ seed: 0, purpose: 'worlds' });

  constructor(simulation: Simulation) {
    this.simulation = simulation;
    this.spec = environmentSpec(simulation);
    this.scripted = simulation.scriptedPlayers ?? [];
    this.state = new Float64Array(simulation.stateSize);
    this.previousState = new Float64Array(simulation.stateSize);
    this.begin();
  }

  beginFrom(seed: number): void {
    this.random = stream({ seed, purpose: 'worlds' });
    this.begin();
  }

  begin(): void {
    this.simulation.reset(this.state, this.random);
    this.previousState.set(this.state);
  }

  step(_arena: number, actions: Float32Array, rewardTerms: Float64Array): boolean {
    this.previousState.set(this.state);
    return this.simulation.step(this.state, actions, rewardTerms);
  }

  observe(_arena: number, observations: Float32Array): void {
    this.simulation.observe(this.state, observations);
  }

  mask(_arena: number, masks: Uint8Array): void {
    this.simulation.mask?.(this.state, masks);
  }
}
