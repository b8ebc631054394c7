import type Phaser from 'phaser';
import { actionSize, type DecisionBatch, type EnvironmentSpec, PlaytrainError } from '../contract';
import { play } from '../play/play';
import type { AgentDefinition } from './agent-definition';
import { agentsOf } from './agents-of';
import { paced } from './paced';
import { sceneRuns } from './scene-status';
import { SeenAgent } from './seen-agent';

/** Who plays one of a scene's agents: a policy's file, one of the declared scripted players by name, or null for a person. */
export type PolicyPlayer = ArrayBuffer | Uint8Array | string | null;

/** An agent that plays by a policy that ships with the game, and learns nothing. */
export interface PlayingAgent {
  /**
   * Whether the agent plays; otherwise the game is a person's, by its own keys.
   *
   * @param who one of several in the scene; all of them where it is left out.
   */
  setPlays(on: boolean, who?: number): void;
  /** Leaves the game to itself. */
  dispose(): void;
}

/** Writes one agent's action for what it sees. */
type Answer = (question: DecisionBatch, spec: EnvironmentSpec) => void;

/**
 * Lets a shipped policy play, as the agent of a game that learned: at the same decisions, sixty steps a second on any
 * display, by the likeliest action. Needs no worker.
 *
 * @param players a file as `LearningAgent.save` writes it, for all agents of the scene; or a list, one for each, such as
 * `[null, file]` for a person on the left and the policy on the right.
 * @returns once the scene runs.
 * @throws PlayFileError where a file is none; PlaytrainError `bad-environment` where the game has no such scene, or the
 * agent no such scripted player.
 */
export async function playPolicy<Scene extends Phaser.Scene>(
  game: Phaser.Game,
  definition: AgentDefinition<Scene>,
  players: ArrayBuffer | Uint8Array | readonly PolicyPlayer[],
): Promise<PlayingAgent> {
  const agents = agentsOf(definition);
  const seated =
    players instanceof ArrayBuffer || players instanceof Uint8Array
      ? Array.from({ length: agents }, () => players)
      : players;
  const answers = Array.from({ length: agents }, (_, who) =>
    answerOf(game, definition, seated[who] ?? null, who),
  );
  await sceneRuns(game, definition.scene);
  const seen: SeenAgent<Scene> = new SeenAgent(game, definition, (question: DecisionBatch) => {
    for (const answer of answers) answer?.(question, seen.spec);
    seen.answered(question);
  });
  const setPlays = (on: boolean, who?: number) => {
    // Nobody answers for a person's.
    answers.forEach((answer, agent) => {
      if (who === undefined || who === agent) seen.setOn(on && answer !== null, agent);
    });
  };
  setPlays(true);
  const leave = paced(game, seen);
  return {
    setPlays,
    dispose: () => {
      seen.end();
      leave();
    },
  };
}

/** @returns what answers for one agent; null where a person does. */
function answerOf<Scene extends Phaser.Scene>(
  game: Phaser.Game,
  definition: AgentDefinition<Scene>,
  player: PolicyPlayer,
  who: number,
): Answer | null {
  if (player === null) return null;
  if (typeof player === 'string') {
    const scripted = definition.scripted?.[player];
    if (scripted === undefined) throw noPlayer(definition, player);
    return ({ actions }, { actionSpace }) => {
      const named = scripted(game.scene.getScene<Scene>(definition.scene), who);
      definition.does.encode(named, actions, who * actionSize(actionSpace));
    };
  }
  const act = play(player);
  return ({ observations, actions }, { observationSpace: { size }, actionSpace }) =>
    actions.set(act(observations.subarray(who * size, (who + 1) * size)), who * actionSize(actionSpace));
}

function noPlayer<Scene extends Phaser.Scene>(
  { name, scripted = {} }: AgentDefinition<Scene>,
  player: string,
): PlaytrainError {
  const there = Object.keys(scripted).join('”, “');
  return new PlaytrainError(
    'bad-environment',
    `The agent “${name}” has no scripted player “${player}”; there are: “${there}”.`,
  );
}
