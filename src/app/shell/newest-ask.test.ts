import { describe, expect, it } from 'vitest';
import { NewestAsk } from './newest-ask';

describe('of two asks', () => {
  it('the later one holds, whichever is answered first', () => {
    const asks = new NewestAsk();
    const first = asks.ask();
    expect(first()).toBe(true);
    const second = asks.ask();
    expect([first(), second()]).toEqual([false, true]);
  });

  it('none holds once they are withdrawn, and one that comes after that does', () => {
    const asks = new NewestAsk();
    const before = asks.ask();
    asks.withdraw();
    const after = asks.ask();
    expect([before(), after()]).toEqual([false, true]);
  });
});
