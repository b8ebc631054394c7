import type Phaser from 'phaser';
import type { EnvironmentSpec } from '../contract';
import type { AgentDefinition } from './agent-definition';
import type { Sights } from './sights';
import { stepMs } from './step-length';

/** What learning needs to know of an agent: names, sizes and terms follow from what it declares, and sees at first. */
export function agentSpec<Scene extends Phaser.Scene>(
  { name, does, earns, limit, seats, wins }: AgentDefinition<Scene>,
  { space }: Sights<Scene>,
): EnvironmentSpec {
  return {
    game: name,
    ...(seats === undefined ? {} : { seats }),
    ...(wins === undefined ? {} : { winTerm: wins }),
    observationSpace: space,
    actionSpace: does.space,
    rewardTerms: Object.entries(earns).map(([term, { weight, description }]) => ({
      name: term,
      description,
      defaultWeight: weight,
    })),
    tickMs: stepMs,
    timeLimitTicks: limit,
  };
}
