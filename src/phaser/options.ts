import { namesNear, PlaytrainError } from '../contract';

// Whoever writes JavaScript, or casts, is told what a type would have told; and ranges, which no type tells, everybody is.

/** What may be given as one option. */
export interface OptionRule {
  /** In words, such as “a whole number of at least 1”. */
  readonly wanted: string;
  readonly allows: (value: unknown) => boolean;
  /** Whether it may be left out. */
  readonly isOptional?: true;
}

/** A rule for each option that there is. */
export type OptionRules<Options> = { readonly [Name in keyof Required<Options>]: OptionRule };

/**
 * Refuses options that there are not, that are missing or that are not what belongs there.
 *
 * @param owner whose options they are, as its sentence begins, such as `rays`.
 * @throws PlaytrainError `bad-environment`, with the name that may have been meant.
 */
export function checkOptions<Options>(owner: string, given: Options, rules: OptionRules<Options>): void {
  const ruleOf = new Map<string, OptionRule>(Object.entries(rules));
  const names = [...ruleOf.keys()];
  if (!isObject(given)) throw refusal(owner, `is given ${said(given)}, where ${listed(names)} belong.`);
  for (const name of Object.keys(given)) {
    if (ruleOf.has(name)) continue;
    const [near] = namesNear(name, names);
    const hint = near === undefined ? '' : ` did you mean “${near}”?`;
    throw refusal(owner, `has no option “${name}”;${hint} there ${isOrAre(names)} ${listed(names)}.`);
  }
  for (const [name, rule] of ruleOf) {
    checkValue(owner, name, (given as Readonly<Record<string, unknown>>)[name], rule);
  }
}

/**
 * Refuses a value that is not what belongs there.
 *
 * @throws PlaytrainError `bad-environment`.
 */
export function checkValue(owner: string, name: string, value: unknown, rule: OptionRule): void {
  const { wanted, allows, isOptional } = rule;
  if (value === undefined && isOptional) return;
  if (value === undefined) throw refusal(owner, `lacks “${name}”: give ${wanted}.`);
  if (!allows(value)) throw refusal(owner, `is given ${said(value)} as “${name}”: give ${wanted}.`);
}

/** The same, where nothing need be given. */
export const optional = (rule: OptionRule): OptionRule => ({ ...rule, isOptional: true });

export const aFunction: OptionRule = { wanted: 'a function', allows: (value) => typeof value === 'function' };

export const aSwitch: OptionRule = {
  wanted: 'true or false',
  allows: (value) => typeof value === 'boolean',
};

export const aName: OptionRule = {
  wanted: 'a name',
  allows: (value) => typeof value === 'string' && value !== '',
};

export const anObject: OptionRule = { wanted: 'an object', allows: isObject };

export const aNumber: OptionRule = { wanted: 'a number', allows: Number.isFinite };

export const aNumberAbove0: OptionRule = {
  wanted: 'a number above 0',
  allows: (value) => Number.isFinite(value) && (value as number) > 0,
};

export function aWholeNumber(least: number, most = Number.POSITIVE_INFINITY): OptionRule {
  return {
    wanted: `a whole number ${most === Number.POSITIVE_INFINITY ? `of at least ${least}` : `from ${least} to ${most}`}`,
    allows: (value) => Number.isInteger(value) && (value as number) >= least && (value as number) <= most,
  };
}

export function oneOf(values: readonly (string | number)[]): OptionRule {
  return {
    wanted: `one of ${listed(values.map(String))}`,
    allows: (value) => values.includes(value as never),
  };
}

/** Each what the rule says, and so many at least. */
export function byName({ wanted, allows }: OptionRule, least = 1): OptionRule {
  return {
    wanted: `an object with names, and ${wanted} under each`,
    allows: (value) =>
      isObject(value) &&
      Object.keys(value).length >= least &&
      Object.values(value).every((each) => allows(each)),
  };
}

/** Each what `rule` says, and none twice. */
export function aList({ wanted, allows }: OptionRule, least = 0): OptionRule {
  return {
    wanted: `a list of ${least === 0 ? '' : `at least ${least}, `}each ${wanted}, none of them twice`,
    allows: (value) =>
      Array.isArray(value) &&
      value.length >= least &&
      new Set(value).size === value.length &&
      value.every((each) => allows(each)),
  };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refusal(owner: string, what: string): PlaytrainError {
  return new PlaytrainError('bad-environment', `${owner} ${what}`);
}

function isOrAre({ length }: readonly unknown[]): string {
  return length === 1 ? 'is' : 'are';
}

function listed(names: readonly string[]): string {
  const quoted = names.map((name) => `“${name}”`);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`;
}

/** A value as a sentence has it. */
export function said(value: unknown): string {
  if (typeof value === 'string') return `“${value}”`;
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value))
    return value.length === 0 ? 'an empty list' : `a list, [${value.map(said).join(', ')}]`;
  return isObject(value) ? 'an object' : String(value);
}
