import { generationOf } from '../../contract';
import type { PlayState } from '../../ui/matches/play-state';
import type { CourtDesk } from './court-desk';
import type { LibraryDesk } from './library-desk';
import type { MatchChoice } from './match-choice';
import type { MatchPreferences } from './match-preferences';
import { shownStanding } from './standing-shown';

/** Everything that the page shows of matches comes from these. */
export interface PlayParts {
  readonly libraries: LibraryDesk;
  readonly choice: MatchChoice;
  readonly court: CourtDesk;
  readonly preferences: MatchPreferences;
  readonly isFetching: boolean;
  readonly rival: PlayState['rival'];
}

/** What the page shows of matches; null for games in which an agent is alone. */
export function shownPlay({
  libraries,
  choice,
  court,
  preferences,
  isFetching,
  rival,
}: PlayParts): PlayState | null {
  const library = libraries.current;
  if (library === null) return null;
  const { roster, book, shelf, visitor } = library;
  const best = library.bestGeneration();
  const { setup } = choice;
  const shownGenerations = setup.seats.flatMap((seat) => generationOf(seat) ?? []);
  if (best !== null) shownGenerations.push(best.version);
  const contestants = roster.contestants((key) => book.of(key), shownGenerations, best?.version ?? null);
  return {
    contestants,
    visitor: shownStanding(visitor, contestants, (id) => roster.keyOf(id)),
    setup,
    court: court.current?.state() ?? null,
    isFetching,
    generations: roster.run?.generations.versions ?? [],
    bestGeneration: best,
    replays: shelf.replays,
    hasServes: library.simulation.serverOf !== undefined,
    rival,
    sound: preferences.sound,
    rates: preferences.rates,
    ratingMatch: libraries.ratingMatch,
  };
}
