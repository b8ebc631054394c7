import { parseArgs } from 'node:util';
import { type OnnxDialect, onnxDialects } from '../onnx/export-onnx';
import { CommandError, exitCodes } from './exit-codes';
import { readSim, type SimCommand, simUsage } from './sim-options';

export const usage = `playtrain train ./twin.ts   trains the agent that a twin's file serves
  --steps N         decisions to take (100000)
  --seed N          where chance begins (1)
  --out FILE        where the policy goes, as playtrain/play reads it
  --until X         ends once the mean return of the last episodes is X
  --set KEY=VALUE   a setting, such as --set learningRate=0.0003; may be repeated
  --backend NAME    auto, wasm or cpu (auto)
playtrain check ./twin.ts   looks for what would keep the agent from learning
playtrain export ./policy.safetensors   writes a policy for another engine
  --onnx DIALECT    mlagents (Unity’s ML-Agents) or godot (Godot RL Agents)
  --out FILE        where it goes (beside the policy, named .onnx)
playtrain import ./policy.onnx   reads a policy from another engine
  --like FILE       a policy’s file of the game that it plays, where it does not say so itself
  --output NAME     which output holds the actions, where several could
  --out FILE        where it goes (beside the model, named .safetensors)
${simUsage}

All but export and import take --assets FOLDER, in which the addresses begin that the game loads.
They exit with 0; 1 where the game or learning failed, or --until was not reached; 2 where the command was not understood; 3 where check found
something; 4 where sim was sent what is no frame, 5 where its other side went away; 130 after Ctrl-C, with what was learned in --out.`;

export const backendChoices = ['auto', 'wasm', 'cpu'] as const;

/** What a twin's file is trained by. */
export interface TrainCommand {
  readonly kind: 'train';
  readonly file: string;
  /** Null for what the file says. */
  readonly assets: string | null;
  readonly decisions: number;
  readonly seed: number;
  readonly out: string | null;
  readonly until: number | null;
  /** As typed: `key=value`. */
  readonly settings: readonly string[];
  readonly backend: (typeof backendChoices)[number];
}

export interface CheckCommand {
  readonly kind: 'check';
  readonly file: string;
  readonly assets: string | null;
}

/** A policy that is written for another engine. */
export interface ExportCommand {
  readonly kind: 'export';
  readonly file: string;
  readonly dialect: OnnxDialect;
  /** Null for a name beside the file's. */
  readonly out: string | null;
}

/** A policy of another engine that becomes one of ours. */
export interface ImportCommand {
  readonly kind: 'import';
  readonly file: string;
  readonly like: string | null;
  readonly output: string | null;
  /** Null for a name beside the file's. */
  readonly out: string | null;
}

export type Command =
  | TrainCommand
  | CheckCommand
  | ExportCommand
  | ImportCommand
  | SimCommand
  | { readonly kind: 'help' };

const checkOptions = { assets: { type: 'string' } } as const;
const trainOptions = {
  ...checkOptions,
  steps: { type: 'string', default: '100000' },
  seed: { type: 'string', default: '1' },
  out: { type: 'string' },
  until: { type: 'string' },
  set: { type: 'string', multiple: true, default: [] as string[] },
  backend: { type: 'string', default: 'auto' },
} as const;

const exportOptions = { onnx: { type: 'string' }, out: { type: 'string' } } as const;
const importOptions = {
  like: { type: 'string' },
  output: { type: 'string' },
  out: { type: 'string' },
} as const;

/** @throws CommandError where the words cannot be understood. */
export function readCommand(words: readonly string[]): Command {
  const [name, ...rest] = words;
  if (name === undefined || name === 'help' || words.includes('--help') || words.includes('-h')) {
    return { kind: 'help' };
  }
  switch (name) {
    case 'train':
      return readTrain(rest);
    case 'check': {
      const { values, file } = parsed(twinFile, () =>
        parseArgs({ args: rest, options: checkOptions, allowPositionals: true }),
      );
      return { kind: 'check', file, assets: values.assets ?? null };
    }
    case 'export':
      return readExport(rest);
    case 'import': {
      const { values, file } = parsed('Name the model, such as ./policy.onnx.', () =>
        parseArgs({ args: rest, options: importOptions, allowPositionals: true }),
      );
      const { like = null, output = null, out = null } = values;
      return { kind: 'import', file, like, output, out };
    }
    case 'sim':
      return readSim(rest);
    default:
      throw refused(`There is no command “${name}”; there are train, check, export, import and sim.`);
  }
}

function readExport(words: string[]): ExportCommand {
  const { values, file } = parsed('Name the policy, such as ./policy.safetensors.', () =>
    parseArgs({ args: words, options: exportOptions, allowPositionals: true }),
  );
  const dialect = onnxDialects.find((known) => known === values.onnx);
  if (dialect !== undefined) return { kind: 'export', file, dialect, out: values.out ?? null };
  throw refused(`--onnx must be one of ${onnxDialects.join(', ')}; it was ${values.onnx ?? 'left out'}.`);
}

function readTrain(words: string[]): TrainCommand {
  const { values, file } = parsed(twinFile, () =>
    parseArgs({ args: words, options: trainOptions, allowPositionals: true }),
  );
  const backend = backendChoices.find((choice) => choice === values.backend);
  if (backend === undefined) {
    throw refused(`--backend must be one of ${backendChoices.join(', ')}; it was ${values.backend}.`);
  }
  return {
    kind: 'train',
    file,
    assets: values.assets ?? null,
    decisions: wholeNumber('--steps', values.steps, 1),
    seed: wholeNumber('--seed', values.seed, 0),
    out: values.out ?? null,
    until: values.until === undefined ? null : finiteNumber('--until', values.until),
    settings: values.set,
    backend,
  };
}

const twinFile = 'Name the file that serves the twin, such as ./twin.ts.';

/** @param needsFile what is said where no file is named. */
function parsed<Values>(needsFile: string, parse: () => { values: Values; positionals: string[] }) {
  let result: { values: Values; positionals: string[] };
  try {
    result = parse();
  } catch (error) {
    throw refused(error instanceof Error ? error.message : String(error));
  }
  const [file, ...more] = result.positionals;
  if (file === undefined) throw refused(needsFile);
  if (more.length > 0) throw refused(`One file at a time; besides ${file} there is ${more.join(' ')}.`);
  return { values: result.values, file };
}

function finiteNumber(option: string, text: string): number {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(number)) throw refused(`${option} must be a number; it was ${text}.`);
  return number;
}

function wholeNumber(option: string, text: string, least: number): number {
  const number = finiteNumber(option, text);
  if (!Number.isInteger(number) || number < least) {
    throw refused(`${option} must be a whole number of at least ${least}; it was ${text}.`);
  }
  return number;
}

function refused(sentence: string): CommandError {
  return new CommandError(exitCodes.usage, `${sentence}\n\n${usage}`);
}
