import type { Finding } from '../contract';

/** What was found at a look, and what is told of it. */
export interface Told {
  readonly found: readonly Finding[];
  readonly told: readonly Finding[];
}

export const nothingTold: Told = { found: [], told: [] };

/**
 * What is told after another look: a finding once two looks in a row had it, until two in a row have not, so that nothing
 * that passes by itself is told, and nobody's button changes under their hand: with another remedy, a cure or a patch, it
 * is told of once two looks in a row agree on that.
 *
 * @param found at this look. @returns with what is told in the order of this look, and then what it lacks.
 */
export function steadied(before: Told, found: readonly Finding[]): Told {
  const still = found.flatMap((each) => {
    const [earlier, told] = [ofRule(before.found, each), ofRule(before.told, each)];
    if (earlier === undefined) return told === undefined ? [] : [told];
    return told === undefined || hasSameRemedy(earlier, each) ? [each] : [told];
  });
  const lately = before.told.filter((each) => !ofRule(found, each) && ofRule(before.found, each));
  return { found, told: [...still, ...lately] };
}

function hasSameRemedy(one: Finding, other: Finding): boolean {
  const [was, is] = [Object.entries(one.patch), new Map<string, unknown>(Object.entries(other.patch))];
  return (
    one.cure === other.cure && was.length === is.size && was.every(([key, value]) => is.get(key) === value)
  );
}

function ofRule(findings: readonly Finding[], { rule }: Finding): Finding | undefined {
  return findings.find((each) => each.rule === rule);
}
