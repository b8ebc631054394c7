import { bad } from '../agent/file-error';
import { checkExpected } from '../agent/file-spec';
import type { PolicyData } from '../agent/policy-file';
import { type ActionComponent, actionLayout, type EnvironmentSpec } from '../contract';
import { decodeModel } from './decode-model';
import { type ComponentNet, type ImportedHead, policyOfNet } from './imported-policy';
import { type PolicyNotes, readNotes } from './metadata';
import type { OnnxModel, OnnxValue } from './model';
import type { Traced } from './straight-net';
import { observationParts, readHere, refusal, Trace } from './trace';

/** Logits and means that a policy may have: far more than any game has. */
const mostOutputs = 4_096;

/** What is to be known besides the file. */
export interface ImportChoices {
  /** The game that the policy plays. May be left out for models that were exported here, which say it. */
  readonly expected?: EnvironmentSpec;
  /** The game that it plays where the model does not say which. */
  readonly otherwise?: EnvironmentSpec;
  /** What the policy is called; unless told, as the model says. */
  readonly name?: string;
  /** Which output holds the actions, where a model without known names has several that could. */
  readonly output?: string;
}

/**
 * Reads a policy from an `.onnx` file: a straight net of dense layers with tanh, relu or swish, a normaliser before it
 * where there is one, of ML-Agents, of Godot RL Agents or without known names, as Stable-Baselines3 gives. What it has no weights
 * for, the critic and deviations, begins as a new policy’s.
 *
 * @throws PlaytrainError `bad-file` with what is wrong: where it is a node, by its name.
 */
export function importOnnx(bytes: Uint8Array, choices: ImportChoices = {}): PolicyData {
  const model = decodeModel(bytes);
  const notes = readNotes(model.metadata);
  const spec = specOf(notes, choices);
  const head = headOf(model, spec, choices.output);
  return policyOfNet(head, spec, notes, choices.name);
}

function specOf(notes: PolicyNotes | null, { expected, otherwise }: ImportChoices): EnvironmentSpec {
  if (notes !== null && expected !== undefined) checkExpected(notes.spec, expected);
  const spec = expected ?? notes?.spec ?? otherwise;
  if (spec !== undefined) {
    // A false count in the file costs nothing.
    if (actionLayout(spec.actionSpace).outputs <= mostOutputs) return spec;
    throw bad('its agent has more choices than can be', 'Export it again.');
  }
  throw bad('it does not say which game it plays', 'Say it: a game, or a policy’s file of that game.');
}

function headOf(model: OnnxModel, spec: EnvironmentSpec, output: string | undefined): ImportedHead {
  const has = (name: string) => model.outputs.some((value) => value.name === name);
  if (has('version_number') && (has('continuous_actions') || has('discrete_actions'))) {
    return mlAgentsHead(model, spec);
  }
  const trace = traced(model, spec, [seenBy(model, ['state_ins'])], null);
  const named = (names: readonly string[]) => names.map((name) => ({ name, value: trace.of(name) }));
  if (has('output') && has('state_outs')) return plainHead(named(['output']), spec, 'fromMinusOneToOne');
  const names = model.outputs
    .map(({ name }) => name)
    .filter((name) => output === undefined || name === output);
  if (names.length === 0) {
    const there = model.outputs.map(({ name }) => `“${name}”`).join(', ');
    throw bad(`it has no output “${output ?? ''}”`, `Name one that it has: ${there}.`);
  }
  return plainHead(named(names), spec, 'asInGame');
}

/** The one input of observations. @param besides what may go in besides. */
function seenBy(model: OnnxModel, besides: readonly string[]): OnnxValue {
  const [seen, ...others] = inputsOf(model).filter(({ name }) => !besides.includes(name));
  if (seen !== undefined && others.length === 0) return seen;
  const names = inputsOf(model).map(({ name }) => `“${name}”`);
  const found = names.length === 0 ? 'nothing goes into it' : `what goes into it is ${names.join(' and ')}`;
  throw bad(`it does not see one row of numbers: ${found}`, 'Choose a model with one input of observations.');
}

/** What has to be given: older files list their weights among the inputs. */
function inputsOf({ inputs, constants }: OnnxModel): readonly OnnxValue[] {
  const given = new Set(constants.map(({ name }) => name));
  return inputs.filter(({ name }) => !given.has(name));
}

/** The inputs of observations of a model of ML-Agents, which has one for each sensor, in their order. */
function sensorsOf(model: OnnxModel, besides: readonly string[]): readonly OnnxValue[] {
  const sensors = inputsOf(model).filter(({ name }) => /^obs_\d+$/.test(name));
  const others = inputsOf(model).filter((each) => !sensors.includes(each) && !besides.includes(each.name));
  return sensors.length > 1 && others.length === 0 ? sensors : [seenBy(model, besides)];
}

/** @param seen what holds the numbers that are seen, one after another. */
function traced(
  model: OnnxModel,
  { observationSpace: { size } }: EnvironmentSpec,
  seen: readonly OnnxValue[],
  masks: number | null,
): Trace {
  const widths = seen.map(({ dims }) => widthOfRow(dims, seen.length === 1 ? size : 0));
  if (widths.some((width) => width < 1) || widths.reduce((sum, width) => sum + width, 0) !== size) {
    throw bad(
      `it sees ${widths.join(' and ')} numbers, and this game’s agent ${size}`,
      'Choose a model of this game.',
    );
  }
  const parts = observationParts(widths);
  const given = new Map<string, Traced>(seen.map(({ name }, i) => [name, parts[i]!])); // as many as inputs
  if (masks !== null) {
    // All allowed: what masks take off is nothing then.
    const tensor = { dims: [1, masks], values: new Float64Array(masks).fill(1) };
    given.set('action_masks', { kind: 'constant', tensor });
  }
  return new Trace(model, given);
}

