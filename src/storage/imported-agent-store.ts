import { get, update } from 'idb-keyval';
import { notSaved } from './storage-error';

/** An agent from a file of the person's. */
export interface ImportedAgent {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  /** A policy file. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The newest agents of a game that are kept. */
const agentsKept = 20;
const keyOf = (game: string) => `playtrain/${game}/imported-agents`;

/** @returns a game's imported agents, the newest first; none where storage is closed. */
export async function loadImportedAgents(game: string): Promise<readonly ImportedAgent[]> {
  return (await get<readonly ImportedAgent[]>(keyOf(game)).catch(() => undefined)) ?? [];
}

/**
 * Keeps an agent; one with the same id is replaced, the oldest goes when there are too many.
 *
 * @returns all kept ones, the newest first, and the ids of those that went. @throws PlaytrainError `storage-failed`; those kept before are still there.
 */
export async function saveImportedAgent(
  game: string,
  agent: ImportedAgent,
): Promise<{ readonly agents: readonly ImportedAgent[]; readonly gone: readonly string[] }> {
  let agents: readonly ImportedAgent[] = [];
  let gone: readonly string[] = [];
  try {
    await update<readonly ImportedAgent[]>(keyOf(game), (before = []) => {
      const all = [agent, ...before.filter(({ id }) => id !== agent.id)];
      agents = all.slice(0, agentsKept);
      gone = all.slice(agentsKept).map(({ id }) => id);
      return agents;
    });
  } catch (cause) {
    throw notSaved('the imported agent', cause);
  }
  return { agents, gone };
}
