import { afterEach, describe, expect, it } from 'vitest';
import { personSeat, trainingId } from '../../contract';
import { PageStorage } from '../../storage/page-storage';
import { newRunId } from '../../storage/run-id';
import { noInput } from '../../streams/input/person-input';
import { simulatedGame } from '../games/simulated-game';
import type { RunSession } from '../runs/run-session';
import { CourtDesk } from './court-desk';
import { Library } from './library';
import { MatchChoice } from './match-choice';
import { MatchStarter } from './match-starter';
import { RunForMatches } from './run-for-matches';

const databases: string[] = [];
afterEach(() => {
  for (const name of databases.splice(0)) indexedDB.deleteDatabase(name);
});

/** What a match needs of a session whose run has a collector, or gave it away. */
const sessionOf = (withoutCollectors: boolean) =>
  ({ withoutCollectors, agent: { collectors: withoutCollectors ? 0 : 1 } }) as unknown as RunSession;

/** Volley's library over a database of its own, with a court beside it. */
async function setUp(rebuild: (withoutCollectors: boolean) => Promise<void> = async () => {}) {
  const name = `match-starter-${newRunId()}`;
  databases.push(name);
  const library = new Library(new PageStorage({ name }), await simulatedGame('volley'), () => {});
  await library.load();
  const choice = new MatchChoice();
  choice.begin(library.roster);
  const court = new CourtDesk({
    wishes: { theme: () => 'dark', reducedMotion: () => false, sound: () => false },
    show: () => {},
    handBack: () => {},
    rate: async () => null,
    changed: () => {},
    moved: () => {},
    failed: (_, error) => {
      throw error;
    },
  });
  const run = new RunForMatches(rebuild);
  const starter = new MatchStarter({
    choice,
    court,
    run,
    handsAndClock: { hands: () => [noInput, noInput], nowMs: () => performance.now() },
    policyVersion: () => 3,
    handBack: () => {},
  });
  const never = new AbortController().signal;
  const seats = () => court.current?.setup.seats;
  return { library, choice, court, run, starter, never, seats };
}

describe('beginning matches', () => {
  it('begins the match that is set up, and the same again, whatever is chosen meanwhile', async () => {
    const { library, choice, court, starter, never, seats } = await setUp();
    await starter.start(library, choice.setup, never);
    const first = court.current;
    expect(seats()).toEqual([personSeat, library.roster.gentlest]);
    choice.choose({ seats: ['bot-hawk', 'bot-pebble'], seed: 7, learns: false });
    await starter.again(library, never);
    expect(court.current).not.toBe(first);
    expect(seats()).toEqual([personSeat, library.roster.gentlest]);
    expect(choice.setup.seed).toBe(7);
  });

  it('refuses who is not there, and leaves what is on the court', async () => {
    const { library, choice, court, starter, never, seats } = await setUp();
    await starter.start(library, { seats: ['bot-hawk', 'bot-pebble'], seed: 7, learns: false }, never);
    const setup = { seats: [personSeat, 'generation-9000'], seed: null, learns: false } as const;
    await expect(starter.start(library, setup, never)).rejects.toThrow('not here any more');
    expect(seats()).toEqual(['bot-hawk', 'bot-pebble']);
    expect(court.current?.state().seed).toBe(7);
    expect(choice.setup.seats).toEqual([personSeat, library.roster.gentlest]);
  });

  it('begins nothing once somebody asked for something else', async () => {
    const { library, choice, court, starter } = await setUp();
    const asked = new AbortController();
    const begun = starter.start(library, choice.setup, asked.signal);
    asked.abort();
    await begun;
    expect(court.current).toBeNull();
  });

  it('gives collectors back that it took for a match which is not wanted any more', async () => {
    const asked = new AbortController();
    const rebuilt: boolean[] = [];
    const { library, court, run, starter } = await setUp(async (withoutCollectors) => {
      rebuilt.push(withoutCollectors);
      asked.abort();
      run.begun(sessionOf(withoutCollectors));
    });
    run.begun(sessionOf(false));
    library.roster.knows = () => true;
    const setup = { seats: [personSeat, trainingId], seed: 7, learns: true } as const;
    await starter.start(library, setup, asked.signal);
    expect(rebuilt).toEqual([true, false]);
    expect(court.current).toBeNull();
  });

  it('puts nothing on the court that is not wanted any more once collectors are back', async () => {
    const asked = new AbortController();
    const { library, court, run, starter } = await setUp(async () => asked.abort());
    run.begun(sessionOf(true));
    const setup = { seats: ['bot-hawk', 'bot-pebble'], seed: 7, learns: false } as const;
    await starter.start(library, setup, asked.signal);
    expect(asked.signal.aborted).toBe(true);
    expect(court.current).toBeNull();
  });

  it('finds an opponent who is not the one met last', async () => {
    const { library, starter, never, seats } = await setUp();
    await starter.matchMe(library, never);
    const met = seats();
    await starter.matchMe(library, never);
    expect(seats()?.[0]).toBe(personSeat);
    expect(seats()).not.toEqual(met);
    expect(seats()?.[1]).not.toBe(trainingId);
  });

  it('lets a person practise serves at half speed, with nothing else changed', async () => {
    const { library, choice, court, starter, never, seats } = await setUp();
    const before = choice.setup;
    await starter.practiseServes(library, never);
    expect(seats()).toEqual(before.seats);
    expect(court.current?.session.speed).toBe('0.5');
    expect(court.current?.session.view.pointsToWin).toBeNull();
    expect(court.standing()).toBeNull();
    expect(choice.setup).toBe(before);
    // Where agents are watched nobody serves.
    choice.choose({ seats: ['bot-hawk', 'bot-pebble'], seed: null, learns: false });
    const practice = court.current;
    await starter.practiseServes(library, never);
    expect(court.current).toBe(practice);
  });

  it('shows a record, and shows it again from its start', async () => {
    const { library, court, starter, never } = await setUp();
    await starter.start(library, { seats: ['bot-hawk', 'bot-pebble'], seed: 7, learns: false }, never);
    const record = court.current?.session.record();
    if (record === undefined) throw new Error('There is no match.');
    await starter.watch(library, { record, kept: true }, never);
    expect(court.current?.kind).toBe('replay');
    const replay = court.current;
    await starter.again(library, never);
    expect(court.current?.state()).toMatchObject({ kind: 'replay', kept: true });
    expect(court.current).not.toBe(replay);
  });
});
