import {
  type AgentEvent,
  generationId,
  generationOf,
  isPerson,
  type MatchSetup,
  mayBeLearnedFrom,
  PlaytrainError,
  personSeat,
  type Stage,
  seatsOf,
  trainingId,
} from '../../contract';
import type { GameEntry } from '../../game/catalogue';
import { environmentSpec } from '../../game/engine/vector-environment';
import { fittingOpponent } from '../../match/fitting-opponent';
import type { MatchRecord } from '../../match/record';
import { placingLeft } from '../../match/standings';
import { noteLeftMatch, takeLeftMatches } from '../../storage/left-matches';
import type { PageStorage } from '../../storage/page-storage';
import { visitorPlayer } from '../../storage/standing';
import { saveFile } from '../../ui/kit/download';
import type { PlayIntent, PlayState } from '../../ui/matches/play-state';
import type { KeptCheckpoint } from '../../workers/protocol';
import { type IntentHandlers, inTurn, now, overtaking } from '../feature';
import type { Begun } from '../runs/run-desk';
import type { RunSession } from '../runs/run-session';
import { download, readFile } from '../shell/files';
import { type NoticeBoard, sentenceOf } from '../shell/notice-board';
import type { PageStore } from '../shell/page-store';
import type { Court } from './court';
import { GenerationKeeper } from './generation-keeper';
import { LearningMatch } from './learning-match';
import { Library } from './library';
import type { CourtWishes } from './on-court';
import { type Hall, learningMatch, matchOfItsOwn, pointsToWin, refuseStrangers, replayOf } from './openings';
import { seedFor } from './random-seed';
import { RatingDesk } from './rating-desk';

/** Of a core, for rating matches; and where frames are late already, so that ratings come in the end all the same. */
const ratingShare = 0.1;
const lateRatingShare = 0.02;
/** Frames that take longer than every second one of a 60 Hz display are late. */
const lateFrameMs = 34;

/** What matches need of the page. */
export interface PlayHost extends Hall {
  readonly store: PageStore;
  readonly board: NoticeBoard;
  readonly storage: PageStorage;
  readonly wishes: Pick<CourtWishes, 'theme' | 'reducedMotion'>;
  /** For what cannot wait when the page closes; null where there is none. */
  readonly instantStorage: Storage | null;
  /** Draws a match in place of training; null draws training again. */
  show(stage: Stage | null): void;
  /** Gives the focused arena back to the newest policy, whoever played it. */
  handBack(): void;
  /** Builds the run anew where it stands, with the collectors that are set or with none. */
  rebuild(withoutCollectors: boolean): Promise<void>;
}

/** What tests and benchmarks may read of the court. */
export interface CourtProbe {
  readonly score: readonly [number, number];
  readonly phase: string;
  readonly ticks: number;
  readonly hash: number;
  /** Of the hashes after every rally tick of a replay so far; 0 in a match. */
  readonly tickDigest: number;
}

/** Everything about matches: who plays whom, what is on the court, ratings, generations and replays. */
export class Play {
  private readonly host: PlayHost;
  private preferences = { sound: true, rates: true };
  private library: Library | null = null;
  private run: RunSession | null = null;
  private court: Court | null = null;
  private desk: RatingDesk | null = null;
  private setup: MatchSetup = { seats: [personSeat, trainingId], seed: null, learns: true };
  /** True once a person has chosen who plays. */
  private isSetUp = false;
  private isRebuilding = false;
  /** Against whom the person played last. */
  private lastMet: string | null = null;

  constructor(host: PlayHost) {
    this.host = host;
    host.storage.preferences.load().then(
      ({ value: { sound, rates } }) => {
        this.preferences = { sound, rates };
        this.publish();
      },
      // Storage is closed: what holds by default holds.
      () => {},
    );
  }

  /** True while a match or a replay takes the place of training. */
  get isOnCourt(): boolean {
    return this.court !== null;
  }

  /** A probe's view of the court; null while training is on it. */
  probe(): CourtProbe | null {
    if (this.court === null) return null;
    const { session } = this.court;
    const { score, phase } = session.view;
    return {
      score,
      phase,
      ticks: session.ticks,
      hash: session.hash(),
      tickDigest: session.tickDigest?.() ?? 0,
    };
  }

  /** A session has begun, of another run or of the same. */
  begun({ session, isAnotherRun }: Begun): void {
    const { entry } = session.run;
    const changesGame = this.library?.entry.simulation.game !== entry.simulation.game;
    const losesArena = this.court?.session instanceof LearningMatch;
    if (!this.isRebuilding && (changesGame || losesArena)) this.clearCourt();
    this.run = session;
    if (seatsOf(entry.simulation) !== 2) {
      this.closeLibrary();
      this.publish();
      return;
    }
    if (changesGame || this.library === null) this.openLibrary(entry);
    if (isAnotherRun) this.openPast(session).catch((error: unknown) => this.tell('storage', error));
    else this.joinRun(session);
    this.publish();
  }

