import { Subscription } from 'rxjs';
import { type EpisodeEnding, seatsOf, sentenceOf, trainingId } from '../../contract';
import { startingRating } from '../../match/elo';
import { afterRound, type FirstTo, firstTo, winnerOf } from '../../match/first-to';
import { noResults } from '../../match/results';
import type { VisibleGame } from '../../phaser/visible-game';
import type { PageStorage } from '../../storage/page-storage';
import { visitorPlayer } from '../../storage/standing';
import { liveMatchTexts } from '../../texts/live-matches';
import type { LiveMatchIntent, LiveMatchState } from '../../ui/live-matches/live-match-state';
import { type AppFeature, type IntentHandlers, inTurn, now } from '../feature';
import { RatingBook } from '../matches/rating-book';
import type { RunDesk } from '../runs/run-desk';
import type { RunSession } from '../runs/run-session';
import type { NoticeBoard } from '../shell/notice-board';
import type { PageStore } from '../shell/page-store';
import { Rivals } from './rivals';

const roundsToWin = 5;

interface LiveMatchPorts {
  readonly store: PageStore;
  readonly board: NoticeBoard;
  readonly storage: Pick<PageStorage, 'ratings'>;
  readonly desk: Pick<RunDesk, 'session' | 'begun$'>;
}

/** What matches in one game take. */
interface Court {
  readonly session: RunSession;
  readonly visible: VisibleGame;
  readonly rivals: Rivals;
  readonly book: RatingBook;
}

/**
 * Matches of a person in somebody's own game for two: they play one side by the game's keys, and whoever they chose
 * plays the other, while the run's agent learns on in its twin.
 */
export class LiveMatches implements AppFeature {
  readonly intents: IntentHandlers<LiveMatchIntent> = {
    liveRival: now(({ rival }) => {
      if (this.match === null) this.patch({ rival });
    }),
    liveSide: now(({ side }) => {
      if (this.match !== null) return;
      this.court?.visible.setPerson(side);
      this.patch({ side });
    }),
    beginLiveMatch: inTurn(() => this.begin()),
    leaveLiveMatch: inTurn(() => this.leave()),
  };
  private readonly ports: LiveMatchPorts;
  private readonly all = new Subscription();
  private ended = new Subscription();
  private court: Court | null = null;
  private match: FirstTo | null = null;

  constructor(ports: LiveMatchPorts) {
    const { desk, store } = ports;
    this.ports = ports;
    this.all.add(
      desk.begun$.subscribe(({ session }) => {
        this.open(session).catch((error: unknown) => this.tell(error));
      }),
    );
    // By its own key, too, the game is given back.
    this.all.add(
      store.state$.subscribe(({ focusPlayer }) => {
        if (this.match !== null && focusPlayer !== 'person')
          this.over().catch((error: unknown) => this.tell(error));
      }),
    );
  }

  dispose(): void {
    this.court?.visible.setRival(null);
    this.all.unsubscribe();
    this.ended.unsubscribe();
  }

  /** Another run is in front, or the same one anew. */
  private async open(session: RunSession): Promise<void> {
    const { entry } = session.run;
    await this.over();
    // Another came to the front meanwhile, and has its own court.
    if (this.ports.desk.session !== session) return;
    this.ended.unsubscribe();
    this.court?.visible.setRival(null);
    this.court = null;
    if (entry.kind !== 'live' || seatsOf(entry.spec) !== 2) {
      this.ports.store.patch({ liveMatch: null });
      return;
    }
    const { game } = entry.spec;
    const rivals = await Rivals.of(game, entry.visible);
    const gentlest = rivals.gentlest ?? startingRating;
    const { storage, desk } = this.ports;
    const measured = { standings: rivals.measured, gentlest };
    const book = new RatingBook(storage.ratings, game, measured, (error) => this.tell(error));
    await book.load();
    if (desk.session !== session) return;
    this.court = { session, visible: entry.visible, rivals, book };
    this.ended = session.played.ended$.subscribe((endings) => this.note(endings));
    const before = this.ports.store.state.liveMatch;
    const rival = rivals.list.find(({ id }) => id === before?.rival)?.id ?? rivals.list[1]?.id ?? trainingId;
    const side = before?.side ?? 0;
    entry.visible.setPerson(side);
    this.ports.store.patch({
      liveMatch: {
        rivals: rivals.list,
        rival,
        roundsToWin,
        side,
        score: null,
        isPlayed: false,
        winner: null,
        visitor: this.visitor(book),
        moved: null,
      },
    });
  }

