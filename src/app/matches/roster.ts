import {
  type Contestant,
  generationOf,
  type PlayerLook,
  PlaytrainError,
  type Simulation,
  trainingId,
} from '../../contract';
import { environmentSpec } from '../../game/engine/vector-environment';
import { startingRating } from '../../match/elo';
import type { Standing } from '../../match/standings';
import type { Agents } from '../../storage/agents';
import { contestantTexts } from '../../texts/contestants';
import type { PlayerSource } from '../../workers/player-source';
import type { Group, Unrated } from './group';
import { ImportedContestants } from './imported-contestants';
import type { MeasuredTable } from './rating-book';
import { type OpenRun, RunContestants } from './run-contestants';
import { ScriptedContestants } from './scripted-contestants';
import { ShippedContestants } from './shipped-contestants';

/** Everybody whom one can meet in one game. */
export class Roster {
  readonly imported: ImportedContestants;
  private readonly shipped: ShippedContestants;
  private readonly scripted: ScriptedContestants;
  /** Null before a run is open. */
  private ofRun: RunContestants | null = null;

  constructor(agents: Agents, simulation: Simulation) {
    this.shipped = new ShippedContestants(simulation.game);
    this.scripted = new ScriptedContestants(simulation);
    this.imported = new ImportedContestants(agents, environmentSpec(simulation));
  }

  /** Reads who ships and who was imported. @throws PlaytrainError `bad-file` where the table of those that ship is broken. */
  async load(): Promise<void> {
    await this.imported.load();
    await this.shipped.load();
  }

  get run(): OpenRun | null {
    return this.ofRun?.run ?? null;
  }

  /** Another run is open, or the same one anew. */
  follow(run: OpenRun): void {
    this.ofRun = new RunContestants(run);
  }

  /** How those stand that ship, by their measured table. */
  get measured(): MeasuredTable {
    const { standings } = this.shipped;
    return { standings, gentlest: standings[this.gentlest]?.rating ?? startingRating };
  }

  /** Whom a newcomer meets first: the weakest that ships, or the weakest scripted player. */
  get gentlest(): string {
    return this.shipped.weakest ?? this.scripted.weakest ?? trainingId;
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
    const { shipped, scripted, imported, ofRun } = this;
    const rated = (contestant: Unrated): Contestant => {
      const { rating = null, matches = 0 } = standing(this.keyOf(contestant.id) ?? '') ?? {};
      return { ...contestant, rating, matches };
    };
    const generations = ofRun?.generations(chosen, best) ?? [];
    const everybody = [...shipped.list(), ...scripted.list(), ...imported.list(), ...generations].map(rated);
    const training = ofRun === null ? [] : [{ ...ofRun.training, rating: null, matches: 0 }];
    return [...everybody.sort(byStrength), ...training];
  }

  /** By what somebody is told from others at a glance; null for who has no look of their own. */
  lookOf(id: string): PlayerLook | null {
    return this.shipped.lookOf(id);
  }

  /** Whether this is somebody whom one can meet. */
  knows(id: string): boolean {
    return this.groupOf(id)?.knows(id) === true;
  }

  /** What somebody is rated under; null for who is not rated. */
  keyOf(id: string): string | null {
    return isOfRun(id) ? (this.ofRun?.keyOf(id) ?? null) : id;
  }

  /**
   * Where a contestant comes from, to play. The agent in training comes as it is now.
   *
   * @throws PlaytrainError where it is not to be had, with what to do.
   */
  async source(id: string): Promise<PlayerSource> {
    const source = (await this.groupOf(id)?.source(id)) ?? null;
    if (source !== null) return source;
    if (id === trainingId) throw new PlaytrainError('worker-lost', contestantTexts.notBegun);
    throw new PlaytrainError('bad-settings', contestantTexts.isGone(id));
  }

  /** The group that somebody is of; null where nobody is known by that id. */
  private groupOf(id: string): Group | null {
    if (isOfRun(id)) return this.ofRun;
    return [this.scripted, this.shipped, this.imported].find((group) => group.knows(id)) ?? null;
  }
}

/** Whether an id names somebody of the run that is open. */
function isOfRun(id: string): boolean {
  return id === trainingId || generationOf(id) !== null;
}

/** The strongest first, those without a rating last. */
function byStrength(a: Contestant, b: Contestant): number {
  const strength = ({ rating }: Contestant) => rating ?? Number.NEGATIVE_INFINITY;
  return strength(a) === strength(b) ? 0 : strength(b) - strength(a);
}
