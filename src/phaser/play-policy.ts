import type Phaser from 'phaser';
import type { DecisionBatch } from '../contract';
import { play } from '../play/play';
import type { AgentDefinition } from './agent-definition';
import { paced } from './paced';
import { sceneRuns } from './scene-status';
import { SeenAgent } from './seen-agent';

/** An agent that plays by a policy that ships with the game, and learns nothing. */
export interface PlayingAgent {
  /** Whether the agent plays; otherwise the game is a person's, by its own keys. */
  setPlays(on: boolean): void;
  /** Leaves the game to itself. */
  dispose(): void;
}

/**
 * Lets a shipped policy play, as the agent of a game that learned: at the same decisions, sixty steps a second on any
 * display, by the likeliest action. Needs no worker.
 *
 * @param file as `LearningAgent.save` writes it. @returns once the scene runs.
 * @throws PlayFileError where the file is none; PlaytrainError `bad-environment` where the game has no such scene.
 */
export async function playPolicy<Scene extends Phaser.Scene>(
  game: Phaser.Game,
  definition: AgentDefinition<Scene>,
  file: ArrayBuffer,
): Promise<PlayingAgent> {
  const act = play(file);
  await sceneRuns(game, definition.scene);
  const seen: SeenAgent<Scene> = new SeenAgent(game, definition, (question: DecisionBatch) => {
    question.actions.set(act(question.observations));
    seen.answered(question);
  });
  const leave = paced(game, seen);
  return {
    setPlays: (on) => seen.setOn(on),
    dispose: () => {
      seen.end();
      leave();
    },
  };
}
