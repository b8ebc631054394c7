import { describe, expect, it } from 'vitest';
import { counting } from '../game/engine/counting-simulation';
import { volley } from '../game/volley/simulation';
import { Match, type MatchOptions, type Seat } from './match';
import type { MatchPlayer } from './player';
import { duel } from './testing/duel';
import { puller, wildPlayer } from './testing/pullers';

const seat = (player: MatchPlayer): Seat => ({ kind: 'player', player });
const person: Seat = { kind: 'person', name: 'You' };
const idle = { horizontal: 0, vertical: 0, primary: false };
const left = { ...idle, horizontal: -1 };
const right = { ...idle, horizontal: 1 };

const match = (seats: readonly [Seat, Seat], more: Partial<MatchOptions> = {}) =>
  new Match({
    simulation: duel,
    seats,
    seed: 1,
    pointsToWin: 2,
    countdownTicks: 0,
    pointTicks: 0,
    ...more,
  });

it('as practice it goes on whoever leads, with the one who practises serving every rally', () => {
  const played = match([person, person], { simulation: volley, server: 1, isEndless: true });
  const servers = new Set<0 | 1 | undefined>();
  const points = () => played.view.score[0] + played.view.score[1];
  // More than twice what is enough to decide any match, and than a match has rallies.
  for (let tick = 0; points() < 70 && tick < 20_000; tick++) {
    played.tick();
    if (played.episodeTicks === 1) servers.add(volley.serverOf?.(played.previousState));
  }
  expect(points()).toBe(70);
  const { view } = played;
  expect(view).toMatchObject({ pointsToWin: null, matchPoint: null, deuce: false, winner: null });
  expect(view.phase).not.toBe('over');
  expect([...servers]).toEqual([1]);
});

