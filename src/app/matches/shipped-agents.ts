import { loadModule, PlaytrainError } from '../../contract';
import { type Ladder, readLadder } from '../../match/ladder';
import { contestantTexts } from '../../texts/contestants';

/** Files by their path under this folder; fetched when they are asked for. */
const ladders = import.meta.glob<unknown>('../../../assets/agents/*/ladder.json', { import: 'default' });
const policies = import.meta.glob<string>('../../../assets/agents/*/*.safetensors', {
  query: '?url&no-inline',
  import: 'default',
  eager: true,
});

/** Of a file of some 50 kB: a connection that takes longer has broken off. */
const longestFetchMs = 20_000;

/** The measured table of those that ship for a game; null where none do. @throws PlaytrainError `bad-file`, `not-loaded`. */
export async function shippedLadder(game: string): Promise<Ladder | null> {
  const fetchLadder = ladders[`../../../assets/agents/${game}/ladder.json`];
  return fetchLadder === undefined ? null : readLadder(await loadModule('The ladder of agents', fetchLadder));
}

/** Fetches a shipped agent's policy file. @throws PlaytrainError `bad-file` where it does not come. */
export async function shippedPolicy(game: string, file: string): Promise<Uint8Array<ArrayBuffer>> {
  const url = policies[`../../../assets/agents/${game}/${file}`];
  const refuse = (cause?: unknown) =>
    new PlaytrainError('bad-file', contestantTexts.notFetched(file), { cause });
  if (url === undefined) throw refuse();
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(longestFetchMs) });
    if (!response.ok) throw refuse();
    return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    throw cause instanceof PlaytrainError ? cause : refuse(cause);
  }
}
