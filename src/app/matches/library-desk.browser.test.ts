import { openDB } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import { personSeat } from '../../contract';
import { noteLeftMatch } from '../../storage/left-matches';
import { PageStorage } from '../../storage/page-storage';
import { newRunId } from '../../storage/run-id';
import { visitorPlayer } from '../../storage/standing';
import { simulatedGame } from '../games/simulated-game';
import { LibraryDesk } from './library-desk';
import { MatchChoice } from './match-choice';

const databases: string[] = [];
afterEach(() => {
  for (const name of databases.splice(0)) indexedDB.deleteDatabase(name);
  sessionStorage.clear();
});

/** A desk over a database of its own. */
async function setUp() {
  const name = `library-desk-${newRunId()}`;
  databases.push(name);
  const choice = new MatchChoice();
  const failures: string[] = [];
  const entry = await simulatedGame('volley');
  let wake = () => {};
  const desk = new LibraryDesk({
    storage: new PageStorage({ name }),
    choice,
    instantStorage: sessionStorage,
    nowMs: () => performance.now(),
    changed: () => wake(),
    failed: (id) => failures.push(id),
  });
  /** Opens it, and waits until it was read. */
  const open = () => {
    const isRead = new Promise<void>((resolve) => {
      wake = resolve;
    });
    desk.open(entry);
    return isRead;
  };
  return { desk, name, choice, entry, failures, open };
}

describe('the library’s opening', () => {
  it('proposes the gentlest opponent once it is known who ships, and leaves a choice alone', async () => {
    const first = await setUp();
    await first.open();
    expect(first.choice.setup.seats).toEqual([personSeat, 'novice']);

    const second = await setUp();
    const isRead = second.open();
    const setup = { seats: ['bot-hawk', personSeat], seed: null, learns: false } as const;
    second.choice.choose(setup);
    await isRead;
    expect(second.choice.setup).toBe(setup);
    expect([...first.failures, ...second.failures]).toEqual([]);
  });

  it('counts what a page left that was closed while its match was being lost', async () => {
    const { desk, open } = await setUp();
    noteLeftMatch(
      sessionStorage,
      'volley',
      {
        keys: [visitorPlayer, 'novice'],
        score: 0,
        moves: [true, false],
      },
      { page: 'a page', asideAtMs: null },
    );
    await open();
    expect(desk.current?.visitor.matches).toBe(1);
  });

  it('tells of matches and agents that cannot be read', async () => {
    const { desk, failures, name, open } = await setUp();
    await open();
    desk.close();
    expect(failures).toEqual([]);
    const raw = await openDB(name);
    await raw.put('replays', 'nonsense', ['volley', 'a match']);
    await raw.put('agents', 'nonsense', ['volley', 'an agent']);
    raw.close();
    await open();
    expect(failures).toEqual(['matches-left-out']);
  });

  it('stays open where the same game goes on, and is nobody’s once it is closed', async () => {
    const { desk, entry, open } = await setUp();
    await open();
    const library = desk.current;
    desk.open(entry);
    expect(desk.current).toBe(library);
    expect(desk.isOf(entry)).toBe(true);
    desk.close();
    expect(desk.current).toBeNull();
    expect(desk.isOf(entry)).toBe(false);
  });
});
