import { trySharing } from '../../agent/sharing-trial';
import { serveLearner } from '../serve-learner';

const made: Worker[] = [];
const Made = self.Worker;
self.Worker = class extends Made {
  constructor(url: string | URL, options?: WorkerOptions) {
    super(url, options);
    made.push(this);
  }
};

/**
 * A learner on two cores for which it is decided, by its worker's name, whether threads prove quicker: `shared` or
 * `alone`; to one that is `losing`, its thread fails as soon as it is in use.
 */
serveLearner({
  place: {
    cores: () => 2,
    async trySharing(...trial) {
      const { aloneMs } = await trySharing(...trial);
      if (self.name === 'losing') setTimeout(() => made.at(-1)?.dispatchEvent(new ErrorEvent('error')));
      return { aloneMs, sharedMs: self.name === 'alone' ? aloneMs : aloneMs / 2 };
    },
  },
});
