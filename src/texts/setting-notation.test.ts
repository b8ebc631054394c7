import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanrlHyperparameters, type HyperparameterField, hyperparameterFields } from '../contract';
import { fieldText, parseField, parseWeight, readNumber, settingNumberText } from './setting-notation';

const field = (key: string): HyperparameterField => {
  const found = hyperparameterFields.find((candidate) => candidate.key === key);
  if (found === undefined) throw new Error(`no field ${key}`);
  return found;
};

describe('reading what was typed', () => {
  it('gives back every value that a field’s text was made from', () => {
    for (const each of hyperparameterFields.filter(({ kind }) => kind !== 'weights')) {
      const value = cleanrlHyperparameters[each.key];
      expect(parseField(each, fieldText(value))).toEqual({ value });
    }
  });

  it('takes layer sizes however they are set apart', () => {
    expect(parseField(field('hiddenSizes'), '128 × 64')).toEqual({ value: [128, 64] });
    expect(parseField(field('hiddenSizes'), '32,32, 8')).toEqual({ value: [32, 32, 8] });
    expect(parseField(field('hiddenSizes'), '64 64')).toEqual({ value: [64, 64] });
  });

  it('leaves out no layer in silence', () => {
    for (const text of ['64,,64', ',64', '64,', '64, x']) {
      expect(parseField(field('hiddenSizes'), text)).toMatchObject({ problem: { code: 'not-sizes' } });
    }
  });

  it('says of each refusal which setting it was, and why', () => {
    for (const [key, text, code] of [
      ['learningRate', '', 'not-a-number'],
      ['learningRate', 'fast', 'not-a-number'],
      ['learningRate', '2', 'out-of-range'],
      ['epochs', '2.5', 'not-whole'],
      ['activation', 'sine', 'no-such-option'],
      ['valueClip', 'perhaps', 'not-a-switch'],
    ] as const) {
      expect(parseField(field(key), text)).toMatchObject({ problem: { code, key } });
    }
    expect(parseWeight('touch', '99')).toMatchObject({ problem: { code: 'out-of-range', term: 'touch' } });
  });
});

describe('numbers as people write them', () => {
  it('are read alike', () => {
    const same: readonly [number, readonly string[]][] = [
      [
        0.0003,
        [
          '0.0003',
          '0,0003',
          '.0003',
          ',0003',
          '3e-4',
          '3E-4',
          '3·10^-4',
          '3×10⁻⁴',
          '3 * 10**-4',
          '0.03 %',
          '٠٫٠٠٠٣',
          '۰٫۰۰۰۳',
          '٠٫٠٣٪',
        ],
      ],
      [
        100_000,
        [
          '100000',
          '100,000',
          '100 000',
          '100\u202f000',
          '100’000',
          '100_000',
          '1e5',
          '1 × 10^5',
          '١٠٠٬٠٠٠',
          '１０００００',
        ],
      ],
      [-0.5, ['-0.5', '−0.5', '-0,5', '−,5', '-50%']],
      [1_234.5, ['1234.5', '1234,5', '1,234.5', '1 234,5']],
    ];
    for (const [number, texts] of same) {
      for (const text of texts) expect([text, readNumber(text)]).toEqual([text, number]);
    }
  });

  it('are refused where they are none', () => {
    for (const text of ['', ' ', 'fast', '1..2', '1,2,3', '0x10', 'Infinity', 'NaN', '1e', '--1', '1 2']) {
      expect([text, readNumber(text)]).toEqual([text, Number.NaN]);
    }
  });

  it('read back as the number that was written, to the last bit', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(readNumber(settingNumberText(value))).toBe(value === 0 ? 0 : value);
      }),
    );
    expect(settingNumberText(1e-5)).toBe('1e-5');
    expect(settingNumberText(3e-4)).toBe('0.0003');
  });
});
