import { expose } from 'comlink';
import { serveLiveness } from '../serve-liveness';

/** A worker that can be made to compute for ever, or to end. */
const service = {
  ...serveLiveness(),
  loop() {
    for (;;);
  },
  end() {
    self.close();
  },
};

export type LoopingService = typeof service;

expose(service);
