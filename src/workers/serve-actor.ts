import { expose } from 'comlink';
import type { Simulation } from '../contract';
import { ActorHost } from './actor-host';
import { holdLivenessLock } from './liveness-lock';
import type { ActorService, PageToActor, UpdateMessage } from './protocol';
import { findSimulation, type SimulationSource } from './simulation-source';

/**
 * Makes a worker an actor. Any game can be played in it; the scripted players of those that it knows can be met there too.
 */
export function serveActor(...known: readonly (Simulation | SimulationSource)[]): void {
  const livenessLock = holdLivenessLock();
  let host: ActorHost | null = null;
  const service: ActorService = {
    ping: () => livenessLock,
    async begin(start, pagePort, learnerPort) {
      const scripted = (await findSimulation(known, start.spec.game))?.scriptedPlayers ?? [];
      const begun = new ActorHost(start, pagePort, learnerPort, () => performance.now(), scripted);
      host = begun;
      pagePort.onmessage = ({ data }: MessageEvent<PageToActor>) => begun.question(data);
      learnerPort.onmessage = ({ data }: MessageEvent<UpdateMessage>) => begun.updated(data);
      begun.beat();
    },
    async setHyperparameters(hyperparameters) {
      await host?.setHyperparameters(hyperparameters);
    },
    async setLearning(on) {
      await host?.setLearning(on);
    },
    async setLockstep(on) {
      await host?.setLockstep(on);
    },
    async setFrozen(checkpoint) {
      await host?.setFrozen(checkpoint);
    },
  };
  expose(service);
}
