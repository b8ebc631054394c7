import { describe, expect, it } from 'vitest';
import { PlaytrainError } from '../contract';
import { askedOnce } from './asked-once';

interface Checker {
  check(): Promise<number>;
}

const urlOf = (script: string) => URL.createObjectURL(new Blob([script]));
const running = (script: string) => (name: string) => new Worker(urlOf(script), { name });
/** @param patienceMs only where nothing is answered. */
const checked = (make: (name: string) => Worker, patienceMs?: number, ending = new AbortController()) =>
  askedOnce<Checker, number>(make, (service) => service.check(), ending.signal, patienceMs);

/** A worker that lives, in the words of Comlink. */
const living = (check: string) => `
  onmessage = async ({ data: { id, path } }) => {
    const asked = { ping: () => {}, holdsLock: () => false, check: () => { ${check} } }[path?.[0]];
    if (asked !== undefined) postMessage({ id, type: 'RAW', value: await asked() });
  };`;

describe('a worker that is asked once', () => {
  it('answers, however long it thinks, and is ended', async () => {
    const thinks = living('return new Promise((resolve) => setTimeout(resolve, 400, 7));');
    let worker: Worker | null = null;
    let isEnded = false;
    const answer = await checked((name) => {
      worker = running(thinks)(name);
      const terminate = worker.terminate.bind(worker);
      worker.terminate = () => {
        isEnded = true;
        terminate();
      };
      return worker;
    }, 200);
    expect([answer, isEnded]).toEqual([7, true]);
  });

  it('tells in a sentence that it does not come', async () => {
    const gone = urlOf('');
    URL.revokeObjectURL(gone);
    const asked = checked((name) => new Worker(gone, { name }));
    await expect(asked).rejects.toThrow(/could not be loaded; see that the file/);
    await expect(asked).rejects.toThrow(PlaytrainError);
  });

  it('tells in a sentence what stops it', async () => {
    const stops = "throw new Error('The level is mislaid.');";
    await expect(checked(running(stops))).rejects.toThrow(/stopped with an error: The level is mislaid\./);
  });

  it.each(['', 'close();'])('tells whoever waits that it does not answer: %j', async (silent) => {
    await expect(checked(running(silent), 200)).rejects.toThrow(/does not answer; see that its worker/);
  });

  it('waits no longer once it is ended from outside', async () => {
    const ending = new AbortController();
    const asked = checked(running(''), 60_000, ending);
    ending.abort();
    await expect(asked).rejects.toThrow(PlaytrainError);
  });
});
