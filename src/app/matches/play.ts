import { type AgentEvent, type Stage, seatsOf, sentenceOf, trainingId } from '../../contract';
import type { CountedMatch } from '../../match/counting';
import { noteLeftMatch, takeBackLeftMatch } from '../../storage/left-matches';
import type { PageStorage } from '../../storage/page-storage';
import { newRunId } from '../../storage/run-id';
import { visitorPlayer } from '../../storage/standing';
import type { CourtState, PlayIntent } from '../../ui/matches/play-state';
import type { Intent } from '../../ui/shell/page-state';
import type { KeptCheckpoint } from '../../workers/protocol';
import type { IntentHandlers } from '../feature';
import type { StageLooks } from '../game-stage';
import type { Begun } from '../runs/run-desk';
import type { RunSession } from '../runs/run-session';
import type { Choices } from '../shell/choices';
import type { NoticeBoard } from '../shell/notice-board';
import type { PageStore } from '../shell/page-store';
import { CourtDesk } from './court-desk';
import { LibraryDesk } from './library-desk';
import type { HandsAndClock } from './make-court';
import { MatchChoice } from './match-choice';
import { MatchFetch } from './match-fetch';
import { MatchFiles } from './match-files';
import { matchIntents } from './match-intents';
import { MatchPreferences } from './match-preferences';
import { MatchStarter } from './match-starter';
import { ratingShare } from './rating-share';
import { Rival, rivalMs } from './rival';
import { RunForMatches } from './run-for-matches';
import { shownPlay } from './shown-play';
import { ratingChange } from './standing-shown';

/** What matches need of the page. */
export interface PlayHost extends HandsAndClock {
  readonly store: PageStore;
  readonly board: NoticeBoard;
  readonly storage: PageStorage;
  readonly choices: Choices;
  readonly wishes: StageLooks;
  /** For what cannot wait when the page closes; null where there is none. */
  readonly instantStorage: Storage | null;
  /** Draws a match in place of training; null draws training again. */
  show(stage: Stage | null): void;
  /** Gives the focused arena back to the newest policy, whoever played it. */
  handBack(): void;
  /** Asks for something as a person would. */
  readonly ask: (intent: Intent) => void;
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

/** Matches as the page sees them: what happens on the page goes to the parts that care, what they come to is shown. */
export class Play {
  private readonly host: PlayHost;
  private readonly preferences: MatchPreferences;
  private readonly choice = new MatchChoice();
  private readonly fetch = new MatchFetch(() => this.changed());
  private readonly run: RunForMatches;
  private readonly court: CourtDesk;
  private readonly libraries: LibraryDesk;
  private readonly rival: Rival;
  private readonly id = newRunId();
  private hasNotedLeft = false;
  /** What a person may ask for. */
  readonly intents: IntentHandlers<PlayIntent>;

  constructor(host: PlayHost) {
    const { storage, instantStorage, board, nowMs } = host;
    const { choice } = this;
    const handBack = () => host.handBack();
    const changed = () => this.changed();
    this.host = host;
    this.preferences = new MatchPreferences(host.choices, changed);
    this.run = new RunForMatches((withoutCollectors) => host.rebuild(withoutCollectors));
    this.court = new CourtDesk({
      wishes: { ...host.wishes, sound: () => this.preferences.sound },
      show: (stage) => {
        board.ended('court');
        host.show(stage);
      },
      handBack,
      rate: (counted) => this.rate(counted),
      changed,
      moved: () => this.publishCourt(),
      failed: (id, error) => board.tell({ id, severity: 'error', message: sentenceOf(error) }, 'court'),
    });
    this.libraries = new LibraryDesk({
      storage,
      choice,
      instantStorage,
      nowMs,
      changed,
      failed: (id, error, severity) => this.tell(id, error, severity),
    });
    const starter = new MatchStarter({
      choice,
      court: this.court,
      run: this.run,
      handsAndClock: host,
      policyVersion: () => host.store.state.status.policyVersion,
      handBack,
    });
    this.rival = new Rival({
      nowMs,
      // A match that is played is not to be left for it.
      isLearning: () => !this.isOnCourt && host.store.state.running && host.store.state.learning,
      hurry: () => this.hurry(),
      meet: () => {
        choice.challenge(trainingId);
        host.ask({ kind: 'startMatch' });
      },
      changed,
    });
    const files = new MatchFiles(board, choice);
    const { court, run, preferences, libraries, fetch, rival } = this;
    this.intents = matchIntents({
      board,
      choice,
      court,
      starter,
      files,
      run,
      preferences,
      libraries,
      fetch,
      rival,
      changed,
    });
  }

  /** True while a match or a replay takes the place of training. */
  get isOnCourt(): boolean {
    return this.court.current !== null;
  }

