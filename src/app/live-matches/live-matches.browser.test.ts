import { afterEach, describe, expect, it } from 'vitest';
import type { EpisodeEnding } from '../../contract';
import { PageStorage } from '../../storage/page-storage';
import { visitorPlayer } from '../../storage/standing';
import { openPage } from '../testing/open-page';
import { LiveMatches } from './live-matches';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A round of Duel that one side has won: hit, caught, danger of the left one, then of the right one. */
const wonBy = (side: 0 | 1): EpisodeEnding => ({
  arena: 0,
  terminated: true,
  truncated: false,
  lengthTicks: 100,
  rewardTerms: side === 0 ? [1, 0, 0, -1, 0, 0] : [-1, 0, 0, 1, 0, 0],
});

async function opened(name: string) {
  const storage = new PageStorage({ name });
  const page = await openPage(name, storage, 'duel');
  const { store, desk, board } = page;
  const matches = new LiveMatches({ store, board, storage, desk });
  ends.push(
    () => matches.dispose(),
    () => desk.dispose(),
  );
  await page.visit();
  const shown = () => store.state.liveMatch;
  await expect.poll(shown).not.toBeNull();
  const { entry } = desk.session!.run;
  if (entry.kind !== 'live') throw new Error('Duel is a live game.');
  const signal = new AbortController().signal;
  const { liveRival, liveSide, beginLiveMatch, leaveLiveMatch } = matches.intents;
  return {
    store,
    desk,
    storage,
    shown,
    visible: entry.visible,
    meet: (rival: string) => liveRival.act({ kind: 'liveRival', rival }, signal),
    sit: (side: 0 | 1) => liveSide.act({ kind: 'liveSide', side }, signal),
    begin: () => beginLiveMatch.act({ kind: 'beginLiveMatch' }, signal),
    leave: () => leaveLiveMatch.act({ kind: 'leaveLiveMatch' }, signal),
  };
}

describe('a match in a live game for two', () => {
  it('is over with the fifth round won, gives the game back, and moves the person’s rating', async () => {
    const { store, shown, visible, meet, begin } = await opened('live-match-won');
    expect(shown()?.rivals.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['training', 'bot-easy', 'bot-middle', 'bot-hard', 'generation-1']),
    );
    await meet('bot-middle');
    await begin();
    expect(store.state.focusPlayer).toBe('person');
    visible.listener.ended([wonBy(0), wonBy(1), wonBy(0), wonBy(0), wonBy(0)]);
    expect(shown()).toMatchObject({ isPlayed: true, score: [4, 1], winner: null });
    visible.listener.ended([wonBy(0), wonBy(1)]);
    await expect.poll(() => shown()?.moved).toBeGreaterThan(0);
    expect(shown()).toMatchObject({ isPlayed: false, score: [5, 1], winner: 0, visitor: { matches: 1 } });
    expect(shown()?.visitor.against['bot-middle']).toEqual({ won: 1, lost: 0 });
    expect(store.state.focusPlayer).toBe('newest');
    await expect.poll(() => store.state.notices.map(({ id }) => id)).toEqual(['news-liveMatch']);
  });

  it('is a person’s on the right as well, whose rounds come first in any case', async () => {
    const { shown, visible, meet, sit, begin } = await opened('live-match-right');
    await meet('bot-easy');
    await sit(1);
    await begin();
    visible.listener.ended([wonBy(1), wonBy(1), wonBy(0)]);
    expect(shown()).toMatchObject({ side: 1, score: [2, 1] });
    // Nobody changes sides in the middle of a match.
    await sit(0);
    expect(shown()?.side).toBe(1);
  });

  it('that is left behind is lost, and one against the agent in training is not rated', async () => {
    const { store, shown, visible, meet, begin, leave } = await opened('live-match-left');
    await meet('generation-1');
    await begin();
    visible.listener.ended([wonBy(1)]);
    // By the key that gives the game back.
    store.patchRun(store.state.front, { focusPlayer: 'newest' });
    await expect.poll(() => shown()?.visitor.matches).toBe(1);
    expect(shown()).toMatchObject({ isPlayed: false, winner: 1 });
    await meet('training');
    await begin();
    visible.listener.ended([wonBy(1)]);
    await leave();
    expect(shown()).toMatchObject({ isPlayed: false, winner: 1, moved: null, visitor: { matches: 1 } });
  });

  it.each(['bot-hard', 'generation-3'])(
    'is played by %s on the right, while the left waits for keys',
    async (rival) => {
      const { visible, meet, begin } = await opened(`live-match-${rival}`);
      await meet(rival);
      await begin();
      const scene = visible.game.scene.getScene(visible.definition.scene) as unknown as {
        readonly wizards: readonly { readonly body: { readonly velocity: { length(): number } } }[];
      };
      const speed = (side: 0 | 1) => scene.wizards[side]!.body.velocity.length();
      await expect.poll(() => speed(1), { timeout: 10_000, interval: 10 }).toBeGreaterThan(0);
      expect(speed(0)).toBe(0);
    },
  );

  it('can be begun in the run that came last, though an older one’s match is over after that came', async () => {
    const { store, desk, storage, shown, visible, meet, begin } = await opened('live-match-older');
    await meet('bot-easy');
    await begin();
    visible.listener.ended([wonBy(1)]);
    const { ratings } = storage;
    const change = ratings.change.bind(ratings);
    let keep = () => {};
    const isKept = new Promise<void>((resolve) => (keep = resolve));
    ratings.change = async (...asked) => {
      await isKept;
      return change(...asked);
    };
    await desk.restart();
    const before = shown();
    await desk.restart();
    await expect.poll(() => shown() !== before && shown()?.rivals.length).toBeGreaterThan(0);
    keep();
    const isCounted = async () => (await ratings.load('duel')).value[visitorPlayer]?.matches;
    await expect.poll(isCounted).toBe(1);
    expect(shown()?.moved).toBeNull();
    await begin();
    expect(shown()?.isPlayed).toBe(true);
    expect(store.state.focusPlayer).toBe('person');
  });

  it('is not begun in a run that came while it was fetched', async () => {
    const { store, desk, shown, meet, begin } = await opened('live-match-fetched');
    const fetchNow = globalThis.fetch;
    ends.push(() => {
      globalThis.fetch = fetchNow;
    });
    let comes = () => {};
    const isThere = new Promise<void>((resolve) => (comes = resolve));
    globalThis.fetch = async (...asked) => {
      await isThere;
      return fetchNow(...asked);
    };
    await meet('generation-2');
    const begun = begin();
    const before = shown();
    await desk.restart();
    await expect.poll(() => shown() !== before).toBe(true);
    comes();
    await begun;
    expect(shown()?.isPlayed).toBe(false);
    expect(store.state.focusPlayer).toBe('newest');
  });
});
