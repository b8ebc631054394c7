import * as v from 'valibot';
import { type Checked, checkedEntries } from './checked';
import type { Database } from './database';
import { finite, whole } from './entry-parts';
import { gameEntries } from './game-entries';

export const replaySchema = v.object({
  id: v.string(),
  /** The match's file. */
  text: v.string(),
  names: v.pipe(v.tuple([v.string(), v.string()]), v.readonly()),
  score: v.pipe(v.tuple([whole, whole]), v.readonly()),
  /** Milliseconds since 1970. */
  playedAtMs: finite,
});

/** A kept match: its file's text, and what is shown of it without reading that. */
export type KeptReplay = Readonly<v.InferOutput<typeof replaySchema>>;

/** Matches that a person kept, a game apart: as many as they like. Every method throws `StorageError`. */
export class Replays {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** A game's kept matches, the newest first. */
  async list(game: string): Promise<Checked<readonly KeptReplay[]>> {
    const entries = await gameEntries(this.database, 'the matches', 'replays', game);
    const { value, problems } = checkedEntries(replaySchema, entries, 'replays');
    return { value: [...value].sort((a, b) => b.playedAtMs - a.playedAtMs), problems };
  }

  /** Keeps a match; one with the same id is replaced. */
  async save(game: string, replay: KeptReplay): Promise<void> {
    await this.database.write('the match', ['replays'], (transaction) =>
      transaction.objectStore('replays').put(replay, [game, replay.id]),
    );
  }

  async remove(game: string, id: string): Promise<void> {
    await this.database.write('the match', ['replays'], (transaction) =>
      transaction.objectStore('replays').delete([game, id]),
    );
  }
}
