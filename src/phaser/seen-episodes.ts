import type Phaser from 'phaser';
import { type DecisionBatch, type EpisodeEnding, interruptions } from '../contract';
import type { AgentDefinition } from './agent-definition';
import { agentsOf } from './agents-of';
import { isSceneRunning } from './scene-status';

/** The present episode of an agent, or of those who share it, as it is seen. */
interface SeenEpisode<Scene> {
  /** `[seats, terms]`. */
  readonly meters: readonly ((scene: Scene) => number)[];
  readonly sums: number[];
  /** Of them, what the last question told. */
  readonly told: number[];
  steps: number;
  isOver: boolean;
  /** Whether the last question told of its end, or of another episode. */
  isOverTold: boolean;
}

const none: readonly EpisodeEnding[] = [];

/** Follows the episodes of the game that is seen, whoever plays: nothing of it is learned from, but people are told. */
export class SeenEpisodes<Scene extends Phaser.Scene> {
  private readonly game: Phaser.Game;
  private readonly definition: AgentDefinition<Scene>;
  private readonly seats: number;
  private readonly episodes: SeenEpisode<Scene>[];
  private left: EpisodeEnding[] = [];
  private readonly beginAll = () => {
    this.episodes.forEach((episode, arena) => {
      // The game began anew by itself.
      if (!episode.isOver && episode.steps > 0) this.left.push(endingOf(episode, arena));
      this.episodes[arena] = this.begun(arena);
    });
  };

  /** The scene must run. */
  constructor(game: Phaser.Game, definition: AgentDefinition<Scene>) {
    this.game = game;
    this.definition = definition;
    this.seats = definition.seats ?? 1;
    this.episodes = Array.from({ length: agentsOf(definition) / this.seats }, (_, arena) =>
      this.begun(arena),
    );
    this.scene.events.on('create', this.beginAll);
  }

  /** The scene is let go of. */
  end(): void {
    this.scene.events.off('create', this.beginAll);
  }

  /** To be called after each step of the game. @returns episodes that ended with it. */
  step(): readonly EpisodeEnding[] {
    const { scene, definition, episodes, left } = this;
    const ended = left.length > 0 ? left : null;
    this.left = [];
    if (!isSceneRunning(scene)) return ended ?? none;
    let endings = ended;
    episodes.forEach((episode, arena) => {
      const isOver = definition.ends?.(scene, arena * this.seats) === true;
      if (episode.isOver) {
        // One of several is put back without the scene beginning anew.
        if (!isOver) this.episodes[arena] = this.begun(arena);
        return;
      }
      episode.steps += 1;
      episode.meters.forEach((meter, term) => {
        episode.sums[term] = (episode.sums[term] ?? 0) + meter(scene);
      });
      episode.isOver = isOver;
      if (isOver) endings = [...(endings ?? []), endingOf(episode, arena)];
    });
    return endings ?? none;
  }

  /**
   * Writes what was earned since the last question, and what just ended. Between an episode's end and the next one's
   * beginning nothing that is decided counts.
   */
  write(question: Pick<DecisionBatch, 'rewardTerms' | 'terminated' | 'interrupted'>): void {
    const { episodes, seats } = this;
    episodes.forEach((episode, arena) => {
      const { sums, told, isOver } = episode;
      sums.forEach((sum, term) => {
        question.rewardTerms[arena * sums.length + term] = sum - (told[term] ?? 0);
        told[term] = sum;
      });
      const first = arena * seats;
      if (episode.isOverTold) question.interrupted.fill(interruptions.restart, first, first + seats);
      else if (isOver) question.terminated.fill(1, first, first + seats);
      episode.isOverTold = isOver;
    });
  }

  private begun(arena: number): SeenEpisode<Scene> {
    const { scene, definition, seats } = this;
    const meters = Array.from({ length: seats }, (_, seat) =>
      Object.values(definition.earns).map((earning) =>
        earning.meter(scene, definition.every, arena * seats + seat),
      ),
    ).flat();
    return {
      meters,
      sums: meters.map(() => 0),
      told: meters.map(() => 0),
      steps: 0,
      isOver: false,
      // What was decided before was decided in another.
      isOverTold: true,
    };
  }

  private get scene(): Scene {
    return this.game.scene.getScene<Scene>(this.definition.scene);
  }
}

function endingOf({ steps, sums }: SeenEpisode<never>, arena: number): EpisodeEnding {
  return { arena, terminated: true, truncated: false, lengthTicks: steps, rewardTerms: [...sums] };
}
