import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { firstMinutes, humanLikePlayer } from '../bench/human-like';
import { decodePolicy } from '../src/agent/policy-file';
import { environmentSpec } from '../src/game/engine/vector-environment';
import { volleyStyleMeter } from '../src/game/volley/playing-style';
import { markPainter } from '../src/game/volley/scene-player-mark';
import { volley } from '../src/game/volley/simulation';
import { scoreOf } from '../src/match/elo';
import { readLadder } from '../src/match/ladder';
import { playBothSides, playMatch } from '../src/match/play-match';
import { policyPlayer, scriptedMatchPlayer } from '../src/match/player';
import { styleSentences } from '../src/texts/playing-style';

const folder = join(import.meta.dirname, '../assets/agents/volley');
const ladder = readLadder(JSON.parse(readFileSync(join(folder, 'ladder.json'), 'utf8')));
const policy = (file: string) => decodePolicy(readFileSync(join(folder, file)), environmentSpec(volley));
const bot = (id: string) => volley.scriptedPlayers?.find((player) => player.id === id);

describe('the agents that ship', () => {
  it('are at least five, under 500 kB together, and every one is on the ladder', () => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.safetensors'));
    expect(files.length).toBeGreaterThanOrEqual(5);
    const bytes = files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
    expect(bytes).toBeLessThan(500_000);
    expect(ladder.agents.map(({ file }) => file).sort()).toEqual(files.sort());
  });

  it('rise in rating from rung to rung, as do the scripted players beside them', () => {
    for (const players of [ladder.agents, ladder.scripted]) {
      const ratings = players.map(({ rating }) => rating);
      expect(ratings).toEqual([...ratings].sort((left, right) => left - right));
    }
  });

  it('say by which command they were made, without a place on somebody’s machine', () => {
    for (const { file, command } of ladder.agents) {
      expect(policy(file).note).toBe(command);
      expect(command).toMatch(/^npm run train -- --game volley --decisions \d+ --seed \d+ --out artifacts\//);
    }
  });

  it('are described by how they play, each in words of its own', () => {
    const sentences = styleSentences(ladder.agents.map(({ style }) => style ?? null));
    for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].+ and .+\.$/);
    expect(new Set(sentences).size).toBe(ladder.agents.length);
  });

  it('can be told apart at a glance, each by a colour and a mark of its own', () => {
    const looks = ladder.agents.flatMap(({ look }) => look ?? []);
    expect(looks).toHaveLength(ladder.agents.length);
    for (const part of ['colour', 'mark'] as const) {
      expect(new Set(looks.map((look) => look[part])).size).toBe(looks.length);
    }
    // A mark that the scene does not know is not drawn.
    expect(looks.filter((look) => markPainter(look) === null)).toEqual([]);
  });

  it('are described by numbers of which all but how much was seen have words', () => {
    const zeros = volleyStyleMeter().style();
    const silent = Object.keys(zeros).filter(
      (measure) => styleSentences([zeros, { ...zeros, [measure]: 0.5 }])[1] === '',
    );
    expect(silent).toEqual(['rallies', 'seconds']);
  });

  it('end with a champion that wins at least 90 % of rallies against the strongest scripted player, on both sides', () => {
    const strongest = volley.scriptedPlayers?.at(-1);
    const champion = ladder.agents.at(-1);
    if (strongest === undefined || champion === undefined) throw new Error('There is nobody to play.');
    const players = [
      policyPlayer(champion.id, policy(champion.file)),
      scriptedMatchPlayer(strongest, 5),
    ] as const;
    const { won, lost, drawn } = playBothSides(volley, players, 9_000, 200);
    expect(won + lost + drawn).toBe(200);
    expect(won).toBeGreaterThanOrEqual(180);
  });

  it('begin with one that somebody new to the game, slow and often wrong, beats in most matches', () => {
    const novice = ladder.agents[0];
    if (novice === undefined) throw new Error('There is nobody to play.');
    const player = policyPlayer(novice.id, policy(novice.file));
    const matches = 40;
    let won = 0;
    for (let match = 0; match < matches; match++) {
      const newcomer = humanLikePlayer(firstMinutes, match);
      const seat = match % 2 === 0 ? 0 : 1;
      const players = seat === 0 ? ([newcomer, player] as const) : ([player, newcomer] as const);
      won += scoreOf(playMatch(volley, players, match, 7).winner, seat);
    }
    // Of 200 it won 73 %; 40 have a standard deviation of 7 % around it.
    expect(won / matches).toBeGreaterThan(0.5);
  });

  it('begin with a novice that the middle scripted player beats', () => {
    const novice = ladder.agents[0];
    const steady = bot('bot-steady');
    if (novice === undefined || steady === undefined) throw new Error('There is nobody to play.');
    const players = [policyPlayer(novice.id, policy(novice.file)), scriptedMatchPlayer(steady, 5)] as const;
    const { won, lost } = playBothSides(volley, players, 9_000, 60);
    expect(lost).toBeGreaterThan(won);
  });
});