/** @param otherwise where the file does not say it. */
function widthOfRow(dims: OnnxValue['dims'], otherwise: number): number {
  const width = dims.at(-1);
  return typeof width === 'number' ? width : otherwise;
}

interface NamedOutput {
  readonly name: string;
  readonly value: Traced;
}

// ---- ML-Agents ------------------------------------------------------------------------------------------------------

function mlAgentsHead(model: OnnxModel, spec: EnvironmentSpec): ImportedHead {
  const { components } = actionLayout(spec.actionSpace);
  const choices = components.filter((component) => component.kind === 'choice');
  const axes = components.filter((component) => component.kind === 'axis');
  const masks = choices.reduce((sum, { count }) => sum + count, 0);
  if (inputsOf(model).some(({ name }) => name === 'recurrent_in')) {
    throw bad('it remembers from step to step (“recurrent_in”)', readHere);
  }
  const trace = traced(model, spec, sensorsOf(model, ['action_masks']), masks);
  /**
   * The likeliest where the model gives it; older ones give only what was drawn, which is followed without chance, and
   * of choices how likely each is.
   */
  const output = (name: string): NamedOutput | null => {
    const exact = `deterministic_${name}`;
    const found = [exact, name].find((each) => model.outputs.some((value) => value.name === each));
    return found === undefined ? null : { name: found, value: trace.of(found) };
  };
  const [continuous, discrete] = [output('continuous_actions'), output('discrete_actions')];
  const axesHead =
    axes.length > 0 || continuous !== null ? componentNets(continuous, axes, 'fromMinusOneToOne') : [];
  const choicesHead =
    choices.length > 0 || discrete !== null ? componentNets(discrete, choices, 'fromMinusOneToOne') : [];
  const found = new Map([...axesHead, ...choicesHead].map((each) => [each.component, each]));
  return components.map((component) => found.get(component)!); // each is a choice or an axis
}

// ---- Models whose outputs hold all components -----------------------------------------------------------------------

function plainHead(
  outputs: readonly NamedOutput[],
  spec: EnvironmentSpec,
  units: ComponentNet['units'],
): ImportedHead {
  const { components } = actionLayout(spec.actionSpace);
  const fitting = outputs.filter((output) => fits(output.value, components));
  const [first, ...more] = fitting;
  if (first === undefined) return componentNets(outputs.at(0) ?? null, components, units);
  if (more.length === 0) return componentNets(first, components, units);
  const names = fitting.map(({ name }) => `“${name}”`).join(' and ');
  throw bad(`its outputs ${names} could each be the actions`, 'Say which one it is, by its name.');
}

/** Whether an output can be a space's actions, by its shape. */
function fits(value: Traced, components: readonly ActionComponent[]): boolean {
  if (value.kind === 'net' && value.net.choiceWidths === null) return value.net.width === widthOf(components);
  const widths = choiceWidthsOf(value);
  return (
    widths?.length === components.length &&
    components.every((each, i) => each.kind === 'choice' && each.count === widths[i])
  );
}

/** Among how many each choice is made that an output gives, or says how likely it is; null for what are no choices. */
function choiceWidthsOf(value: Traced): readonly number[] | null {
  if (value.kind === 'net') return value.net.choiceWidths;
  return value.kind === 'choices' ? value.groups.map(({ width }) => width) : null;
}

function widthOf(components: readonly ActionComponent[]): number {
  return components.reduce((sum, each) => sum + (each.kind === 'choice' ? each.count : 1), 0);
}

/** Which numbers of which net each component is. @throws PlaytrainError `bad-file` where they are others. */
function componentNets(
  output: NamedOutput | null,
  components: readonly ActionComponent[],
  units: ComponentNet['units'],
): ComponentNet[] {
  if (output === null)
    throw bad(
      `it gives no ${components[0]?.kind === 'axis' ? 'axes' : 'choices'}, by which this game’s agent acts`,
      'Choose a model of this game.',
    );
  const { name, value } = output;
  if (components.length === 0) {
    throw bad(
      `it gives “${name}”, and this game’s agent does nothing of that kind`,
      'Choose a model of this game.',
    );
  }
  if (value.kind === 'refused') throw refusal(value.node, value.why);
  if (!fits(value, components)) {
    const widths = choiceWidthsOf(value);
    if (widths !== null) {
      throw bad(
        `its output “${name}” chooses one of ${widths.join(', and one of ')}, and this game’s agent does not`,
        'Choose a model of this game.',
      );
    }
    throw bad(
      `its output “${name}” is not as wide as what this game’s agent does (${widthOf(components)} numbers)`,
      'Choose a model of this game.',
    );
  }
  let start = 0;
  return components.map((component, i) => {
    if (value.kind === 'choices') return { component, net: value.groups[i]!, start: 0, units };
    const from = start;
    start += component.kind === 'choice' ? component.count : 1;
    // Of another kind nothing fits.
    return { component, net: (value as Traced & { kind: 'net' }).net, start: from, units };
  });
}
