import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Wish } from './wish';

it('holds the newest wish that was not refused, whatever is asked for before it is answered', () => {
  // Wishes are numbers; the workers refuse odd ones. They answer in order, each after any number of further wishes.
  const step = fc.oneof(fc.record({ ask: fc.nat({ max: 9 }) }), fc.constant('answer' as const));
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const wish = new Wish(0);
      const unanswered: { number: number; value: number }[] = [];
      let held = 0;
      const answer = () => {
        const asked = unanswered.shift();
        if (asked === undefined) return;
        if (asked.value % 2 === 1) {
          wish.refuse(asked.number);
          return;
        }
        held = asked.value;
        wish.accept(asked.number, asked.value);
      };
      for (const each of steps) {
        if (each === 'answer') answer();
        else unanswered.push({ number: wish.ask(each.ask), value: each.ask });
        expect(wish.asked).toBe(unanswered.at(-1)?.value ?? held);
        expect(wish.isAccepted).toBe(unanswered.length === 0);
      }
      while (unanswered.length > 0) answer();
      expect(wish.asked).toBe(held);
    }),
  );
});

it('becomes what a moment’s name stood for, even where the same is asked for twice', () => {
  const wish = new Wish('nothing');
  const first = wish.ask('the newest');
  const second = wish.ask('the newest');
  wish.accept(first, 'policy 3');
  expect(wish.asked).toBe('the newest');
  wish.accept(second, 'policy 4');
  expect(wish.asked).toBe('policy 4');
});

it('says whether there was something to fall back to', () => {
  const wish = new Wish('first');
  expect(wish.refuse(wish.ask('second'))).toBe(true);
  expect(wish.asked).toBe('first');
});

it('has nothing to fall back to where what is held is refused', () => {
  const wish = new Wish('first');
  expect(wish.refuse(wish.number)).toBe(false);
  expect(wish.asked).toBe('first');
});
