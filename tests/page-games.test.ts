import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { duelAbout } from '../examples/duel/about';
import { flapAbout } from '../examples/flap/about';
import { liveGames } from '../examples/live-games';
import { racerAbout } from '../examples/racer/about';
import { runnerAbout } from '../examples/runner/about';
import type { GameAbout } from '../src/contract';
import { games } from '../src/game/catalogue';

const abouts: Readonly<Record<string, GameAbout>> = {
  ...Object.fromEntries(games.map(({ id, about }) => [id, about])),
  flap: flapAbout,
  racer: racerAbout,
  runner: runnerAbout,
  duel: duelAbout,
};
const assets = join(import.meta.dirname, '../assets');

/** That the texts of a game are sentences, and not left empty. */
function sentencesOf({ title: _title, promise, ...texts }: GameAbout): string[] {
  const told = Object.values(texts).filter((text) => typeof text === 'string' && text.includes(' '));
  return [
    ...(told as string[]),
    ...(promise === undefined ? [] : [promise.marks, promise.tally('3'), promise.reached('3')]),
  ];
}

it('every live game that tools know is among the page’s', () => {
  expect(Object.keys(abouts)).toEqual(expect.arrayContaining(Object.keys(liveGames)));
  expect(Object.keys(abouts).length).toBe(games.length + Object.keys(liveGames).length);
});

describe.each(Object.entries(abouts))('the card of %s', (id, about) => {
  it('has a poster, or one for either theme', () => {
    const posters = readdirSync(join(assets, 'posters'));
    const isThere = (name: string) => posters.includes(`${name}.webp`);
    expect(isThere(id) || (isThere(`${id}-dark`) && isThere(`${id}-light`))).toBe(true);
  });

  it('has one policy to play it', () => {
    const folder = join(assets, 'agents', id);
    const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.play')) : [];
    expect(files).toHaveLength(1);
  });

  it('says in one sentence what is new in it, and all else in sentences', () => {
    expect(about.title).toMatch(/^[A-Z]\w+$/);
    expect(about.novelty).toMatch(/^[A-Z][^.!?]+\.$/);
    for (const sentence of sentencesOf(about)) expect(sentence).toMatch(/^\S.*[.!?)]$/s);
    for (const text of [
      about.summary,
      about.setup,
      about.goal,
      about.reward,
      about.observations,
      about.actions,
    ])
      expect(text.length).toBeGreaterThan(10);
  });
});