describe('a match', () => {
  it('counts down, plays, rests on the last state after a point, and is over', () => {
    // The left seat gains 2 a tick and needs 6: a rally takes 3 ticks.
    const played = match([seat(puller(2)), seat(puller(0))], { countdownTicks: 2, pointTicks: 2 });
    expect(played.view).toMatchObject({ phase: 'countdown', countdownSeconds: 0.02, score: [0, 0] });
    const seen: string[] = [];
    for (let tick = 0; tick < 11; tick++) {
      played.tick();
      seen.push(`${played.view.phase} ${played.state[0]} ${played.view.score.join(':')}`);
    }
    expect(seen).toEqual([
      'countdown 0 0:0',
      'rally 0 0:0',
      'rally 2 0:0',
      'rally 4 0:0',
      'point 6 1:0',
      'point 6 1:0',
      'point 6 1:0',
      'rally 2 1:0',
      'rally 4 1:0',
      'over 6 2:0',
      'over 6 2:0',
    ]);
    expect(played.view.winner).toBe(0);
    expect(played.isOver).toBe(true);
  });

  it('keeps the state before the last tick, equal to the state where nothing moved', () => {
    const played = match([seat(puller(2)), seat(puller(0))], { pointTicks: 1 });
    const pairs: (readonly [number | undefined, number | undefined])[] = [];
    for (let tick = 0; tick < 5; tick++) {
      played.tick();
      pairs.push([played.previousState[0], played.state[0]]);
    }
    expect(pairs).toEqual([
      [0, 2],
      [2, 4],
      [4, 6],
      [6, 6],
      [0, 2],
    ]);
  });

  it('asks players every other tick, from each rally’s first one on, and holds what they chose', () => {
    const slow = puller(2);
    const played = match([seat(slow), seat(puller(0))], { pointsToWin: 3 });
    const asked: number[] = [];
    for (let tick = 0; tick < 6; tick++) {
      played.tick();
      asked.push(slow.asked());
    }
    // Rallies of 3 ticks: asked before the first and the third of each.
    expect(asked).toEqual([1, 1, 2, 3, 3, 4]);
  });

  it('puts what a person holds down in force in the same tick', () => {
    const played = match([person, seat(puller(1))]);
    const leads: (number | undefined)[] = [];
    for (const input of [right, left, idle, { ...right, primary: true }]) {
      played.tick([input, idle]);
      leads.push(played.state[0]);
    }
    // Against 1 a tick: 2 − 1, 0 − 1, 1 − 1, 2 · 2 − 1.
    expect(leads).toEqual([1, 0, 0, 3]);
    expect(played.view).toMatchObject({ person: 0, names: ['You', 'Pull 1'] });
    expect(match([person, person]).view.person).toBeNull();
    expect(match([seat(puller(1)), person]).view.person).toBe(1);
    expect(match([{ kind: 'player', player: puller(1), isPerson: true }, seat(puller(0))]).view.person).toBe(
      0,
    );
  });

  it('names people in its record by what they are to everybody, and others as they are called', () => {
    const recorded = (...seats: [Seat, Seat]) => {
      const { names, person: where } = match(seats).record();
      return { names, where };
    };
    const puppet: Seat = { kind: 'player', player: { ...puller(1), name: 'You' }, isPerson: true };
    expect(recorded(person, seat(puller(1)))).toEqual({ names: ['Person', 'Pull 1'], where: 0 });
    expect(recorded(seat(puller(1)), puppet)).toEqual({ names: ['Pull 1', 'Person'], where: 1 });
    expect(recorded(person, person)).toEqual({ names: ['Person 1', 'Person 2'], where: null });
    const long = { ...puller(1), name: 'x'.repeat(1000) };
    expect(recorded(seat(long), seat(puller(1))).names[0]).toHaveLength(60);
  });

  it('lets another player take over with the next decision', () => {
    const played = match([seat(puller(1)), seat(puller(0))]);
    played.tick();
    played.setPlayer(0, puller(2));
    played.tick();
    expect(played.state[0]).toBe(2);
    played.tick();
    expect(played.state[0]).toBe(4);
    expect(played.view.names[0]).toBe('Pull 2');
  });

  it('gives nobody a point for a rally that the time limit ends, and is drawn after sixty', () => {
    const played = match([seat(puller(1)), seat(puller(1))]);
    let ticks = 0;
    for (; !played.isOver; ticks++) played.tick();
    expect(ticks).toBe(60 * duel.timeLimitTicks);
    expect(played.view).toMatchObject({ score: [0, 0], winner: null, phase: 'over' });
    expect(played.takeEndings()).toHaveLength(60);
    expect(played.takeEndings()).toEqual([]);
  });

  it('tells how rallies ended', () => {
    const played = match([seat(puller(0)), seat(puller(2))]);
    for (let tick = 0; tick < 3; tick++) played.tick();
    expect(played.takeEndings()).toEqual([
      // Terms by seat: ticks and rallies won.
      { arena: 0, terminated: true, truncated: false, lengthTicks: 3, rewardTerms: [3, 0, 3, 1] },
    ]);
  });

  it('is the same for the same seed and players, whatever pauses lie between', () => {
    const hashes = ([countdownTicks, pointTicks]: readonly [number, number]) => {
      const played = match([seat(wildPlayer(1)), seat(wildPlayer(2))], {
        pointsToWin: 5,
        countdownTicks,
        pointTicks,
      });
      while (!played.isOver) played.tick();
      return { hash: played.hash(), record: played.record() };
    };
    expect(hashes([180, 60])).toEqual(hashes([0, 0]));
  });

  it('refuses games that nobody can meet in, and points that nobody can win', () => {
    const seats = [seat(puller(1)), seat(puller(1))] as const;
    expect(() => match(seats, { simulation: counting })).toThrow('two seats');
    expect(() => match(seats, { pointsToWin: 0 })).toThrow('at least 1');
  });

  it('refuses a choice that there is not', () => {
    const played = match([seat(puller(3)), seat(puller(1))]);
    expect(() => played.tick()).toThrow('the choices are 0 to 2');
  });
});