  /** The run's agent said something. */
  heard(event: AgentEvent): void {
    if (event.kind !== 'updated' || this.court === null) return;
    this.court.takeOver(event.metrics.version);
  }

  /** The run has a new checkpoint: perhaps a generation to keep. */
  async checkpointed(session: RunSession, checkpoint: KeptCheckpoint): Promise<void> {
    const { library } = this;
    const { generations } = library?.roster.run ?? {};
    const lock = session.run.keeper.held;
    if (library === null || generations === undefined || session !== this.run || lock === null) return;
    const best = library.bestGeneration();
    const staying = new Set(best === null ? [] : [best.version]);
    const { pastInterval } = session.view.hyperparameters;
    if (!(await generations.offer(lock, checkpoint, pastInterval, staying))) return;
    // So that a reload never finds a run that is older than its newest generation.
    await session.save();
    await library.book.load();
    this.publish();
  }

  /** A frame is about to be drawn. */
  frame(nowMs: number): void {
    const { court } = this;
    if (court === null) return;
    try {
      if (court.frame(nowMs)) void this.counts(court);
    } catch (error) {
      // It would fail again at the next frame.
      court.session.setPaused(true);
      this.tell(court.kind, error);
    }
    this.publishCourt();
  }

  /** A few times a second: makes room for rating matches, or takes it. */
  beat(): void {
    this.desk?.setShare(this.ratingShare());
  }

  /** The page closes, or is put aside: a match that is being lost is noted, to be counted when it is opened again. */
  closes(): void {
    const counted = this.court?.standing() ?? null;
    if (counted === null || this.library === null || this.court?.isOver) return;
    noteLeftMatch(this.host.instantStorage, this.library.simulation.game, counted);
  }

  /** The page was only put aside: the match goes on. */
  isBack(): void {
    if (this.library === null || this.court === null) return;
    takeLeftMatches(this.host.instantStorage, this.library.simulation.game);
  }

  /** Nobody sees the page: a person's match waits. */
  hidden(): void {
    this.handsOff();
    this.beat();
  }

  /** A person's hands are not on the game any more: their match waits. */
  handsOff(): void {
    if (!this.court?.hasPerson || this.court.isOver) return;
    this.court.session.setPaused(true);
    this.publishCourt();
  }

  /** What a person may ask for. Each throws a PlaytrainError with a sentence, and nothing has changed then. */
  readonly intents: IntentHandlers<PlayIntent> = {
    matchSetup: now(({ setup }) => this.choose(setup)),
    startMatch: inTurn((_, signal) => this.startMatch(this.setup, signal)),
    matchMe: inTurn((_, signal) => this.matchMe(signal)),
    rematch: inTurn((_, signal) => this.rematch(signal)),
    pauseMatch: now(({ on }) => {
      this.court?.session.setPaused(on);
      this.publishCourt();
    }),
    matchSpeed: now(({ speed }) => {
      this.court?.session.setSpeed(speed);
      this.publishCourt();
    }),
    leaveCourt: overtaking(() => this.leaveCourt()),
    importAgent: now(({ file }) => this.withLibrary((library) => this.importAgent(library, file))),
    exportAgent: now(({ contestant }) =>
      this.withLibrary(async ({ roster }) => {
        const { bytes, name } = await roster.file(contestant);
        download(bytes, name);
      }),
    ),
    keepReplay: now(() => this.withLibrary((library) => this.keepReplay(library))),
    watchReplay: inTurn(({ id }) =>
      this.withLibrary((library) => this.watch(library, library.shelf.record(id))),
    ),
    exportReplay: now(({ id }) => this.withLibrary((library) => this.exportReplay(library, id))),
    forgetReplay: now(({ id }) =>
      this.withLibrary(async ({ shelf }) => {
        await shelf.forget(id);
        this.publish();
      }),
    ),
    importReplay: now(({ file }) =>
      this.withLibrary(async ({ shelf }) => {
        await shelf.add(file, Date.now());
        this.host.board.inform('importReplay', `The match from “${file.name}” is among the kept ones.`);
        this.publish();
      }),
    ),
    sound: now(({ on }) => this.prefer({ ...this.preferences, sound: on })),
    rates: now(({ on }) => this.prefer({ ...this.preferences, rates: on })),
  };

  private async withLibrary(act: (library: Library) => void | Promise<void>): Promise<void> {
    if (this.library !== null) await act(this.library);
  }

  private choose(setup: MatchSetup): void {
    this.setup = setup;
    this.isSetUp = true;
    this.publish();
  }

