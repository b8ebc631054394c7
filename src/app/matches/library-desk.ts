import { environmentSpec } from '../../game/engine/vector-environment';
import { takeLeftMatches } from '../../storage/left-matches';
import type { PageStorage } from '../../storage/page-storage';
import { leftOutTexts } from '../../texts/left-out';
import type { KeptCheckpoint } from '../../workers/protocol';
import type { SimulatedGame } from '../games/page-game';
import { leftOut } from '../kept/left-out';
import type { RunSession } from '../runs/run-session';
import { GenerationKeeper } from './generation-keeper';
import { Library } from './library';
import { pointsToWin } from './make-court';
import type { MatchChoice } from './match-choice';
import { RatingDesk } from './rating-desk';

/** What the library's opening takes. */
export interface LibraryPorts {
  readonly storage: PageStorage;
  readonly choice: MatchChoice;
  /** Where matches are noted that a closing page left; null where there is none. */
  readonly instantStorage: Storage | null;
  readonly nowMs: () => number;
  /** More is known, or ratings moved. */
  readonly changed: () => void;
  readonly failed: (id: string, error: unknown, severity?: 'warning' | 'error') => void;
}

/** Opens what is kept of the present game's matches, and follows the run whose generations are met in them. */
export class LibraryDesk {
  private readonly ports: LibraryPorts;
  private library: Library | null = null;
  /** There once the library was read. */
  private ratings: RatingDesk | null = null;

  constructor(ports: LibraryPorts) {
    this.ports = ports;
  }

  /** Of the game that is shown; null where an agent is alone in it. */
  get current(): Library | null {
    return this.library;
  }

  /** Such as “Novice – Steady”; null while none is played. */
  get ratingMatch(): string | null {
    return this.ratings?.match ?? null;
  }

  /** Opens a game's, where it is not open already. */
  open(entry: SimulatedGame): void {
    if (this.isOf(entry)) return;
    this.close();
    const { storage, choice, failed } = this.ports;
    const library = new Library(storage, entry, (failure) => failed('ratings', failure, 'warning'));
    this.library = library;
    choice.begin(library.roster);
    void this.fill(library);
  }

  /** Whether it is this game's that is open. */
  isOf({ simulation }: SimulatedGame): boolean {
    return this.library?.entry.spec.game === simulation.game;
  }

  close(): void {
    this.ratings?.dispose();
    this.ratings = null;
    this.library = null;
  }

  /** @param share of a core for rating matches. */
  setRatingShare(share: number): void {
    this.ratings?.setShare(share);
  }

  /** Another run is in front: finds its generations. */
  async openRun(session: RunSession): Promise<void> {
    const { library } = this;
    if (library === null) return;
    const { storage, choice, changed } = this.ports;
    const spec = environmentSpec(library.simulation);
    const generations = new GenerationKeeper(storage.generations, spec, session.run.id);
    library.roster.follow({ generations, ...currentState(session) });
    await generations.load();
    // Before it was read nobody could be known.
    if (this.ratings !== null) choice.replaceMissing(library.roster);
    changed();
  }

  /** The same run goes on: its generations are known. */
  followRun(session: RunSession): void {
    const { roster } = this.library ?? {};
    if (roster?.run) roster.follow({ generations: roster.run.generations, ...currentState(session) });
  }

  /** The run in front has a new state: perhaps a generation to keep. */
  async offer(session: RunSession, checkpoint: KeptCheckpoint): Promise<void> {
    const { library } = this;
    const { generations } = library?.roster.run ?? {};
    const lock = session.run.keeper.held;
    if (library === null || generations === undefined || lock === null) return;
    const best = library.bestGeneration();
    const staying = new Set(best === null ? [] : [best.version]);
    const { pastInterval } = session.view.hyperparameters;
    if (!(await generations.offer(lock, checkpoint, pastInterval, staying))) return;
    // So that a reload never finds a run that is older than its newest generation.
    await session.save();
    await library.book.load();
    this.ports.changed();
  }

  /** Reads what is kept, counts what a closed page left, and lets agents play rating matches. */
  private async fill(library: Library): Promise<void> {
    const { choice, changed, failed, instantStorage, nowMs } = this.ports;
    await library.load().catch((error: unknown) => failed('contestants', error));
    if (this.library !== library) return;
    const what = leftOut([...library.roster.imported.problems, ...library.shelf.problems]);
    if (what !== null) failed('matches-left-out', leftOutTexts.kept(what), 'warning');
    for (const left of takeLeftMatches(instantStorage, library.simulation.game)) {
      await library.book.add(left);
    }
    if (this.library !== library) return;
    choice.propose(library.roster);
    this.ratings = new RatingDesk({
      library,
      pointsToWin,
      changed,
      failed: (error) => failed('rating', error, 'warning'),
      nowMs,
    });
    changed();
  }
}

/** The agent in training as it is at the moment it is asked for. */
function currentState(session: RunSession) {
  return {
    version: () => session.view.status.policyVersion,
    checkpoint: () => session.agent.checkpoint(),
  };
}
