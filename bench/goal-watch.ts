import type { LiveGoal } from '../examples/live-example';
import type { EnvironmentSpec, EpisodeEnding, EpisodeRecord } from '../src/contract';

/** Follows what a live game's episodes come to, by what counts as learned there. */
export class GoalWatch {
  private readonly goal: LiveGoal;
  private readonly terms: readonly string[];
  private readonly scores: number[] = [];

  constructor(goal: LiveGoal, { rewardTerms }: EnvironmentSpec) {
    this.goal = goal;
    this.terms = rewardTerms.map(({ name }) => name);
  }

  /** @param record what the learner knows of it, where somebody does. */
  add(ending: EpisodeEnding, record: Pick<EpisodeRecord, 'against'> = {}): void {
    const terms = Object.fromEntries(this.terms.map((name, index) => [name, ending.rewardTerms[index] ?? 0]));
    const { terminated, truncated, lengthTicks: steps } = ending;
    const score = this.goal.score({ ...record, terminated, truncated, steps, terms });
    if (score === null) return;
    this.scores.push(score);
    if (this.scores.length > this.most) this.scores.shift();
  }

  /** The mean of the latest episodes that count; null until there are as many as the goal asks for. */
  get reached(): number | null {
    if (this.scores.length < this.most) return null;
    return this.scores.reduce((sum, score) => sum + score, 0) / this.most;
  }

  private get most(): number {
    return this.goal.episodes ?? 1;
  }
}
