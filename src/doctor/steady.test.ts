import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding, RuleId } from '../contract';
import { nothingTold, steadied, type Told } from './steady';

const rules = ['fell', 'entropyGone', 'valueBlind'] as const;
const finding = (rule: RuleId) => ({ rule }) as Finding;
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

  it('is what was found now, where that is found: its evidence and its remedy are the newest', () => {
    const older = { ...finding('fell'), cure: 'backToBest' } as Finding;
    const newer = { ...finding('fell'), cure: 'afresh' } as Finding;
    expect(steadied(steadied(nothingTold, [older]), [newer]).told).toEqual([newer]);
    const gone = steadied(steadied(steadied(nothingTold, [older]), [newer]), []);
    expect(gone.told).toEqual([newer]);
  });
});
