import type { CollectorChoice, Hyperparameters } from '../contract';

/** More than this many collectors are only started when a person asks for them. */
const mostAutomaticCollectors = 4;

/** Consecutive arenas of a run that one collector plays. */
export interface ArenaShare {
  readonly firstArena: number;
  readonly arenas: number;
}

/**
 * How many collectors to start. The automatic number leaves one core to the game and one to the learner, so there are
 * none on a machine of two; no choice starts more than there are arenas.
 *
 * @param cores `navigator.hardwareConcurrency`.
 */
export function collectorCount(choice: CollectorChoice, cores: number, arenas: number): number {
  const wished =
    choice === 'auto'
      ? Math.min(mostAutomaticCollectors, Math.max(0, cores - 2))
      : choice === 'none'
        ? 0
        : Number(choice);
  return Math.min(wished, arenas);
}

/**
 * Whether a machine that is left the choice can spare a collector where it begins with none: beside the learner, if the
 * game that is seen goes slowly meanwhile.
 */
export function maySpareCollector(choice: CollectorChoice, cores: number): boolean {
  return choice === 'auto' && cores >= 2;
}

/** Shares out `arenas` in order and as evenly as can be; the first shares take what is left over. */
export function shareArenas(arenas: number, collectors: number): ArenaShare[] {
  const shares: ArenaShare[] = [];
  let firstArena = 0;
  for (let collector = 0; collector < collectors; collector++) {
    const share = Math.ceil((arenas - firstArena) / (collectors - collector));
    shares.push({ firstArena, arenas: share });
    firstArena += share;
  }
  return shares;
}

/** The run's settings as a collector's actor takes them. */
export function settingsOfShare(settings: Hyperparameters, { arenas }: ArenaShare): Hyperparameters {
  return { ...settings, arenas };
}
