import type { ActionSpace, EnvironmentSpec } from '../contract';
import { bad } from './file-error';
import { infinityAsText } from './file-schemas';

// Whether the game that a file was made for can be played, and is the one that is here.

/** A sentence on what does not fit together in a file's own spaces; undefined when all does. */
export function specProblem({ observationSpace, actionSpace }: EnvironmentSpec): string | undefined {
  const { size: observationSize, names, low, high } = observationSpace;
  if (names.length !== observationSize || low.length !== observationSize || high.length !== observationSize) {
    return 'The observation space’s names and bounds are not as many as its size.';
  }
  const continuous = (actionSpace.kind === 'product' ? actionSpace.parts : [actionSpace]).filter(
    (space) => space.kind === 'continuous',
  );
  for (const { size, names: axes, low: lowest, high: highest } of continuous) {
    if (axes.length !== size || lowest.length !== size || highest.length !== size) {
      return 'The action space’s names and bounds are not as many as its size.';
    }
  }
  return undefined;
}

/** Throws PlaytrainError `bad-file` where a file's agent would not understand the running game. */
export function checkExpected(spec: EnvironmentSpec, expected: EnvironmentSpec): void {
  if (spec.game !== expected.game) {
    throw bad(
      `it was made for the game “${spec.game}”, and the running game is “${expected.game}”`,
      'Open that game first, or choose another file.',
    );
  }
  if (meaning(spec.observationSpace) !== meaning(expected.observationSpace)) {
    throw bad(
      'its agent saw other observations than this game gives',
      'Choose a file made with this version.',
    );
  }
  if (meaning(spec.actionSpace) !== meaning(expected.actionSpace)) {
    throw bad(
      'its agent chose among other actions than this game has',
      'Choose a file made with this version.',
    );
  }
}

/** What a policy learned depends on: all of a space but the names shown to people. */
function meaning(space: EnvironmentSpec['observationSpace'] | ActionSpace): string {
  return JSON.stringify(numbersOf(space), (_key, value: unknown) => infinityAsText(value));
}

function numbersOf(space: EnvironmentSpec['observationSpace'] | ActionSpace): unknown {
  if ('kind' in space && space.kind === 'product') {
    return space.parts.length === 1 ? numbersOf(space.parts[0]!) : space.parts.map(numbersOf);
  }
  if (!('kind' in space) || space.kind === 'continuous') return [space.size, space.low, space.high];
  const counts = space.kind === 'discrete' ? [space.count] : space.counts;
  return [space.kind, counts, space.masked ?? false];
}
