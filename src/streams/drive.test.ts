import { Observable, Subject, Subscription } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import type { DecisionBatch } from '../contract';
import { type Drivable, questions$ } from './drive';

/** Stands for a question in marbles; the stream never looks inside. */
const question = { number: 0 } as DecisionBatch;

/** Asks at each moment whose time is a multiple of `everyMs`. */
function asking(everyMs: number): Drivable {
  const at = (nowMs: number) => (nowMs % everyMs === 0 ? question : null);
  return { frame: at, wake: at, answer: (_batch, nowMs) => at(nowMs) };
}

const marbles = (body: Parameters<TestScheduler['run']>[0]) =>
  new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(body);

describe('questions$', () => {
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
      expectObservable(questions$(asking(10), inputs)).toBe('qq---q--|', { q: question });
    });
  });

  it('never speaks when nothing happens, and ends when all inputs have ended', () => {
    marbles(({ cold, expectObservable }) => {
      const never = { frames$: cold<number>('-'), wakes$: cold<number>('-'), answers$: cold<never>('-') };
      expectObservable(questions$(asking(1), never)).toBe('-');
      const empty = { frames$: cold<number>('|'), wakes$: cold<number>('|'), answers$: cold<never>('|') };
      expectObservable(questions$(asking(1), empty)).toBe('|');
    });
  });

  it('passes an input’s error on', () => {
    marbles(({ cold, expectObservable }) => {
      const inputs = { frames$: cold<number>('-#'), wakes$: cold<number>('-'), answers$: cold<never>('-') };
      expectObservable(questions$(asking(1), inputs)).toBe('-#');
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
      questions$(asking(1), {
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