  private async begin(): Promise<void> {
    const { court } = this;
    const { store } = this.ports;
    const { liveMatch } = store.state;
    if (court === null || liveMatch === null) return;
    await this.over();
    const { session, visible, rivals } = court;
    const play = await rivals.play(liveMatch.rival);
    if (this.court !== court) return;
    visible.setRival(play);
    store.patchRun(store.state.front, { focusPlayer: 'person', running: true });
    // Were a frozen policy playing, it would go on to.
    await session.played.setPlayer(0, 'newest', null);
    await session.played.setPlayer(0, 'person', null);
    if (this.court !== court) return;
    session.played.setTransport(session.view);
    visible.beginAnew();
    this.match = firstTo(roundsToWin);
    this.patch({ score: this.match.score, isPlayed: true, winner: null, moved: null });
  }

  /** Gives the game back to the agent. */
  private async leave(): Promise<void> {
    const { store } = this.ports;
    await this.over();
    store.patchRun(store.state.front, { focusPlayer: 'newest' });
    await this.court?.session.played.setPlayer(0, 'newest', null);
  }

  /** Rounds that were seen. */
  private note(endings: readonly EpisodeEnding[]): void {
    const { match, court } = this;
    const side = this.ports.store.state.liveMatch?.side ?? 0;
    if (match === null || court === null) return;
    const { rewardTerms, winTerm } = court.visible.spec;
    const won = rewardTerms.findIndex(({ name }) => name === winTerm);
    let next = match;
    for (const ending of endings) {
      const ahead = (ending.rewardTerms[won] ?? 0) - (ending.rewardTerms[rewardTerms.length + won] ?? 0);
      // The person's rounds come first.
      next = afterRound(next, side === 0 ? ahead : -ahead);
    }
    if (next === match) return;
    this.match = next;
    this.patch({ score: next.score });
    if (winnerOf(next) !== null) this.leave().catch((error: unknown) => this.tell(error));
  }

  /** The match is over or left, and counts: whoever leaves one that they are losing has lost it. */
  private async over(): Promise<void> {
    const { match, court } = this;
    const { liveMatch } = this.ports.store.state;
    if (match === null || court === null || liveMatch === null) return;
    this.match = null;
    court.visible.setRival(null);
    const [own, other] = match.score;
    const winner = winnerOf(match) ?? (own < other ? 1 : null);
    this.patch({ isPlayed: false, winner });
    if (winner === null) return;
    const moved = liveMatch.rival === trainingId ? null : await rated(court.book, liveMatch.rival, winner);
    // What is shown may be of another run's court by now.
    if (moved !== null && this.court === court) this.patch({ visitor: this.visitor(court.book), moved });
    // On a phone the game is in view, the panel is not.
    if (winnerOf(match) !== null) this.ports.board.inform('liveMatch', liveMatchTexts.over(winner, moved));
  }

  private visitor(book: RatingBook): LiveMatchState['visitor'] {
    const { rating, matches, results = noResults } = book.expected(visitorPlayer);
    return { rating, matches, against: results.against };
  }

  private tell(error: unknown): void {
    this.ports.board.tell({ id: 'liveMatch', severity: 'error', message: sentenceOf(error) }, 'game');
  }

  private patch(change: Partial<LiveMatchState>): void {
    const { store } = this.ports;
    const { liveMatch } = store.state;
    if (liveMatch !== null) store.patch({ liveMatch: { ...liveMatch, ...change } });
  }
}

/** Notes who won. @returns by how much that moved the person's rating; null where it did not. */
async function rated(book: RatingBook, rival: string, winner: 0 | 1): Promise<number | null> {
  const moves = await book.add({ keys: [visitorPlayer, rival], score: 1 - winner, moves: [true, false] });
  const { before, after } = moves[visitorPlayer] ?? {};
  return before === undefined || after === undefined
    ? null
    : Math.round(after.rating) - Math.round(before.rating);
}
