import {
  type HyperparameterField,
  type HyperparameterGroup,
  type HyperparameterKey,
  type Hyperparameters,
  hyperparameterFields,
  type NumberField,
  type SettingsPatch,
  type SettingsProblem,
  seatsOf,
} from '../../contract';
import { fieldText, parseField, parseWeight, settingNumberText } from '../../texts/setting-notation';
import { groupLabels, optionLabel, settingLabel, settingTexts } from '../../texts/settings';
import { formTexts } from '../../texts/settings-form';
import { formatExact } from '../kit/format';
import type { PageState } from '../shell/page-state';

/** One control of the form: a setting, or one reward term's weight. */
export interface Control {
  /** Unique on the page; the element's id too. */
  readonly id: string;
  readonly field: HyperparameterField;
  readonly label: string;
  readonly tooltip: string;
  /** The reward term, for weights. */
  readonly term: string | null;
  /** True for a weight of what is not zero-sum between those who meet. */
  readonly isShaping: boolean;
}

/** The id of the first control of a setting. */
export function firstControlId(key: HyperparameterKey): string {
  return key === 'rewardWeights' ? `setting-${key}-0` : `setting-${key}`;
}

/**
 * The controls of the form, group by group, reward weights spread over one control a term. Where an agent is alone in
 * its arena, those about opponents are left out; of a live game, what its agent has declared.
 */
export function groupedControls({
  kind,
  spec,
  lessons,
}: Pick<PageState, 'kind' | 'spec' | 'lessons'>): [HyperparameterGroup, Control[]][] {
  const groups = new Map<HyperparameterGroup, Control[]>();
  const present = hyperparameterFields.filter(
    ({ key, whereAgentsMeet, ofSimulations }) =>
      lessons.visit?.hidden.includes(key) !== true &&
      (whereAgentsMeet !== true || seatsOf(spec) > 1) &&
      (ofSimulations !== true || kind === 'simulated'),
  );
  for (const field of present) {
    const controls = groups.get(field.group) ?? [];
    groups.set(field.group, controls);
    if (field.kind !== 'weights') {
      const { label, tooltip } = settingTexts[field.key];
      controls.push({ id: firstControlId(field.key), field, label, tooltip, term: null, isShaping: false });
      continue;
    }
    spec.rewardTerms.forEach(({ name, description, shaping }, index) => {
      controls.push({
        id: `setting-${field.key}-${index}`,
        field,
        label: settingLabel(field.key, name),
        tooltip: [
          description,
          settingTexts[field.key].tooltip,
          ...(shaping === true ? [formTexts.shapingExplained] : []),
        ].join(' '),
        term: name,
        isShaping: shaping === true,
      });
    });
  }
  return [...groups];
}

/** Whether a control has to do with what somebody looks for: every word stands in its name, group or explanation. */
export function isFound({ field, label, tooltip }: Control, query: string): boolean {
  const text = [field.key, label, groupLabels[field.group], tooltip].join(' ').toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word) || text.includes(otherNames[word] ?? word));
}

/** As papers call them. */
const otherNames: Readonly<Record<string, string>> = {
  γ: 'discount',
  gamma: 'discount',
  λ: 'lambda',
  ε: 'clip',
  batch: 'minibatch',
  horizon: 'rollout',
};

/** A control's value as text. */
export function controlText(
  control: Control,
  settings: Hyperparameters,
  { spec }: Pick<PageState, 'spec'>,
): string {
  if (control.term === null) return fieldText(settings[control.field.key]);
  const term = spec.rewardTerms.find(({ name }) => name === control.term);
  return settingNumberText(settings.rewardWeights[control.term] ?? term?.defaultWeight ?? 1);
}

/** A control's text as a patch of the settings. */
export function parseControl(
  { field, term }: Control,
  text: string,
): { readonly patch: SettingsPatch } | { readonly problem: SettingsProblem } {
  if (term === null) {
    const parsed = parseField(field, text);
    return 'problem' in parsed ? parsed : { patch: { [field.key]: parsed.value } };
  }
  const parsed = parseWeight(term, text);
  return 'problem' in parsed ? parsed : { patch: { rewardWeights: { [term]: parsed.value } } };
}

/** A weight moves like a number between its bounds. */
export function numberField(
  field: Extract<HyperparameterField, { kind: 'number' | 'weights' }>,
): NumberField {
  if (field.kind === 'number') return field;
  return { ...field, kind: 'number', step: 0.1, integer: false, scale: 'linear' };
}

/** The range and the default, under a control. */
export function noteOf(field: HyperparameterField, standard: string): string {
  switch (field.kind) {
    case 'number':
    case 'weights':
      return formTexts.rangeAndDefault(
        formTexts.range(rangeText(field.min), rangeText(field.max)),
        rangeText(Number(standard)),
      );
    case 'sizes':
      return formTexts.rangeAndDefault(formTexts.layers(field.maxLayers, field.min, field.max), standard);
    case 'choice':
      return formTexts.byDefault(optionLabel(field.key, standard));
    case 'switch':
      return formTexts.byDefault(standard);
  }
}

/** A bound or a default, all in one notation: `100,000,000`, `0.5`, `0.000001`. */
function rangeText(value: number): string {
  return formatExact(value).replace('-', '−');
}