  private async prefer(preferences: Play['preferences']): Promise<void> {
    this.preferences = preferences;
    this.publish();
    this.beat();
    // Where storage is closed the choice holds as long as the page is open.
    await this.host.storage.preferences.save(preferences).catch(() => {});
  }

  // What is on the court.

  private async startMatch(setup: MatchSetup, signal: AbortSignal): Promise<void> {
    const { library } = this;
    if (library === null) return;
    refuseStrangers(library, setup);
    const seed = seedFor(setup);
    const { policyVersion } = this.host.store.state.status;
    if (setup.learns && mayBeLearnedFrom(setup)) {
      if ((this.run?.agent.collectors ?? 0) > 0) await this.rebuild(true);
      if (this.run === null) return;
      // The first arena may be taken already.
      this.clearCourt();
      this.host.handBack();
      this.put(learningMatch(library, this.run, setup, seed));
      return;
    }
    const court = await matchOfItsOwn(library, setup, seed, this.host, policyVersion);
    // Meanwhile a person may have left, or chosen another game.
    if (signal.aborted) return;
    await this.withCollectors();
    this.put(court);
  }

  private async matchMe(signal: AbortSignal): Promise<void> {
    const { library } = this;
    if (library === null) return;
    const { roster, book } = library;
    const isRated = (version: number) => book.of(roster.keyOf(generationId(version)) ?? '') !== null;
    const rated = (roster.run?.generations.versions ?? []).filter(isRated);
    const contestants = roster.contestants((key) => book.of(key), rated, null);
    const opponent = fittingOpponent(contestants, this.visitor(library).rating, this.lastMet);
    if (opponent === null) return;
    const seats: MatchSetup['seats'] =
      this.setup.seats[1] === personSeat ? [opponent.id, personSeat] : [personSeat, opponent.id];
    this.choose({ ...this.setup, seats, seed: null });
    await this.startMatch(this.setup, signal);
  }

  private async rematch(signal: AbortSignal): Promise<void> {
    const { court, library } = this;
    if (court === null || library === null) return;
    if (court.kind === 'replay') return this.watch(library, court.session.record());
    await this.startMatch(court.setup, signal);
  }

  private async watch(library: Library, record: MatchRecord): Promise<void> {
    const court = replayOf(library, record, this.setup, this.host);
    await this.withCollectors();
    this.put(court);
  }

  private put(court: Court): void {
    this.clearCourt();
    this.host.handBack();
    this.court = court;
    if (court.hasPerson) this.lastMet = court.setup.seats.find((seat) => !isPerson(seat)) ?? null;
    this.publish();
    this.beat();
    this.host.show(court.session.stage({ ...this.host.wishes, sound: () => this.preferences.sound }));
  }

  private async leaveCourt(): Promise<void> {
    if (this.court === null) return;
    this.clearCourt();
    this.host.show(null);
    this.publish();
    await this.withCollectors();
  }

  /** What was being played is left, and counts where it was being lost. */
  private clearCourt(): void {
    if (this.court === null) return;
    void this.counts(this.court);
    this.court.session.leave();
    this.court = null;
  }

  /** Gives a run that learned from a person its collectors back. */
  private async withCollectors(): Promise<void> {
    if (this.run?.withoutCollectors === true) await this.rebuild(false);
  }

  private async rebuild(withoutCollectors: boolean): Promise<void> {
    this.isRebuilding = true;
    try {
      await this.host.rebuild(withoutCollectors);
    } finally {
      this.isRebuilding = false;
    }
  }

  /** A match has come to its end, or is left: it counts, where it does. */
  private async counts(court: Court): Promise<void> {
    const { library } = this;
    const counted = court.count();
    if (library === null || counted === null) return;
    const { [visitorPlayer]: visitor } = await library.book.add(counted);
    if (visitor !== undefined) {
      const { before, after } = visitor;
      court.ratingChange = {
        before: before.rating,
        after: after.rating,
        placingLeft: placingLeft(after),
      };
    }
    this.publish();
  }

  // Files and replays.

  private async importAgent(library: Library, file: File): Promise<void> {
    const { id, name } = await library.roster.add(file.name, await readFile(file));
    const [left, right] = this.setup.seats;
    const seats: MatchSetup['seats'] = isPerson(left) || !isPerson(right) ? [left, id] : [id, right];
    this.choose({ ...this.setup, seats });
    this.host.board.inform('importAgent', `“${name}” is among the opponents.`);
  }

  private async keepReplay(library: Library): Promise<void> {
    const { court } = this;
    if (court === null || court.kept) return;
    if (!court.isOver) {
      throw new PlaytrainError('bad-settings', 'A match can be kept once it is over; play it to its end.');
    }
    // At once: a second click is not to keep it twice.
    court.kept = true;
    try {
      await library.shelf.keep(court.session.record(), Date.now());
    } catch (error) {
      court.kept = false;
      throw error;
    } finally {
      this.publish();
    }
  }

