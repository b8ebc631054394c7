import { PlaytrainError } from '../../contract';
import { recordFromLink } from '../../match/record-link';
import { fileTexts } from '../../texts/files';
import { replayTexts } from '../../texts/replays';
import type { PlayIntent } from '../../ui/matches/play-state';
import { givingWay, type IntentHandlers, now, overtaking } from '../feature';
import type { NoticeBoard } from '../shell/notice-board';
import type { CourtDesk } from './court-desk';
import type { Library } from './library';
import type { LibraryDesk } from './library-desk';
import type { MatchChoice } from './match-choice';
import type { MatchFetch } from './match-fetch';
import { type MatchFiles, recordOf } from './match-files';
import type { MatchPreferences } from './match-preferences';
import type { MatchStarter } from './match-starter';
import type { Rival } from './rival';
import type { RunForMatches } from './run-for-matches';

/** The parts that do what a person asks for about matches. */
export interface MatchParts {
  readonly board: Pick<NoticeBoard, 'inform'>;
  readonly choice: MatchChoice;
  readonly court: CourtDesk;
  readonly starter: MatchStarter;
  readonly files: MatchFiles;
  readonly run: RunForMatches;
  readonly preferences: MatchPreferences;
  readonly libraries: LibraryDesk;
  readonly fetch: MatchFetch;
  readonly rival: Rival;
  /** Something about matches is another than before. */
  readonly changed: () => void;
}

/** What a person may ask for about matches. Each throws a PlaytrainError with a sentence, and nothing has changed then. */
export function matchIntents(parts: MatchParts): IntentHandlers<PlayIntent> {
  const { board, choice, court, starter, files, run, preferences, libraries, fetch, rival, changed } = parts;
  /** Does something with the game's library and shows what came of it; where there is none it says so, or does nothing. */
  const withLibrary = async (
    act: (library: Library) => void | Promise<void>,
    refusal?: string,
  ): Promise<void> => {
    if (libraries.current === null) {
      if (refusal !== undefined) throw new PlaytrainError('bad-file', refusal);
      return;
    }
    try {
      await act(libraries.current);
    } finally {
      changed();
    }
  };
  /** The same for what may have to wait for a file: the page shows that it does, as long as it is still wanted. */
  const fetching = (signal: AbortSignal, act: (library: Library) => Promise<void>) =>
    fetch.during(signal, () => withLibrary(act));
  const prefer = (chosen: Parameters<MatchPreferences['choose']>[0]) => {
    preferences.choose(chosen);
    changed();
  };
  return {
    practiseServes: givingWay((_, signal) =>
      fetching(signal, (library) => starter.practiseServes(library, signal)),
    ),
    trainRival: now(() => {
      if (court.current === null) rival.train();
    }),
    leaveRival: now(() => rival.leave()),
    meetRival: now(() => rival.meet()),
    matchSetup: now(({ setup }) => {
      choice.choose(setup);
      changed();
    }),
    startMatch: givingWay((_, signal) =>
      fetching(signal, (library) => starter.start(library, choice.setup, signal)),
    ),
    matchMe: givingWay((_, signal) => fetching(signal, (library) => starter.matchMe(library, signal))),
    rematch: givingWay((_, signal) => fetching(signal, (library) => starter.again(library, signal))),
    pauseMatch: now(({ on }) => court.setPaused(on)),
    matchSpeed: now(({ speed }) => court.setSpeed(speed)),
    leaveCourt: overtaking(async () => {
      if (court.leave()) await run.giveCollectorsBack();
    }),
    importAgent: now(({ file }) =>
      withLibrary((library) => files.importAgent(library, file), fileTexts.noMatchesHere(file.name)),
    ),
    exportAgent: now(({ contestant }) => withLibrary((library) => files.exportAgent(library, contestant))),
    keepReplay: now(() =>
      withLibrary(async (library) => {
        if (court.current !== null) await files.keepReplay(library, court.current);
      }),
    ),
    watchReplay: givingWay(({ id }, signal) =>
      withLibrary((library) =>
        starter.watch(library, { record: library.shelf.record(id), kept: true }, signal),
      ),
    ),
    watchShared: givingWay(async ({ text }, signal) => {
      const record = recordFromLink(text);
      await withLibrary(async (library) => {
        await library.shelf.check(record);
        await starter.watch(library, { record, kept: false }, signal);
        if (!signal.aborted) board.inform('replay', replayTexts.opened);
      }, replayTexts.noMatches(record.game));
    }),
    seekReplay: now(({ tick }) => court.seek(tick)),
    exportReplay: now(({ id }) =>
      withLibrary((library) => files.exportReplay(library, recordOf(library, court.current, id))),
    ),
    shareReplay: now(({ id }) =>
      withLibrary((library) => files.shareReplay(recordOf(library, court.current, id), id)),
    ),
    forgetReplay: now(({ id }) => withLibrary(({ shelf }) => shelf.forget(id))),
    importReplay: now(({ file }) =>
      withLibrary((library) => files.importReplay(library, file), fileTexts.noMatchesHere(file.name)),
    ),
    sound: now(({ on }) => prefer({ sound: on })),
    rates: now(({ on }) => prefer({ rates: on })),
  };
}
