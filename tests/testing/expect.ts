import { expect as usual } from '@playwright/test';

/** Half the time between two looks is what a test waits for nothing; by itself Playwright comes to look once a second. */
const intervals = [50, 100];

/** Playwright's, but that `poll` keeps looking often. */
export const expect: typeof usual = new Proxy(usual, {
  get(target, name, receiver) {
    return name === 'poll' ? poll : Reflect.get(target, name, receiver);
  },
});

const poll: typeof usual.poll = (actual, messageOrOptions) => {
  const options = typeof messageOrOptions === 'string' ? { message: messageOrOptions } : messageOrOptions;
  return usual.poll(actual, { intervals, ...options });
};
