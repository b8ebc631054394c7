import { encodePlayFile } from '../agent/play-file';
import { sentenceOf } from '../contract';
import type { ByteChannel } from '../sim/serve-frames';
import { type CheckCommand, readCommand, type TrainCommand, usage } from './command-line';
import { CommandError, type ExitCode, exitCodes } from './exit-codes';
import { Interruption } from './interruption';
import { exportPolicy, importPolicy } from './onnx-commands';
import { prepareOutput, writeOutput } from './output-file';
import { Progress, type ProgressStream } from './progress';
import { withSetOptions } from './set-option';
import { sim } from './sim';
import { keepOutputForFrames, stdioChannel } from './stdio-channel';
import { trainTwin } from './train-twin';
import { loadTwin, type ReadTypeScript } from './twin-file';
import { wholeNumber } from './whole-number';

/** Where a command runs: a process, in short. */
export interface CommandPlace {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: ProgressStream;
  readonly readTypeScript: ReadTypeScript;
  /** What carries the frames of `sim`; standard input and output where it is left out. */
  readonly channel?: ByteChannel;
}

/** Runs what the words after `playtrain` ask for. @returns with which code to exit; what went wrong has been told. */
export async function runCommand(words: readonly string[], place: CommandPlace): Promise<ExitCode> {
  const { stdout, stderr } = place;
  try {
    const command = readCommand(words);
    switch (command.kind) {
      case 'help':
        stdout.write(`${usage}\n`);
        return exitCodes.success;
      case 'train':
        return await train(command, place);
      case 'check':
        return await check(command, place);
      case 'export':
        stdout.write(exportPolicy(command));
        return exitCodes.success;
      case 'import':
        stdout.write(importPolicy(command));
        return exitCodes.success;
      case 'sim':
        if (place.channel === undefined) keepOutputForFrames();
        return await sim(command, { ...place, channel: place.channel ?? stdioChannel() });
    }
  } catch (error) {
    stderr.write(`${sentenceOf(error)}\n`);
    return error instanceof CommandError ? error.exitCode : exitCodes.failed;
  }
}

async function train(
  command: TrainCommand,
  { stdout, stderr, readTypeScript }: CommandPlace,
): Promise<ExitCode> {
  const { file, out, seed, decisions } = command;
  if (out !== null) prepareOutput(out);
  const twin = await loadTwin(file, readTypeScript);
  const hyperparameters = settingsOf(twin.hyperparameters, command);
  const clock = () => performance.now();
  const progress = new Progress(stderr, decisions, clock);
  const interruption = new Interruption(() =>
    progress.print(
      `Stopping${out === null ? '' : '; what was learned is saved'}. Ctrl-C again ends at once.`,
    ),
  );
  try {
    const trained = await trainTwin(twin, {
      ...command,
      hyperparameters,
      clock,
      breathe: () => new Promise((resolve) => setImmediate(resolve)),
      onUpdate: (metrics) => progress.show(metrics),
      onFault: (sentence) => progress.print(sentence),
      shouldStop: () => interruption.happened,
    });
    progress.clear();
    const mean = trained.meanReturn === null ? 'no episode over' : trained.meanReturn.toPrecision(4);
    stdout.write(
      `“${twin.name}”, seed ${seed}: ${trained.decisions} decisions and ${trained.updates} updates in ${trained.seconds.toFixed(1)} s; mean return ${mean}.\n`,
    );
    if (out !== null) {
      const bytes = encodePlayFile(trained.policy);
      writeOutput(out, bytes);
      stdout.write(`The policy is in ${out} (${(bytes.length / 1_000).toFixed(1)} kB).\n`);
    } else stdout.write('The policy was not kept; say --out FILE to keep it.\n');
    if (interruption.happened) return exitCodes.interrupted;
    const { until } = command;
    if (until === null || (trained.meanReturn !== null && trained.meanReturn >= until))
      return exitCodes.success;
    stderr.write(
      `The mean return did not reach ${until} within ${wholeNumber(decisions)} decisions; give it more --steps.\n`,
    );
    return exitCodes.failed;
  } finally {
    interruption.dispose();
  }
}

function settingsOf(given: Parameters<typeof withSetOptions>[0], { seed, settings }: TrainCommand) {
  try {
    return withSetOptions({ ...given, seed }, settings);
  } catch (error) {
    throw new CommandError(exitCodes.usage, sentenceOf(error), { cause: error });
  }
}

async function check(
  { file, assets }: CheckCommand,
  { stdout, readTypeScript }: CommandPlace,
): Promise<ExitCode> {
  const twin = await loadTwin(file, readTypeScript);
  const { findings, stepsPerSecond, secondsTo100kDecisions } = await twin.check(
    assets === null ? {} : { assets },
  );
  for (const { code, message, cure } of findings) stdout.write(`${code}: ${message} ${cure}\n`);
  if (stepsPerSecond !== null && secondsTo100kDecisions !== null) {
    stdout.write(
      `The twin takes ${wholeNumber(stepsPerSecond)} steps a second here: 100,000 decisions are gathered in ${secondsTo100kDecisions.toFixed(0)} s; a machine that is busy otherwise takes longer.\n`,
    );
  }
  if (findings.length > 0) return exitCodes.found;
  stdout.write(`Nothing was found that would keep “${twin.name}” from learning.\n`);
  return exitCodes.success;
}
