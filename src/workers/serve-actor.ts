import { expose } from 'comlink';
import type { Simulation } from '../contract';
import { ActorHost } from './actor-host';
import type { ActorService, PageToActor, UpdateMessage } from './protocol';
import { orRefusal } from './refusal';
import { serveLiveness } from './serve-liveness';
import { findSimulation, type SimulationSource } from './simulation-source';

/**
 * Makes a worker an actor. Any game can be played in it; the scripted players of those that it knows can be met there too.
 */
export function serveActor(...known: readonly (Simulation | SimulationSource)[]): void {
  let host: ActorHost | null = null;
  let stopBeating = () => {};
  const begun = (): ActorHost => {
    if (host === null) throw new Error('The actor has not begun.');
    return host;
  };
  const service: ActorService = {
    ...serveLiveness(),
    async begin(start, pagePort, learnerPort) {
      const scripted = (await findSimulation(known, start.spec.game))?.scriptedPlayers ?? [];
      const actor = new ActorHost(start, pagePort, learnerPort, () => performance.now(), scripted);
      host = actor;
      pagePort.onmessage = ({ data }: MessageEvent<PageToActor>) => actor.question(data);
      learnerPort.onmessage = ({ data }: MessageEvent<UpdateMessage>) => actor.updated(data);
      stopBeating = actor.beat();
    },
    async setHyperparameters(hyperparameters) {
      await begun().setHyperparameters(hyperparameters);
    },
    async setLearning(on) {
      await begun().setLearning(on);
    },
    async setLockstep(on) {
      await begun().setLockstep(on);
    },
    async setGathering(on, decisions) {
      begun().setGathering(on, decisions);
    },
    setFrozen: (choice) => orRefusal(() => begun().setFrozen(choice)),
    async setThinking(arena) {
      begun().setThinking(arena);
    },
    async setBeating(on) {
      stopBeating();
      stopBeating = on ? begun().beat() : () => {};
    },
  };
  expose(service);
}
