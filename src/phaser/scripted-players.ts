import type Phaser from 'phaser';
import type { ScriptedPlayer } from '../contract';
import type { AgentDefinition } from './agent-definition';

/**
 * An agent's scripted opponents, as the league knows them. They look at the scene itself rather than at what an agent sees
 * of it.
 *
 * @param within runs a task with the scene as it stands when they are asked.
 */
export function scriptedPlayers<Scene extends Phaser.Scene>(
  { does, scripted = {} }: Pick<AgentDefinition<Scene>, 'does' | 'scripted'>,
  within: (task: (scene: Scene) => void) => void,
): ScriptedPlayer[] {
  return Object.entries(scripted).map(([name, play]) => ({
    id: `bot-${name}`,
    name,
    summary: 'Plays by rules written by hand.',
    act: (_observation, _random, action, agent = 0) =>
      within((scene) => does.encode(play(scene, agent), action, 0)),
  }));
}