  /** A probe's view of the court; null while training is on it. */
  probe(): CourtProbe | null {
    const { current } = this.court;
    if (current === null) return null;
    const { session } = current;
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
    const { court, libraries, run, rival } = this;
    // It is another agent that would be met.
    if (isAnotherRun) rival.leave();
    const { entry } = session.run;
    const isForMatch = run.begun(session);
    // Another game has another court, and a new session has other arenas.
    if (!isForMatch && (entry.kind !== 'simulated' || !libraries.isOf(entry) || court.takesArena)) {
      court.clear();
      this.host.board.ended('court');
    }
    if (entry.kind === 'simulated' && seatsOf(entry.spec) === 2) {
      libraries.open(entry);
      if (isAnotherRun) libraries.openRun(session).catch((error: unknown) => this.tell('storage', error));
      else libraries.followRun(session);
    } else libraries.close();
    this.changed();
  }

  /** The run's agent said something. */
  heard(event: AgentEvent): void {
    if (event.kind === 'updated') this.court.current?.takeOver(event.metrics.version);
  }

  /** The run has a new checkpoint: perhaps a generation to keep. */
  async checkpointed(session: RunSession, checkpoint: KeptCheckpoint): Promise<void> {
    if (session === this.run.session) await this.libraries.offer(session, checkpoint);
  }

  /** A frame is about to be drawn. */
  frame(nowMs: number): void {
    this.court.frame(nowMs);
  }

  /** A few times a second: makes room for rating matches, or takes it, and counts the time of a rival's training. */
  beat(): void {
    this.rival.beat();
    this.shareOut();
  }

  /** The page closes: a match that is being lost is noted, to be counted when it is opened again. */
  closes(): void {
    this.noteLeft(null);
  }

  /** The page was only put aside, or somebody sees it again: the match goes on. */
  isBack(): void {
    const library = this.libraries.current;
    if (library === null || !this.hasNotedLeft) return;
    this.hasNotedLeft = false;
    const { game } = library.simulation;
    // Too late: another page has counted it.
    if (!takeBackLeftMatch(this.host.instantStorage, game, this.id)) this.court.current?.count();
  }

  /** Nobody sees the page: a person's match waits, and phones may end it without a word. */
  hidden(): void {
    this.handsOff();
    this.noteLeft(Date.now());
    this.beat();
  }

  /** A person's hands are not on the game any more: their match waits. */
  handsOff(): void {
    this.court.handsOff();
  }

  /** Lets the run learn as fast as it goes; what it returns gives it back what a person has not changed since. */
  private hurry(): () => void {
    const { store, ask } = this.host;
    const { speed, learning, running } = store.state;
    ask({ kind: 'learning', on: true });
    ask({ kind: 'speed', speed: 'max' });
    ask({ kind: 'play' });
    return () => {
      if (store.state.speed === 'max') ask({ kind: 'speed', speed });
      if (store.state.learning && !learning) ask({ kind: 'learning', on: false });
      if (store.state.running && !running) ask({ kind: 'pause' });
    };
  }

  private noteLeft(asideAtMs: number | null): void {
    const counted = this.court.standing();
    const library = this.libraries.current;
    if (counted === null || library === null) return;
    this.hasNotedLeft = true;
    const { game } = library.simulation;
    noteLeftMatch(this.host.instantStorage, game, counted, { page: this.id, asideAtMs });
  }

  /** The person begins anew in this game, as if they had never played. */
  async forgetVisitor(): Promise<void> {
    await this.libraries.current?.book.forget((key) => key === visitorPlayer);
    this.changed();
  }

  /** Counts a match. @returns how far the visitor's rating moved; null where it was not at stake. */
  private async rate(counted: CountedMatch): Promise<CourtState['ratingChange']> {
    const library = this.libraries.current;
    const visitor = (await library?.book.add(counted))?.[visitorPlayer];
    const opponent = counted.keys.find((key) => key !== visitorPlayer);
    if (library === null || visitor === undefined || opponent === undefined) return null;
    return ratingChange(visitor, opponent, library.ratedContestants(), (id) => library.roster.keyOf(id));
  }

  /** Something about matches is another than before. */
  private changed(): void {
    const { libraries, choice, court, preferences, rival } = this;
    const { leftMs } = rival;
    const isFetching = this.fetch.isUnderWay;
    const shownRival = leftMs === null ? null : { leftMs, totalMs: rivalMs };
    const shown = shownPlay({ libraries, choice, court, preferences, isFetching, rival: shownRival });
    this.host.store.patch({ play: shown });
    this.shareOut();
  }

  /** Lets rating matches take what there is to spare at the moment. */
  private shareOut(): void {
    const { status } = this.host.store.state;
    this.libraries.setRatingShare(
      ratingShare({
        isWanted: this.preferences.rates,
        isHidden: document.hidden,
        isAgentStarting: status.phase === 'starting' || status.phase === 'warming',
        doesPersonPlay: this.court.isPlayed,
        frameMs: status.frameMs,
      }),
    );
  }

  /** Only the court: a few times a second in a match, and cheap. */
  private publishCourt(): void {
    const { play } = this.host.store.state;
    const court = this.court.current?.state() ?? null;
    if (play !== null && play.court !== court) this.host.store.patch({ play: { ...play, court } });
  }

  private tell(id: string, error: unknown, severity: 'warning' | 'error' = 'error'): void {
    this.host.board.tell({ id, severity, message: sentenceOf(error) }, 'game');
  }
}
