import type { LiveGoal } from '../examples/live-example';
import type { EnvironmentSpec, EpisodeEnding, EpisodeRecord } from '../src/contract';

/** Follows what a live game's episodes come to, by what counts as learned there. */
export class GoalWatch {
  private readonly goal: LiveGoal;
  private readonly terms: readonly string[];
  private readonly endings = new Map<number, EpisodeEnding>();
  private readonly scores: number[] = [];

  constructor(goal: LiveGoal, { rewardTerms }: EnvironmentSpec) {
    this.goal = goal;
    this.terms = rewardTerms.map(({ name }) => name);
  }

  /** @param endings that came about since the last call; of those of one arena, the last is this episode's. */
  add(episode: EpisodeRecord, endings: readonly EpisodeEnding[]): void {
    for (const ending of endings) this.endings.set(ending.arena, ending);
    const ending = this.endings.get(episode.arena);
    if (ending === undefined) return;
    const terms = Object.fromEntries(this.terms.map((name, index) => [name, ending.rewardTerms[index] ?? 0]));
    const score = this.goal.score({ ...episode, terms, steps: ending.lengthTicks });
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
