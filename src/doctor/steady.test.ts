import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding, RuleId } from '../contract';
import { nothingTold, steadied, type Told } from './steady';

const rules = ['fell', 'entropyGone', 'valueBlind'] as const;
const finding = (rule: RuleId) => ({ rule, patch: {} }) as Finding;
const rulesOf = (findings: readonly Finding[]) => findings.map(({ rule }) => rule);

/** What is told after each of some looks. */
function toldAfter(looks: readonly (readonly RuleId[])[]): readonly (readonly RuleId[])[] {
  let told: Told = nothingTold;
  return looks.map((look) => {
    told = steadied(told, look.map(finding));
    return rulesOf(told.told);
  });
}

describe('what is told of what is found', () => {
  it('begins with the second look in a row, and ends with the second that has it no more', () => {
    const looks = [['fell'], ['fell'], [], ['fell'], [], [], ['fell'], []] as const;
    expect(toldAfter(looks)).toEqual([[], ['fell'], ['fell'], ['fell'], ['fell'], [], [], []]);
  });

  it('is each rule’s own affair, and never told twice', () => {
    const look = fc.subarray([...rules]);
    fc.assert(
      fc.property(fc.array(look, { maxLength: 12 }), (looks) => {
        const together = toldAfter(looks);
        for (const rule of rules) {
          const alone = toldAfter(looks.map((each) => each.filter((found) => found === rule)));
          expect(together.map((told) => told.filter((each) => each === rule))).toEqual(alone);
        }
      }),
    );
  });

  it('has the newest evidence, and another remedy once two looks agree on it', () => {
    const found = (cure: Finding['cure'], value: number) =>
      ({ ...finding('fell'), cure, evidence: { value } }) as Finding;
    const looks = [
      found('backToBest', 1),
      found('backToBest', 2),
      found('afresh', 3),
      found('backToBest', 4),
      found('afresh', 5),
      found('afresh', 6),
    ];
    let told: Told = nothingTold;
    const seen = looks.map((look) => {
      told = steadied(told, [look]);
      return told.told.map(({ cure, evidence: { value } }) => `${cure} ${value}`).join();
    });
    expect(seen).toEqual(['', 'backToBest 2', 'backToBest 2', 'backToBest 2', 'backToBest 2', 'afresh 6']);
  });

  it('keeps its button while two remedies of one cure take turns', () => {
    const found = (patch: Finding['patch']) =>
      ({ ...finding('machineSlow'), cure: 'goOn', patch }) as Finding;
    const [gentle, fewer] = [found({ priority: 'gameFirst' }), found({ epochs: 4 })];
    let told: Told = nothingTold;
    const seen = [gentle, gentle, fewer, gentle, fewer, fewer].map((look) => {
      told = steadied(told, [look]);
      return Object.keys(told.told[0]?.patch ?? {}).join();
    });
    expect(seen).toEqual(['', 'priority', 'priority', 'priority', 'priority', 'epochs']);
  });
});
