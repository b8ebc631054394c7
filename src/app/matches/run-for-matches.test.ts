import { describe, expect, it } from 'vitest';
import { RunForMatches, type SessionForMatches } from './run-for-matches';

const session = (collectors: number, withoutCollectors = false): SessionForMatches => ({
  withoutCollectors,
  agent: { collectors },
});

/** A run with so many collectors, that is built anew as it is asked to be. */
function setUp(collectors: number) {
  const asked: boolean[] = [];
  const forMatch: boolean[] = [];
  let refusal: Error | null = null;
  const run = new RunForMatches<SessionForMatches>(async (withoutCollectors) => {
    asked.push(withoutCollectors);
    if (refusal !== null) throw refusal;
    forMatch.push(run.begun(session(withoutCollectors ? 0 : collectors, withoutCollectors)));
  });
  return { run, asked, forMatch, refuse: (error: Error) => (refusal = error) };
}

describe('the run beside matches', () => {
  it('loses its collectors for a match and gets them back, and the match is not told that its session is gone', async () => {
    const { run, asked, forMatch } = setUp(2);
    expect(run.begun(session(2))).toBe(false);
    await run.takeCollectors();
    expect(run.session?.agent.collectors).toBe(0);
    await run.giveCollectorsBack();
    expect(run.session?.agent.collectors).toBe(2);
    expect(asked).toEqual([true, false]);
    expect(forMatch).toEqual([true, true]);
    // By then another session is somebody else's doing again.
    expect(run.begun(session(2))).toBe(false);
  });

  it('is built anew only where that changes anything', async () => {
    const { run, asked } = setUp(2);
    await run.takeCollectors();
    run.begun(session(0));
    await run.takeCollectors();
    await run.giveCollectorsBack();
    expect(asked).toEqual([]);
  });

  it('is as it was where it cannot be built anew', async () => {
    const { run, refuse } = setUp(2);
    run.begun(session(2));
    refuse(new Error('no worker'));
    await expect(run.takeCollectors()).rejects.toThrow('no worker');
    expect(run.session?.agent.collectors).toBe(2);
    expect(run.begun(session(2))).toBe(false);
  });
});
