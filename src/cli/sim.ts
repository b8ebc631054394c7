import { PlaytrainError, type ScriptedPlayer, sentenceOf } from '../contract';
import { games, loadSimulation } from '../game/catalogue';
import { FrameError, frameErrors } from '../sim/protocol';
import { type ByteChannel, serveFrames } from '../sim/serve-frames';
import { exportedSimulation, type ServedGame, serveLive, serveSimulation } from '../sim/served-game';
import { SimSession } from '../sim/sim-session';
import { CommandError, type ExitCode, exitCodes } from './exit-codes';
import type { SimCommand } from './sim-options';
import { importGame, type ReadTypeScript, servedBy } from './twin-file';

/** Where frames and words go. */
export interface SimPlace {
  readonly channel: ByteChannel;
  readonly stderr: { write(text: string): unknown };
  readonly readTypeScript: ReadTypeScript;
}

/**
 * Lets another program play a game, until it says CLOSE.
 *
 * @throws CommandError whose code says why the connection ended otherwise.
 */
export async function sim(
  command: SimCommand,
  { channel, stderr, readTypeScript }: SimPlace,
): Promise<ExitCode> {
  const { game, close } = await openGame(command, readTypeScript);
  try {
    const session = new SimSession(game, {
      autoreset: command.autoreset,
      seed: command.seed,
      opponent: command.opponent === null ? null : opponentOf(game, command.opponent),
      onFault: (sentence) => stderr.write(`${sentence}\n`),
    });
    await serveFrames(session, channel);
    return exitCodes.success;
  } catch (error) {
    throw new CommandError(exitCodeOf(error), sentenceOf(error), { cause: error });
  } finally {
    close();
  }
}

interface OpenedGame {
  readonly game: ServedGame;
  readonly close: () => void;
}

async function openGame(command: SimCommand, readTypeScript: ReadTypeScript): Promise<OpenedGame> {
  const { source } = command;
  const options = { ...command, arenas: command.arenas ?? 1 };
  if ('game' in source) {
    const simulation = await loadSimulation(source.game);
    if (simulation === undefined) {
      throw new CommandError(
        exitCodes.usage,
        `There is no game “${source.game}”; name one of ${games.map(({ id }) => id).join(', ')}, or a file.`,
      );
    }
    return { game: usable(() => serveSimulation(simulation, options)), close: () => {} };
  }
  const exported = await importGame(source.file, readTypeScript);
  const twin = servedBy(source.file);
  if (twin === null) {
    return usable(() => ({
      game: serveSimulation(exportedSimulation(exported, source.exportName, source.file), options),
      close: () => {},
    }));
  }
  if (command.timeLimitTicks !== null) {
    throw new CommandError(
      exitCodes.usage,
      'The time limit of a live game is its agent’s; leave --time-limit out.',
    );
  }
  const { environment, close } = await twin.open(
    { seed: command.seed, ...(command.assets !== null && { assets: command.assets }) },
    command.arenas ?? twin.hyperparameters.arenas,
  );
  return { game: serveLive(environment, twin.hyperparameters), close };
}

function usable<Opened>(open: () => Opened): Opened {
  try {
    return open();
  } catch (error) {
    throw new CommandError(exitCodes.usage, sentenceOf(error), { cause: error });
  }
}

function opponentOf({ scripted, environment }: ServedGame, id: string): ScriptedPlayer {
  const found = scripted.find((player) => player.id === id);
  if (found !== undefined) return found;
  const ids = scripted.map((player) => player.id).join(', ');
  throw new PlaytrainError(
    'bad-settings',
    `“${environment.spec.game}” has no scripted player “${id}”${ids === '' ? ' and no other' : `; it has ${ids}`}.`,
  );
}

function exitCodeOf(error: unknown): ExitCode {
  if (!(error instanceof FrameError)) {
    return error instanceof PlaytrainError && error.code === 'bad-settings'
      ? exitCodes.usage
      : exitCodes.failed;
  }
  if (error.code === frameErrors.game) return exitCodes.failed;
  return error.code === frameErrors.lost ? exitCodes.lost : exitCodes.protocol;
}
