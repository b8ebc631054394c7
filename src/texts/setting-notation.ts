import {
  changedFields,
  fieldProblems,
  type HyperparameterField,
  type HyperparameterKey,
  type Hyperparameters,
  hyperparameterFields,
  type SettingsProblem,
} from '../contract';

/** How settings stand in addresses, on the command line and in the form: `epochs=6`, `rewardWeights.touch=0.1`. */

export type SettingsValue = Hyperparameters[HyperparameterKey];

/** A text that was read as a field's value, or why it was not. */
export type ParsedField = { readonly value: SettingsValue } | { readonly problem: SettingsProblem };

/** Settings with one more read from a text, or why it was not taken. */
export type ReadSetting = { readonly settings: Hyperparameters } | { readonly problem: ReadProblem };
export type ReadProblem = SettingsProblem | { readonly code: 'no-such-setting'; readonly name: string };

const weightPrefix = 'rewardWeights.';

/** Reads what a person typed, or what stands in an address, as one field's value. */
export function parseField(field: HyperparameterField, text: string): ParsedField {
  const value = read(field, text.trim());
  const problem = fieldProblems(field, value)[0];
  return problem === undefined ? { value: value as SettingsValue } : { problem };
}

/** Reads a text as the weight of one reward term. */
export function parseWeight(
  term: string,
  text: string,
): { readonly value: number } | { readonly problem: SettingsProblem } {
  const field = hyperparameterFields.find(({ kind }) => kind === 'weights') as HyperparameterField;
  const value = readNumber(text.trim());
  const problem = fieldProblems(field, { [term]: value })[0];
  return problem === undefined ? { value } : { problem };
}

/** A field's value as `parseField` reads it. Reward weights have no such text: each has one of its own. */
export function fieldText(value: SettingsValue): string {
  if (typeof value === 'number') return settingNumberText(value);
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.join(', ') : '';
}

/** A setting's number as a person would type it, without rounding: `0.0003`, `1e-5`, `64`. */
export function settingNumberText(value: number): string {
  const size = Math.abs(value);
  return size > 0 && size < 1e-4 ? value.toExponential() : String(value);
}

/**
 * Lays one setting over others.
 *
 * @param name as in an address; a reward term's weight is `rewardWeights.` and the term, which `settings` must name.
 */
export function withSettingText(settings: Hyperparameters, name: string, text: string): ReadSetting {
  const term = name.startsWith(weightPrefix) ? name.slice(weightPrefix.length) : null;
  if (term !== null) {
    if (!Object.hasOwn(settings.rewardWeights, term)) return { problem: { code: 'no-such-setting', name } };
    const parsed = parseWeight(term, text);
    if ('problem' in parsed) return parsed;
    return { settings: { ...settings, rewardWeights: { ...settings.rewardWeights, [term]: parsed.value } } };
  }
  const field = hyperparameterFields.find(({ key }) => key === name);
  if (field === undefined || field.kind === 'weights') return { problem: { code: 'no-such-setting', name } };
  const parsed = parseField(field, text);
  return 'problem' in parsed ? parsed : { settings: { ...settings, [field.key]: parsed.value } };
}

/** What of `settings` differs from `defaults`, as names and texts that `withSettingText` reads back. */
export function settingTexts(
  defaults: Hyperparameters,
  settings: Hyperparameters,
): (readonly [name: string, text: string])[] {
  return changedFields(defaults, settings).flatMap(({ key, kind }): (readonly [string, string])[] => {
    if (kind !== 'weights') return [[key, fieldText(settings[key]).replaceAll(' ', '')]];
    return Object.entries(settings.rewardWeights)
      .filter(([term, weight]) => weight !== defaults.rewardWeights[term])
      .map(([term, weight]) => [`${weightPrefix}${term}`, settingNumberText(weight)]);
  });
}

function read(field: HyperparameterField, text: string): unknown {
  switch (field.kind) {
    case 'number':
    case 'weights':
      return readNumber(text);
    case 'switch':
      return text === 'on' ? true : text === 'off' ? false : text;
    case 'choice':
      return text;
    case 'sizes':
      return text === '' ? [] : text.split(/\s*[,;×]\s*|\s+/).map(readNumber);
  }
}

/**
 * A number as people write it: a decimal comma or point, a true minus sign, thousands set apart by spaces, apostrophes
 * or underscores, a factor of ten (`3e-4`, `3·10^-4`, `3×10⁻⁴`), a percent sign; in Arabic, Persian and full-width digits,
 * too.
 *
 * @returns NaN where it is none, or could be two different numbers.
 */
export function readNumber(text: string): number {
  let plain = inLatinDigits(text.trim()).replaceAll('−', '-');
  if (plain === '') return Number.NaN;
  const isShare = plain.endsWith('%');
  if (isShare) plain = plain.slice(0, -1).trim();
  plain = plain.replace(/(?<=\d)[\s'’_\u00a0\u202f](?=\d{3}(?!\d))/g, '');
  plain = plain.replace(/\s*[·×*]\s*10\s*(?:\^|\*\*)?\s*([-+⁻⁺]?[\d⁰¹²³⁴-⁹]+)$/u, (_, power: string) => {
    return `e${power.replace(/[^\d+-]/gu, (each) => superscripts[each] ?? each)}`;
  });
  if (/^[-+]?\d*,\d+(?:e[-+]?\d+)?$/i.test(plain) && !isGroupedByCommas(plain))
    plain = plain.replace(',', '.');
  else if (isGroupedByCommas(plain)) plain = plain.replaceAll(',', '');
  if (!/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(plain)) return Number.NaN;
  return isShare ? Number(plain) / 100 : Number(plain);
}

/** `1,000` and `12,000.5`; not `0,100`, which nobody writes for a hundred. */
const isGroupedByCommas = (text: string) => /^[-+]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/.test(text);

/** The zeros of digits that keyboards write beside Latin ones: Arabic, Persian, full-width. */
const zeros = ['٠', '۰', '０'].map((zero) => zero.codePointAt(0) ?? 0);

/** The same number in Latin digits and their signs. */
function inLatinDigits(text: string): string {
  const latin = text.replace(/[٠-٩۰-۹０-９]/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    return String(code - (zeros.findLast((zero) => zero <= code) ?? code));
  });
  return latin.replaceAll('٫', '.').replaceAll('٬', ',').replaceAll('٪', '%');
}

const superscripts: Readonly<Record<string, string>> = {
  '⁰': '0',
  '¹': '1',
  '²': '2',
  '³': '3',
  '⁴': '4',
  '⁵': '5',
  '⁶': '6',
  '⁷': '7',
  '⁸': '8',
  '⁹': '9',
  '⁻': '-',
  '⁺': '+',
};
