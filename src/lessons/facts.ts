import type { CapturedUpdate, Hyperparameters } from '../contract';
import { asUsed, type Mistake, type WhatIf } from '../inspector/what-if';
import type { Check } from './lesson';
import type { Moment } from './moment';
import { places } from './places';

/** What of the page checks go by. */
export interface Facts {
  readonly captured: CapturedUpdate | null;
  /** What is looked at in it; null without one. */
  readonly look: { readonly step: number; readonly whatIf: WhatIf } | null;
  readonly settings: Hyperparameters;
}

/** The step that is looked at; null where nothing is in the inspector. */
export function momentOf({ captured, look }: Facts): Moment | null {
  return captured === null || look === null ? null : { captured, ...look };
}

/** Whether it is so. */
export function holds(check: Check, facts: Facts): boolean {
  const moment = momentOf(facts);
  if (check.check === 'setting') return isSet(check, facts);
  if (moment === null) return false;
  const { whatIf, captured, step } = moment;
  switch (check.check) {
    case 'captured':
      return true;
    case 'lookedAt':
      return (places[check.place](moment) as readonly number[]).includes(step);
    case 'supposed':
      return whatIf[check.what] >= check.from && whatIf[check.what] <= check.to;
    case 'mistake':
      return whatIf.mistakes[check.mistake] === check.on;
    case 'asUsed':
      return isSame(whatIf, asUsed(captured));
  }
}

function isSet({ key, atLeast, used }: Extract<Check, { check: 'setting' }>, facts: Facts): boolean {
  const inUpdate = facts.captured === null ? Number.NaN : Number(facts.captured.settings[key]);
  return Number(facts.settings[key]) >= atLeast && (!used || inUpdate >= atLeast);
}

function isSame(left: WhatIf, right: WhatIf): boolean {
  const mistakes = Object.keys(left.mistakes) as readonly Mistake[];
  return (
    left.discount === right.discount &&
    left.gaeLambda === right.gaeLambda &&
    mistakes.every((mistake) => left.mistakes[mistake] === right.mistakes[mistake])
  );
}
