import { type DecisionOutcome, type EnvironmentSpec, PlaytrainError } from '../contract';

/**
 * Refuses an outcome that holds a number that is not finite, before it can reach statistics or rollouts, where one
 * would spoil all that follow.
 *
 * @throws PlaytrainError `bad-environment`, naming the arena and the component or reward term.
 */
export function refuseNotFinite(spec: EnvironmentSpec, arenas: number, outcome: DecisionOutcome): void {
  const { names, size } = spec.observationSpace;
  const termCount = spec.rewardTerms.length;
  for (let arena = 0; arena < arenas; arena++) {
    const ended = outcome.terminated[arena] !== 0 || outcome.truncated[arena] !== 0;
    for (let i = 0; i < size; i++) {
      const cell = arena * size + i;
      if (!Number.isFinite(outcome.observations[cell])) {
        throw notFinite(arena, `observation component ${i} (${names[i]})`, outcome.observations[cell]);
      }
      if (ended && !Number.isFinite(outcome.finalObservations[cell])) {
        const what = `component ${i} (${names[i]}) of the final observation`;
        throw notFinite(arena, what, outcome.finalObservations[cell]);
      }
    }
    for (let term = 0; term < termCount; term++) {
      const amount = outcome.rewardTerms[arena * termCount + term];
      if (!Number.isFinite(amount)) {
        throw notFinite(arena, `reward term “${spec.rewardTerms[term]?.name}”`, amount);
      }
    }
  }
}

function notFinite(arena: number, what: string, amount: number | undefined): PlaytrainError {
  return new PlaytrainError(
    'bad-environment',
    `Arena ${arena} gave ${amount} as ${what}; a game must give finite numbers only, so look for a division by zero or a state that runs away.`,
  );
}