  private exportReplay(library: Library, id: string): void {
    const { names, score } = library.shelf.record(id);
    const words = [...names, ...score]
      .join('-')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-');
    saveFile(`${library.simulation.game}-${words}.json`, 'application/json', library.shelf.text(id));
  }

  // What is known of the game and its run.

  private openLibrary(entry: GameEntry): void {
    this.closeLibrary();
    const library = new Library(this.host.storage, entry, (failure) =>
      this.tell('ratings', failure, 'warning'),
    );
    this.library = library;
    this.setup = { seats: [personSeat, library.roster.gentlest], seed: null, learns: true };
    this.isSetUp = false;
    void this.fillLibrary(library);
  }

  private async fillLibrary(library: Library): Promise<void> {
    await library.load().catch((error: unknown) => this.tell('contestants', error));
    if (this.library !== library) return;
    for (const left of takeLeftMatches(this.host.instantStorage, library.simulation.game)) {
      await library.book.add(left);
    }
    if (!this.isSetUp) this.setup = { ...this.setup, seats: [personSeat, library.roster.gentlest] };
    this.desk = new RatingDesk({
      library,
      pointsToWin,
      changed: () => this.publish(),
      failed: (error) => this.tell('rating', error, 'warning'),
      nowMs: this.host.nowMs,
    });
    this.publish();
  }

  private closeLibrary(): void {
    this.desk?.dispose();
    this.desk = null;
    this.library = null;
  }

  /** Finds the run's generations again. */
  private async openPast(session: RunSession): Promise<void> {
    const { library } = this;
    if (library === null) return;
    const spec = environmentSpec(library.simulation);
    const generations = new GenerationKeeper(this.host.storage.generations, spec, session.run.id);
    library.roster.run = { generations, ...currentState(session) };
    await generations.load();
    this.seatSomebody(library);
    this.publish();
  }

  /** The same run goes on: its generations are known. */
  private joinRun(session: RunSession): void {
    const { roster } = this.library ?? {};
    if (roster?.run) roster.run = { generations: roster.run.generations, ...currentState(session) };
  }

  /** Who was chosen may be gone, such as a generation of a run that was left. */
  private seatSomebody({ roster }: Library): void {
    if (this.desk === null) return;
    const [left, right] = this.setup.seats;
    const present = (seat: string) => (isPerson(seat) || roster.knows(seat) ? seat : roster.gentlest);
    if (present(left) === left && present(right) === right) return;
    this.setup = { ...this.setup, seats: [present(left), present(right)] };
  }

  private visitor({ book }: Library): PlayState['visitor'] {
    const standing = book.expected(visitorPlayer);
    return { ...standing, placingLeft: placingLeft(standing) };
  }

  /** None while a person plays, nobody looks or the agent starts; little where frames are late. */
  private ratingShare(): number {
    const { status } = this.host.store.state;
    const starting = status.phase === 'starting' || status.phase === 'warming';
    if (!this.preferences.rates || document.hidden || starting) return 0;
    if (this.court?.hasPerson && !this.court.isOver) return 0;
    return status.frameMs > lateFrameMs ? lateRatingShare : ratingShare;
  }

  // What the page shows.

  private publish(): void {
    const { library } = this;
    this.host.store.patch({ play: library === null ? null : this.state(library) });
  }

  /** Only the court: a few times a second in a match, and cheap. */
  private publishCourt(): void {
    const { play } = this.host.store.state;
    const court = this.court?.state() ?? null;
    if (play !== null && play.court !== court) this.host.store.patch({ play: { ...play, court } });
  }

  private state(library: Library): PlayState {
    const { roster, book, shelf } = library;
    const best = library.bestGeneration();
    const chosen = this.setup.seats.flatMap((seat) => generationOf(seat) ?? []);
    if (best !== null) chosen.push(best.version);
    return {
      contestants: roster.contestants((key) => book.of(key), chosen, best?.version ?? null),
      visitor: this.visitor(library),
      setup: this.setup,
      court: this.court?.state() ?? null,
      generations: roster.run?.generations.versions ?? [],
      bestGeneration: best,
      replays: shelf.replays,
      sound: this.preferences.sound,
      rates: this.preferences.rates,
      ratingMatch: this.desk?.match ?? null,
    };
  }

  private tell(id: string, error: unknown, severity: 'warning' | 'error' = 'error'): void {
    this.host.board.tell({ id, severity, message: sentenceOf(error) });
  }
}

/** The agent in training as it is at the moment it is asked for. */
function currentState(session: RunSession) {
  return {
    version: () => session.view.status.policyVersion,
    checkpoint: () => session.agent.checkpoint(),
  };
}
