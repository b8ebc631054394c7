import * as v from 'valibot';
import { type Checked, checkedEntries } from './checked';
import type { Database } from './database';
import { bytesSchema, finite } from './entry-parts';
import { gameEntries } from './game-entries';

export const agentSchema = v.object({
  id: v.string(),
  name: v.string(),
  /** Earlier versions kept the sentence that they showed; empty since. */
  summary: v.fallback(v.string(), ''),
  /** Where it came from; left out by earlier versions. */
  origin: v.optional(v.object({ fileName: v.string(), version: finite, decisions: finite })),
  /** Milliseconds since 1970. */
  addedAtMs: finite,
  /** A policy file. */
  bytes: bytesSchema,
});

/** An agent from a file of the person's. */
export type KeptAgent = Readonly<v.InferOutput<typeof agentSchema>>;

/** Agents from files, a game apart: as many as a person likes. Every method throws `StorageError`. */
export class Agents {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** A game's agents, the newest first. */
  async list(game: string): Promise<Checked<readonly KeptAgent[]>> {
    const entries = await gameEntries(this.database, 'the imported agents', 'agents', game);
    const { value, problems } = checkedEntries(agentSchema, entries, 'agents');
    return { value: [...value].sort((a, b) => b.addedAtMs - a.addedAtMs), problems };
  }

  /** Keeps an agent; one with the same id is replaced. */
  async save(game: string, agent: KeptAgent): Promise<void> {
    await this.database.write('the imported agent', ['agents'], (transaction) =>
      transaction.objectStore('agents').put(agent, [game, agent.id]),
    );
  }

  async remove(game: string, id: string): Promise<void> {
    await this.database.write('the imported agent', ['agents'], (transaction) =>
      transaction.objectStore('agents').delete([game, id]),
    );
  }
}
