import type { ActionSpace, ContinuousSpace, DiscreteSpace, MultiDiscreteSpace } from './spaces';

/** One number of an action that is the index of a choice. */
export interface Choice {
  readonly kind: 'choice';
  readonly count: number;
  /** What each choice is called, for people. */
  readonly labels: readonly string[];
  /** Where its logits begin in a row of the policy's outputs. */
  readonly output: number;
  /** Where its flags begin in a row of masks; null where nothing of it is ever forbidden. */
  readonly mask: number | null;
}

/** One number of an action that is any number between two bounds. */
export interface Axis {
  readonly kind: 'axis';
  /** What it is called, for people. */
  readonly name: string;
  readonly low: number;
  readonly high: number;
  /** Where its mean is in a row of the policy's outputs. */
  readonly output: number;
  /** Where its log standard deviation is among the policy's. */
  readonly logStd: number;
}

/** One number of an action: a choice, or an amount along an axis. */
export type ActionComponent = Choice | Axis;

interface PartPlace {
  /** For people; empty for the one part of a plain space. */
  readonly name: string;
  /** Where its numbers begin in a row of actions, and in a row of the policy's outputs. */
  readonly action: number;
  readonly output: number;
}

/** A part of an action that is made of choices, each with a softmax over logits of its own. */
export interface ChoicesPart extends PartPlace {
  readonly kind: 'choices';
  readonly components: readonly Choice[];
  /** Where its flags begin in a row of masks; null where nothing of it is ever forbidden. */
  readonly mask: number | null;
}

/** A part of an action that is made of numbers, each drawn from a Gaussian of its own. */
export interface AxesPart extends PartPlace {
  readonly kind: 'axes';
  readonly components: readonly Axis[];
  /** Where its log standard deviations begin among the policy's. */
  readonly logStd: number;
}

/** A part of an action: choices, or axes, with a name of its own. */
export type ActionPart = ChoicesPart | AxesPart;

/**
 * What an action is made of, part by part, and where the numbers of each part lie. Whatever computes with actions goes by
 * this list: a plain space is a list of one.
 */
export interface ActionLayout {
  readonly parts: readonly ActionPart[];
  /** What each number of an action stands for: those of all parts, in order. */
  readonly components: readonly ActionComponent[];
  /** Numbers in a row of actions: one a component. */
  readonly actions: number;
  /** Width of the policy head: all logits and all means, side by side. */
  readonly outputs: number;
  /** Flags in a row of masks: one a logit of masked parts. */
  readonly masks: number;
  /** How many log standard deviations a policy has: one an axis. */
  readonly logStds: number;
}

/** Lays an action out: its parts, and where the numbers of each lie in actions, outputs and masks. */
export function actionLayout(space: ActionSpace): ActionLayout {
  const parts: ActionPart[] = [];
  const widths = { actions: 0, outputs: 0, masks: 0, logStds: 0 };
  for (const { name, space: own } of namedParts(space)) {
    const place = { name, action: widths.actions, output: widths.outputs };
    if (own.kind === 'continuous') {
      const { outputs, logStds } = widths;
      const components = Array.from({ length: own.size }, (_, i): Axis => {
        const [axisName, low, high] = [own.names[i] ?? '', own.low[i] ?? -Infinity, own.high[i] ?? Infinity];
        return { kind: 'axis', name: axisName, low, high, output: outputs + i, logStd: logStds + i };
      });
      parts.push({ kind: 'axes', ...place, components, logStd: logStds });
      widths.outputs += own.size;
      widths.logStds += own.size;
      widths.actions += own.size;
    } else {
      const masked = own.masked === true;
      const mask = masked ? widths.masks : null;
      const components: Choice[] = [];
      for (const { count, labels } of choicesOf(own)) {
        components.push({
          kind: 'choice',
          count,
          labels,
          output: widths.outputs,
          mask: masked ? widths.masks : null,
        });
        widths.outputs += count;
        if (masked) widths.masks += count;
      }
      parts.push({ kind: 'choices', ...place, components, mask });
      widths.actions += components.length;
    }
  }
  return {
    parts,
    components: parts.flatMap((part): readonly ActionComponent[] => part.components),
    ...widths,
  };
}

type PlainSpace = DiscreteSpace | MultiDiscreteSpace | ContinuousSpace;

function namedParts(space: ActionSpace): readonly { readonly name: string; readonly space: PlainSpace }[] {
  if (space.kind !== 'product') return [{ name: '', space }];
  return space.parts.map((part) => ({ name: part.name, space: part }));
}

function choicesOf(space: DiscreteSpace | MultiDiscreteSpace) {
  if (space.kind === 'discrete') return [space];
  return space.counts.map((count, i) => ({ count, labels: space.labels[i] ?? [] }));
}

/** How many numbers store one action: one a choice or axis. */
export function actionSize(space: ActionSpace): number {
  return actionLayout(space).actions;
}

/** Width of the policy head: all logits and all means of Gaussians, side by side. */
export function policyOutputSize(space: ActionSpace): number {
  return actionLayout(space).outputs;
}

/** How many bytes one action mask takes: a flag a logit of masked parts, or 0 where nothing is ever forbidden. */
export function maskSize(space: ActionSpace): number {
  return actionLayout(space).masks;
}

/** What the spaces say of the widths of records' columns. */
export function spaceSizes(observationSize: number, actionSpace: ActionSpace) {
  const { actions, masks } = actionLayout(actionSpace);
  return { observationSize, actionSize: actions, maskSize: masks };
}
