import type { Finding } from '../contract';

/** What was found at a look, and what is told of it. */
export interface Told {
  readonly found: readonly Finding[];
  readonly told: readonly Finding[];
}

export const nothingTold: Told = { found: [], told: [] };

/**
 * What is told after another look: a finding once two looks in a row had it, until two in a row have not, so that nothing
 * that passes by itself is told, and nobody's button changes under their hand.
 *
 * @param found at this look. @returns with what is told in the order of this look, and then what it lacks.
 */
export function steadied(before: Told, found: readonly Finding[]): Told {
  const has = (findings: readonly Finding[], { rule }: Finding) =>
    findings.some((each) => each.rule === rule);
  const still = found.filter((each) => has(before.found, each) || has(before.told, each));
  const lately = before.told.filter((each) => !has(found, each) && has(before.found, each));
  return { found, told: [...still, ...lately] };
}
