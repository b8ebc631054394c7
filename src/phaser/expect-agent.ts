import type Phaser from 'phaser';
import { PlaytrainError } from '../contract';
import type { AgentDefinition } from './agent-definition';
import { type AgentCheck, type CheckOptions, checkAgent } from './check-agent';

/**
 * For a test of any test runner in Node: `await expectAgent(config, bird)`.
 *
 * @returns what `checkAgent` says of a sound agent. @throws PlaytrainError `bad-environment` that lists all that was found.
 */
export async function expectAgent<Scene extends Phaser.Scene>(
  config: Phaser.Types.Core.GameConfig,
  definition: AgentDefinition<Scene>,
  options?: CheckOptions,
): Promise<AgentCheck> {
  const check = await checkAgent(config, definition, options);
  const { findings } = check;
  if (findings.length === 0) return check;
  const list = findings.map(({ code, message, cure }) => `- ${code}: ${message} ${cure}`);
  throw new PlaytrainError(
    'bad-environment',
    `The agent “${definition.name}” would have trouble to learn:\n${list.join('\n')}`,
  );
}
