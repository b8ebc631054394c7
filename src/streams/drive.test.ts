import { Observable, Subject, Subscription } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import { type ArenaFault, type DecisionBatch, PlaytrainError } from '../contract';
import { type Drivable, type DriveEvent, drive$ } from './drive';

/** Stands for a question in marbles; the stream never looks inside. */
const question = { number: 0 } as DecisionBatch;
const asked: DriveEvent = { kind: 'question', question };

/** Asks at each moment whose time is a multiple of `everyMs`. */
function asking(everyMs: number): Drivable {
  const at = (nowMs: number) => (nowMs % everyMs === 0 ? question : null);
  return { frame: at, wake: at, answer: (_batch, nowMs) => at(nowMs), takeFaults: () => [] };
}

const marbles = (body: Parameters<TestScheduler['run']>[0]) =>
  new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(body);

describe('drive$', () => {
  it('sends what frames, wakes and answers raise, in their order, and nothing for the rest', () => {
    marbles(({ hot, expectObservable }) => {
      const inputs = {
        frames$: hot<number>('  a--b----|', { a: 0, b: 3 }),
        wakes$: hot<number>('   -a--b---|', { a: 10, b: 4 }),
        answers$: hot('         --a--b--|', {
          a: { batch: question, nowMs: 7 },
          b: { batch: question, nowMs: 20 },
        }),
      };
      expectObservable(drive$(asking(10), inputs)).toBe('qq---q--|', { q: asked });
    });
  });

  it('never speaks when nothing happens, and ends when all inputs have ended', () => {
    marbles(({ cold, expectObservable }) => {
      const never = { frames$: cold<number>('-'), wakes$: cold<number>('-'), answers$: cold<never>('-') };
      expectObservable(drive$(asking(1), never)).toBe('-');
      const empty = { frames$: cold<number>('|'), wakes$: cold<number>('|'), answers$: cold<never>('|') };
      expectObservable(drive$(asking(1), empty)).toBe('|');
    });
  });

  it('tells what went wrong in an arena, and goes on', () => {
    marbles(({ hot, expectObservable }) => {
      const fault: ArenaFault = { arena: 3, kind: 'threw', message: 'Arena 3 went wrong.' };
      let faults: readonly ArenaFault[] = [fault];
      const driver: Drivable = {
        ...asking(1),
        takeFaults() {
          const taken = faults;
          faults = [];
          return taken;
        },
      };
      const inputs = {
        frames$: hot<number>('-a----b-|', { a: 1, b: 2 }),
        wakes$: hot<number>('|'),
        answers$: hot<never>('|'),
      };
      const values = { q: asked, f: { kind: 'fault', fault } };
      expectObservable(drive$(driver, inputs)).toBe('-(fq)-q-|', values);
    });
  });

  it('says that the game stopped where it throws, moves it no more, and ends', () => {
    const frames$ = new Subject<number>();
    const moments: number[] = [];
    const driver: Drivable = {
      ...asking(1),
      frame(nowMs) {
        moments.push(nowMs);
        if (nowMs === 2) throw new Error('no such key: 1000');
        return question;
      },
    };
    const events: DriveEvent[] = [];
    let ended = false;
    drive$(driver, { frames$, wakes$: new Subject<number>(), answers$: new Subject<never>() }).subscribe({
      next: (event) => events.push(event),
      complete: () => {
        ended = true;
      },
    });
    for (const nowMs of [1, 2, 3]) frames$.next(nowMs);
    expect(moments).toEqual([1, 2]);
    expect(ended).toBe(true);
    expect(events.map(({ kind }) => kind)).toEqual(['question', 'stopped']);
    const [, last] = events;
    if (last?.kind !== 'stopped') throw new Error('It did not stop.');
    expect(last.error).toBeInstanceOf(PlaytrainError);
    expect(last.error.message).toContain('(no such key: 1000); restart the run');
  });

  it('passes an input’s error on', () => {
    marbles(({ cold, expectObservable }) => {
      const inputs = { frames$: cold<number>('-#'), wakes$: cold<number>('-'), answers$: cold<never>('-') };
      expectObservable(drive$(asking(1), inputs)).toBe('-#');
    });
  });

  it('lets go of every input when it is unsubscribed', () => {
    let open = 0;
    const counted = new Observable<number>(() => {
      open += 1;
      return () => {
        open -= 1;
      };
    });
    const subscription = new Subscription();
    subscription.add(
      drive$(asking(1), {
        frames$: counted,
        wakes$: counted,
        answers$: new Subject<never>(),
      }).subscribe(),
    );
    expect(open).toBe(2);
    subscription.unsubscribe();
    expect(open).toBe(0);
  });
});
