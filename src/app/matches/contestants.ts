import { decodePolicy, encodePolicy } from '../../agent/policy-file';
import {
  type Contestant,
  type EnvironmentSpec,
  generationId,
  generationOf,
  type PlayerLook,
  PlaytrainError,
  type Simulation,
  trainingId,
} from '../../contract';
import { hashBytes, hashText } from '../../game/engine/state-hash';
import { environmentSpec } from '../../game/engine/vector-environment';
import { startingRating } from '../../match/elo';
import type { Ladder, LadderAgent } from '../../match/ladder';
import type { Standing } from '../../match/standings';
import type { Agents, KeptAgent } from '../../storage/agents';
import type { StorageProblem } from '../../storage/checked';
import { generationPlayer } from '../../storage/standing';
import { styleSentences } from '../../texts/playing-style';
import { formatCount } from '../../ui/kit/format';
import type { PlayerSource } from '../../workers/player-source';
import { type GenerationKeeper, generationName } from './generation-keeper';
import type { MeasuredTable } from './rating-book';
import { shippedLadder, shippedPolicy } from './shipped-agents';

/** What the roster asks of the run that is open. */
export interface OpenRun {
  readonly generations: GenerationKeeper;
  /** Of the agent in training, as it is now. */
  version(): number;
  /** Its training state; null before there is any. */
  checkpoint(): Promise<Uint8Array<ArrayBuffer> | null>;
}

/** Everybody whom one can meet in one game. */
export class Roster {
  private readonly agents: Agents;
  private readonly simulation: Simulation;
  private readonly spec: EnvironmentSpec;
  private ladder: Ladder | null = null;
  private imported: readonly KeptAgent[] = [];
  private readonly fetched = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
  run: OpenRun | null = null;
  /** Imported agents that could not be read, as of the last time. */
  problems: readonly StorageProblem[] = [];

  constructor(agents: Agents, simulation: Simulation) {
    this.agents = agents;
    this.simulation = simulation;
    this.spec = environmentSpec(simulation);
  }

  /** Reads who ships and who was imported. @throws PlaytrainError `bad-file` where the table of those that ship is broken. */
  async load(): Promise<void> {
    const kept = await this.agents.list(this.simulation.game).catch(() => ({ value: [], problems: [] }));
    this.imported = kept.value;
    this.problems = kept.problems;
    this.ladder = await shippedLadder(this.simulation.game);
  }

  /** How those stand that ship, by their measured table. */
  get measured(): MeasuredTable {
    const rows = [...(this.ladder?.agents ?? []), ...(this.ladder?.scripted ?? [])];
    const standings = Object.fromEntries(rows.map(({ id, rating, matches }) => [id, { rating, matches }]));
    return { standings, gentlest: standings[this.gentlest]?.rating ?? startingRating };
  }

  /** Whom a newcomer meets first: the weakest that ships, or the weakest scripted player. */
  get gentlest(): string {
    return this.ladder?.agents[0]?.id ?? this.simulation.scriptedPlayers?.[0]?.id ?? trainingId;
  }

  /**
   * Everybody, the strongest first, those without a rating last.
   *
   * @param chosen generations that are to be among them.
   * @param best the one of them that is kept as the run's best.
   */
  contestants(
    standing: (key: string) => Standing | null,
    chosen: readonly number[],
    best: number | null,
  ): readonly Contestant[] {
    const rated = (contestant: Omit<Contestant, 'rating' | 'matches'>): Contestant => {
      const { rating = null, matches = 0 } = standing(this.keyOf(contestant.id) ?? '') ?? {};
      return { ...contestant, rating, matches };
    };
    const { scriptedPlayers = [] } = this.simulation;
    const everybody: Contestant[] = [
      ...this.shippedContestants().map(rated),
      ...scriptedPlayers.map(({ id, name, summary }) => rated({ id, name, kind: 'scripted', summary })),
      ...this.imported.map(({ id, name, summary }) => rated({ id, name, kind: 'imported', summary })),
      ...this.chosenGenerations(chosen).map((version) =>
        rated({
          id: generationId(version),
          name: version === best ? `Best: update ${version}` : generationName(version),
          kind: 'generation',
          summary:
            version === best
              ? `Of all generations of this run the one with the highest rating, as it was at update ${version}.`
              : `The agent of this run as it was at update ${version}.`,
        }),
      ),
    ];
    const training: Contestant = {
      id: trainingId,
      name: 'Agent in training',
      kind: 'training',
      summary: 'Learns in this page right now.',
      rating: null,
      matches: 0,
    };
    const strength = ({ rating }: Contestant) => rating ?? Number.NEGATIVE_INFINITY;
    const byStrength = (a: Contestant, b: Contestant) =>
      strength(a) === strength(b) ? 0 : strength(b) - strength(a);
    return [...everybody.sort(byStrength), ...(this.run === null ? [] : [training])];
  }

