import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type TurnKind, Turns } from './turns';

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
});

it('that give way are given up, under way or waiting, when another overtakes, and fail no more', async () => {
  const log: string[] = [];
  const turns = new Turns(() => log.push('failed'));
  const [slow, between, urgent] = [task(log, 'slow'), task(log, 'between'), task(log, 'urgent')];
  turns.add(slow.turn, 'givingWay');
  turns.add(between.turn);
  turns.add(urgent.turn, 'overtaking');
  expect(log).toEqual(['slow begins', 'between begins']);
  between.end();
  await settled();
  slow.end(new Error('Too late to matter.'));
  urgent.end();
  await settled();
  expect(log).toEqual(['slow begins', 'between begins', 'between ends', 'urgent begins', 'urgent ends']);
});

it('that do not give way are waited for by whoever overtakes', async () => {
  const log: string[] = [];
  const turns = new Turns(() => log.push('failed'));
  const [first, fetching, urgent] = [task(log, 'first'), task(log, 'fetching'), task(log, 'urgent')];
  turns.add(first.turn);
  turns.add(fetching.turn, 'givingWay');
  turns.add(urgent.turn, 'overtaking');
  first.end();
  urgent.end();
  await settled();
  expect(log).toEqual(['first begins', 'first ends', 'urgent begins', 'urgent ends']);
});

it('are each done once and never two at a time, but for those that gave way to one behind them', async () => {
  const kinds = fc.array(fc.constantFrom<TurnKind[]>('inTurn', 'overtaking', 'givingWay'));
  await fc.assert(
    fc.asyncProperty(kinds, fc.array(fc.boolean()), async (asked, failing) => {
      const turns = new Turns(() => {});
      const finished: number[] = [];
      let working = 0;
      let mostAtOnce = 0;
      asked.forEach((kind, index) => {
        turns.add(async (signal) => {
          working += 1;
          mostAtOnce = Math.max(mostAtOnce, working);
          signal.addEventListener('abort', () => (working -= 1));
          await Promise.resolve();
          if (signal.aborted) return;
          working -= 1;
          finished.push(index);
          if (failing[index] === true) throw new Error('It broke.');
        }, kind);
      });
      await settled();
      const staying = asked.flatMap((kind, index) => {
        const isOvertaken = asked.slice(index + 1).some((later) => later !== 'inTurn');
        return kind === 'givingWay' && isOvertaken ? [] : [index];
      });
      expect(finished).toEqual(staying);
      expect(mostAtOnce).toBeLessThanOrEqual(1);
    }),
  );
});
