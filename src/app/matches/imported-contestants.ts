import { decodePolicy, encodePolicy } from '../../agent/policy-file';
import type { EnvironmentSpec } from '../../contract';
import { hashBytes, hashText } from '../../game/engine/state-hash';
import type { Agents, KeptAgent } from '../../storage/agents';
import type { StorageProblem } from '../../storage/checked';
import { contestantTexts } from '../../texts/contestants';
import { formatCount } from '../../ui/kit/format';
import type { PlayerSource } from '../../workers/player-source';
import type { Group, Unrated } from './group';

/** The agents that a person brought to one game from files. */
export class ImportedContestants implements Group {
  private readonly agents: Agents;
  private readonly spec: EnvironmentSpec;
  private kept: readonly KeptAgent[] = [];
  /** Those that could not be read, as of the last time. */
  problems: readonly StorageProblem[] = [];

  constructor(agents: Agents, spec: EnvironmentSpec) {
    this.agents = agents;
    this.spec = spec;
  }

  /** Reads who is kept; nobody where storage is closed. */
  async load(): Promise<void> {
    const closed = { value: [], problems: [] };
    const { value, problems } = await this.agents.list(this.spec.game).catch(() => closed);
    this.kept = value;
    this.problems = problems;
  }

  list(): readonly Unrated[] {
    return this.kept.map((agent) => ({
      id: agent.id,
      name: agent.name,
      kind: 'imported',
      summary: summaryOf(agent),
    }));
  }

  knows(id: string): boolean {
    return this.kept.some((agent) => agent.id === id);
  }

  async source(id: string): Promise<PlayerSource | null> {
    const agent = this.kept.find((each) => each.id === id);
    return agent === undefined ? null : { kind: 'policy', id, name: agent.name, bytes: agent.bytes };
  }

  /**
   * Takes an agent in from a file: a policy alone, or a whole training state.
   *
   * @returns what it is called. @throws PlaytrainError `bad-file` where it is of another game, other spaces or another
   * version; `storage-failed`. Nothing has changed then.
   */
  async add(
    fileName: string,
    bytes: Uint8Array<ArrayBuffer>,
  ): Promise<{ readonly id: string; readonly name: string }> {
    const policy = decodePolicy(bytes, this.spec);
    const base = fileName.replace(/\.[^.]*$/, '');
    const name = policy.name === '' ? base : policy.name;
    const file = encodePolicy({ ...policy, name });
    const id = `imported-${hashText(hashBytes(file))}`;
    const { version, decisions } = policy;
    const origin = { fileName, version, decisions };
    const { game } = this.spec;
    await this.agents.save(game, { id, name, summary: '', origin, addedAtMs: Date.now(), bytes: file });
    this.kept = (await this.agents.list(game)).value;
    return { id, name };
  }
}

/** Where an agent came from; earlier versions of the page kept a sentence in place of that. */
function summaryOf({ summary, origin }: KeptAgent): string {
  if (origin === undefined) return summary;
  return contestantTexts.importedSummary(origin.fileName, origin.version, formatCount(origin.decisions));
}