  /** By what somebody is told from others at a glance; null for who has no look of their own. */
  lookOf(id: string): PlayerLook | null {
    return this.ladder?.agents.find((agent) => agent.id === id)?.look ?? null;
  }

  /** Whether this is somebody whom one can meet. */
  knows(id: string): boolean {
    const version = generationOf(id);
    if (version !== null) return this.run?.generations.versions.includes(version) === true;
    if (id === trainingId) return this.run !== null;
    return [
      ...(this.ladder?.agents ?? []),
      ...(this.simulation.scriptedPlayers ?? []),
      ...this.imported,
    ].some((each) => each.id === id);
  }

  /** What somebody is rated under; null for who is not rated: the agent in training changes all the while. */
  keyOf(id: string): string | null {
    if (id === trainingId) return null;
    const version = generationOf(id);
    if (version === null) return id;
    return this.run === null ? null : generationPlayer(this.run.generations.runId, version);
  }

  /**
   * Where a contestant comes from, to play. The agent in training comes as it is now.
   *
   * @throws PlaytrainError where it is not to be had, with what to do.
   */
  async source(id: string): Promise<PlayerSource> {
    const { scriptedPlayers = [] } = this.simulation;
    if (scriptedPlayers.some((player) => player.id === id)) return { kind: 'scripted', id };
    const shipped = this.ladder?.agents.find((agent) => agent.id === id);
    if (shipped !== undefined) {
      return { kind: 'policy', id, name: shipped.name, bytes: await this.shippedFile(shipped) };
    }
    const imported = this.imported.find((agent) => agent.id === id);
    if (imported !== undefined) return { kind: 'policy', id, name: imported.name, bytes: imported.bytes };
    const version = generationOf(id);
    if (version !== null) {
      const bytes = (await this.run?.generations.file(version)) ?? null;
      if (bytes !== null) return { kind: 'policy', id, name: generationName(version), bytes };
    }
    if (id === trainingId) {
      const bytes = (await this.run?.checkpoint()) ?? null;
      if (bytes !== null) return { kind: 'policy', id, name: trainingName(this.run?.version() ?? 0), bytes };
      throw new PlaytrainError(
        'worker-lost',
        'The agent in training has not begun yet; wait a moment and try again.',
      );
    }
    throw new PlaytrainError('bad-settings', `“${id}” is not here any more; choose another opponent.`);
  }

  /**
   * A contestant as a policy file, and a name for it.
   *
   * @throws PlaytrainError where it has no policy, or it is not to be had.
   */
  async file(id: string): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly name: string }> {
    const source = await this.source(id);
    if (source.kind === 'scripted') {
      throw new PlaytrainError(
        'bad-settings',
        'A scripted player follows rules and has no policy to export; choose an agent that learned.',
      );
    }
    const policy = decodePolicy(source.bytes, this.spec);
    const bytes = encodePolicy({ ...policy, name: source.name });
    const words = source.name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    return { bytes, name: `${this.simulation.game}-${words}.safetensors` };
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
    const summary = `From “${fileName}”: update ${policy.version}, after ${formatCount(policy.decisions)} decisions.`;
    const { game } = this.simulation;
    await this.agents.save(game, { id, name, summary, addedAtMs: Date.now(), bytes: file });
    this.imported = (await this.agents.list(game)).value;
    return { id, name };
  }

  private shippedContestants(): readonly Omit<Contestant, 'rating' | 'matches'>[] {
    const agents = this.ladder?.agents ?? [];
    const sentences = styleSentences(agents.map(({ style }) => style ?? null));
    return agents.map(({ id, name, decisions, look }, rung) => ({
      id,
      name,
      kind: 'shipped',
      summary: sentences[rung] || `Learned from ${formatCount(decisions)} decisions of self-play.`,
      ...(look === undefined ? {} : { look }),
    }));
  }

  private chosenGenerations(chosen: readonly number[]): readonly number[] {
    const kept = this.run?.generations.versions ?? [];
    return kept.filter((version) => chosen.includes(version));
  }

  private shippedFile({ id, file }: LadderAgent): Promise<Uint8Array<ArrayBuffer>> {
    const known = this.fetched.get(id);
    if (known !== undefined) return known;
    const fetched = shippedPolicy(this.simulation.game, file);
    this.fetched.set(id, fetched);
    fetched.catch(() => this.fetched.delete(id));
    return fetched;
  }
}

/** The agent in training, as it stands at a version. */
export function trainingName(version: number): string {
  return `In training, update ${version}`;
}
