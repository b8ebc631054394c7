import { type Checked, checkedEntry, type StorageProblem } from './checked';
import type { AnyTransaction, Database, WriteTransaction } from './database';
import { keyedEntries } from './keyed-entries';
import { generationOfPlayer, type KeptStanding, standingSchema } from './standing';

/** Of one game's players, by `visitorPlayer`, `generationPlayer`, or an id of their own. */
export type KeptStandings = Readonly<Record<string, KeptStanding>>;

/** Everybody's ratings, a game apart. Every method throws `StorageError`. */
export class Ratings {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  load(game: string): Promise<Checked<KeptStandings>> {
    return this.database.read('ratings', ['standings'], (transaction) => gameStandings(transaction, game));
  }

  /**
   * Changes a game's ratings in one step, so that pages that are open side by side lose none of each other's matches.
   * A player whom `change` leaves out is forgotten. A generation that is not kept any more gets no rating: its run may
   * have been deleted, or have gone back, while the match was played.
   *
   * @returns all of the game's ratings after it.
   */
  change(game: string, change: (before: KeptStandings) => KeptStandings): Promise<KeptStandings> {
    return this.database.write('ratings', ['standings', 'generations'], async (transaction) => {
      const { value: before } = await gameStandings(transaction, game);
      const after: Record<string, KeptStanding> = {};
      const store = transaction.objectStore('standings');
      for (const [player, standing] of Object.entries(change(before))) {
        if (!(await isThere(transaction, player))) continue;
        after[player] = standing;
        if (standing !== before[player]) await store.put(standing, [game, player]);
      }
      for (const player of Object.keys(before)) {
        if (after[player] === undefined) await store.delete([game, player]);
      }
      return after;
    });
  }
}

async function isThere(transaction: WriteTransaction, player: string): Promise<boolean> {
  const generation = generationOfPlayer(player);
  if (generation === null) return true;
  const { runId, version } = generation;
  return (await transaction.objectStore('generations').getKey([runId, version])) !== undefined;
}

async function gameStandings(transaction: AnyTransaction, game: string): Promise<Checked<KeptStandings>> {
  const problems: StorageProblem[] = [];
  const range = IDBKeyRange.bound([game], [game, []]);
  const standings: Record<string, KeptStanding> = {};
  for (const { key, entry } of await keyedEntries(transaction.objectStore('standings'), range)) {
    const standing = checkedEntry(standingSchema, entry, 'standings', key, problems);
    if (standing !== null) standings[key[1]] = standing;
  }
  return { value: standings, problems };
}
