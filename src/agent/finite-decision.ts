import { type DecisionOutcome, type EnvironmentSpec, PlaytrainError } from '../contract';

/**
 * Refuses an outcome that holds a number that is not finite, before it can reach statistics or rollouts, where one
 * would spoil all that follow. Environments begin arenas anew that give such numbers; this is for those that do not.
 *
 * @throws PlaytrainError `bad-environment`, naming the agent and the component or reward term.
 */
export function refuseNotFinite(spec: EnvironmentSpec, agents: number, outcome: DecisionOutcome): void {
  const { names, size } = spec.observationSpace;
  const termCount = spec.rewardTerms.length;
  for (let agent = 0; agent < agents; agent++) {
    const ended = outcome.terminated[agent] !== 0 || outcome.truncated[agent] !== 0;
    for (let i = 0; i < size; i++) {
      const cell = agent * size + i;
      if (!Number.isFinite(outcome.observations[cell])) {
        throw notFinite(agent, `observation component ${i} (${names[i]})`, outcome.observations[cell]);
      }
      if (ended && !Number.isFinite(outcome.finalObservations[cell])) {
        const what = `component ${i} (${names[i]}) of the final observation`;
        throw notFinite(agent, what, outcome.finalObservations[cell]);
      }
    }
    for (let term = 0; term < termCount; term++) {
      const amount = outcome.rewardTerms[agent * termCount + term];
      if (!Number.isFinite(amount)) {
        throw notFinite(agent, `reward term “${spec.rewardTerms[term]?.name}”`, amount);
      }
    }
  }
}

function notFinite(agent: number, what: string, amount: number | undefined): PlaytrainError {
  return new PlaytrainError(
    'bad-environment',
    `Agent ${agent} gave ${amount} as ${what}; a game must give finite numbers only, so look for a division by zero or a state that runs away.`,
  );
}
