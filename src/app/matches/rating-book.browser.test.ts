import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PlaytrainError } from '../../contract';
import { PageStorage } from '../../storage/page-storage';
import { newRunId } from '../../storage/run-id';
import { visitorPlayer } from '../../storage/standing';
import { fullAfter } from '../../storage/test-data';
import { type MeasuredTable, RatingBook } from './rating-book';

const table: MeasuredTable = {
  standings: { novice: { rating: 500, matches: 1800 }, regular: { rating: 850, matches: 1800 } },
  gentlest: 500,
};
const won = { keys: [visitorPlayer, 'novice'], score: 1, moves: [true, true] } as const;

let storage: PageStorage;
let name: string;
let told: PlaytrainError[];
const book = () => new RatingBook(storage.ratings, 'volley', table, (failure) => told.push(failure));

beforeEach(() => {
  name = `test-${newRunId()}`;
  storage = new PageStorage({ name });
  told = [];
});
afterEach(async () => {
  await storage.close();
  await deleteDB(name);
});

describe('the book of ratings', () => {
  it('has a visitor begin beside the gentlest opponent, and tells how far a match moved whom', async () => {
    const ratings = book();
    await ratings.load();
    expect(ratings.of(visitorPlayer)).toBeNull();
    expect(ratings.expected(visitorPlayer)).toEqual({ rating: 500, matches: 0 });
    const moves = await ratings.add(won);
    const results = { streak: 1, against: { novice: { won: 1, lost: 0 } } };
    const after = { rating: 700, matches: 1, results };
    expect(moves).toEqual({ [visitorPlayer]: { before: { rating: 500, matches: 0 }, after } });
    expect(ratings.of(visitorPlayer)).toEqual(after);
    const later = book();
    await later.load();
    expect(later.of(visitorPlayer)).toEqual(after);
    await later.forget((key) => key === visitorPlayer);
    expect(later.expected(visitorPlayer)).toEqual({ rating: 500, matches: 0 });
  });

  it('goes on from what another page has counted meanwhile', async () => {
    const [here, there] = [book(), book()];
    await here.load();
    await there.load();
    const first = await here.add(won);
    const second = await there.add(won);
    expect(second[visitorPlayer]?.before).toEqual(first[visitorPlayer]?.after);
    const later = book();
    await later.load();
    expect(later.of(visitorPlayer)?.matches).toBe(2);
  });

  it('keeps nothing of the measured table, which holds whatever was kept before', async () => {
    await storage.ratings.change('volley', () => ({ novice: { rating: 9, matches: 1 } }));
    const ratings = book();
    await ratings.load();
    expect(ratings.of('novice')).toEqual(table.standings['novice']);
    expect(ratings.isMeasured('novice')).toBe(true);
    expect(ratings.isMeasured(visitorPlayer)).toBe(false);
    expect(await ratings.add({ keys: ['novice', 'regular'], score: 1, moves: [true, true] })).toEqual({});
  });

  it('counts on where storage is full, and says so once', async () => {
    const emptied = fullAfter(0);
    const ratings = book();
    await ratings.load();
    await ratings.add(won);
    await ratings.add(won);
    emptied();
    expect(ratings.of(visitorPlayer)?.matches).toBe(2);
    expect(told.map(({ code }) => code)).toEqual(['storage-failed']);
  });
});
