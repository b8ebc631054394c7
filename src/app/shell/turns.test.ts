import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Turns } from './turns';

/** A task that a test ends by hand. */
function task(log: string[], name: string) {
  let end: (error?: Error) => void = () => {};
  const ended = new Promise<void>((resolve, reject) => {
    end = (error) => (error === undefined ? resolve() : reject(error));
  });
  const turn = async (signal: AbortSignal) => {
    log.push(`${name} begins`);
    await ended;
    log.push(`${name} ${signal.aborted ? 'gives up' : 'ends'}`);
  };
  return { turn, end: (error?: Error) => end(error) };
}
const settled = () => new Promise<void>((resolve) => setTimeout(resolve));

it('come one after the other, also after one that fails', async () => {
  const log: string[] = [];
  const failures: unknown[] = [];
  const turns = new Turns((error) => failures.push(error));
  const [first, second] = [task(log, 'first'), task(log, 'second')];
  turns.add(first.turn);
  turns.add(second.turn);
  expect(log).toEqual(['first begins']);
  first.end(new Error('It broke.'));
  await settled();
  expect(log).toEqual(['first begins', 'second begins']);
  expect(failures).toHaveLength(1);
  second.end();
  await settled();
  expect(turns.isBusy).toBe(false);
});

it('are given up, those that wait too, when another overtakes', async () => {
  const log: string[] = [];
  const turns = new Turns(() => log.push('failed'));
  const [slow, waiting, urgent] = [task(log, 'slow'), task(log, 'waiting'), task(log, 'urgent')];
  turns.add(slow.turn);
  turns.add(waiting.turn);
  turns.overtake(urgent.turn);
  expect(log).toEqual(['slow begins', 'urgent begins']);
  urgent.end();
  await settled();
  slow.end(new Error('Too late to matter.'));
  await settled();
  expect(log).toEqual(['slow begins', 'urgent begins', 'urgent ends']);
});

it('end with the last of them done, whatever was added, failed and overtaken', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom('add', 'fail', 'overtake')), async (kinds) => {
      const turns = new Turns(() => {});
      let last = -1;
      kinds.forEach((kind, index) => {
        const turn = async (signal: AbortSignal) => {
          await Promise.resolve();
          if (kind === 'fail') throw new Error('It broke.');
          if (!signal.aborted) last = index;
        };
        if (kind === 'overtake') turns.overtake(turn);
        else turns.add(turn);
      });
      await settled();
      expect(turns.isBusy).toBe(false);
      expect(last).toBe(kinds.findLastIndex((kind) => kind !== 'fail'));
    }),
  );
});
