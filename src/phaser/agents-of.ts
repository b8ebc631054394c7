import type { AgentDefinition } from './agent-definition';

/** How many agents live in the scene. */
export function agentsOf({ seats, bodies }: Pick<AgentDefinition<never>, 'seats' | 'bodies'>): number {
  return seats ?? bodies ?? 1;
}
