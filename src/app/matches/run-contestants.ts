import { generationId, generationOf, trainingId } from '../../contract';
import { generationPlayer } from '../../storage/standing';
import { contestantTexts } from '../../texts/contestants';
import type { PlayerSource } from '../../workers/player-source';
import type { GenerationKeeper } from './generation-keeper';
import type { Group, Unrated } from './group';

/** What is asked of the run that is open. */
export interface OpenRun {
  readonly generations: GenerationKeeper;
  /** Of the agent in training, as it is now. */
  version(): number;
  /** Its training state; null before there is any. */
  checkpoint(): Promise<Uint8Array<ArrayBuffer> | null>;
}

/** The agent in training of the run that is open, and its kept generations. */
export class RunContestants implements Group {
  readonly run: OpenRun;

  constructor(run: OpenRun) {
    this.run = run;
  }

  /** Some of its generations, by version. @param best the one that is kept as the run's best. */
  generations(chosen: readonly number[], best: number | null): readonly Unrated[] {
    const { generation, generationSummary, best: bestName, bestSummary } = contestantTexts;
    return this.run.generations.versions
      .filter((version) => chosen.includes(version))
      .map((version) => ({
        id: generationId(version),
        name: version === best ? bestName(version) : generation(version),
        kind: 'generation',
        summary: version === best ? bestSummary : generationSummary(version),
      }));
  }

  get training(): Unrated {
    const { inTraining, inTrainingSummary } = contestantTexts;
    return { id: trainingId, name: inTraining, kind: 'training', summary: inTrainingSummary };
  }

  knows(id: string): boolean {
    const version = generationOf(id);
    return version === null ? id === trainingId : this.run.generations.versions.includes(version);
  }

  /** The agent in training is not rated: it changes all the while. */
  keyOf(id: string): string | null {
    const version = generationOf(id);
    return version === null ? null : generationPlayer(this.run.generations.runId, version);
  }

  /** The agent in training comes as it is now. */
  async source(id: string): Promise<PlayerSource | null> {
    const version = generationOf(id);
    if (version !== null) {
      const bytes = await this.run.generations.file(version);
      return bytes && { kind: 'policy', id, name: contestantTexts.generation(version), bytes };
    }
    const bytes = await this.run.checkpoint();
    return bytes && { kind: 'policy', id, name: contestantTexts.inTrainingAt(this.run.version()), bytes };
  }
}
