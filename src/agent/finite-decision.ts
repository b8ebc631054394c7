import { areFinite, type DecisionOutcome, type EnvironmentSpec, PlaytrainError } from '../contract';

/**
 * Refuses an outcome that holds a number that is not finite, before it can reach statistics or rollouts, where one
 * would spoil all that follow. Environments begin arenas anew that give such numbers; this is for those that do not.
 *
 * @throws PlaytrainError `bad-environment`, naming the agent and the component or reward term.
 */
export function refuseNotFinite(spec: EnvironmentSpec, agents: number, outcome: DecisionOutcome): void {
  const { size } = spec.observationSpace;
  let finite = areFinite(outcome.observations) && areFinite(outcome.rewardTerms);
  for (let agent = 0; agent < agents; agent++) {
    if (outcome.terminated[agent] === 0 && outcome.truncated[agent] === 0) continue;
    finite &&= areFinite(outcome.finalObservations, agent * size, (agent + 1) * size);
  }
  if (!finite) throw firstNotFinite(spec, agents, outcome);
}

function firstNotFinite(
  { observationSpace: { names, size }, rewardTerms }: EnvironmentSpec,
  agents: number,
  outcome: DecisionOutcome,
): PlaytrainError {
  for (let agent = 0; agent < agents; agent++) {
    const ended = outcome.terminated[agent] !== 0 || outcome.truncated[agent] !== 0;
    for (let i = 0; i < size; i++) {
      const seen = outcome.observations[agent * size + i]!;
      if (!Number.isFinite(seen)) return notFinite(agent, `observation component ${i} (${names[i]})`, seen);
      const final = outcome.finalObservations[agent * size + i]!;
      if (ended && !Number.isFinite(final)) {
        return notFinite(agent, `component ${i} (${names[i]}) of the final observation`, final);
      }
    }
    for (const [term, { name }] of rewardTerms.entries()) {
      const amount = outcome.rewardTerms[agent * rewardTerms.length + term]!;
      if (!Number.isFinite(amount)) return notFinite(agent, `reward term “${name}”`, amount);
    }
  }
  throw new Error('Every number is finite.');
}

function notFinite(agent: number, what: string, amount: number): PlaytrainError {
  return new PlaytrainError(
    'bad-environment',
    `Agent ${agent} gave ${amount} as ${what}; a game must give finite numbers only, so look for a division by zero or a state that runs away.`,
  );
}
