import { expect, it } from 'vitest';
import { troubleSentence } from './agent-news';

it('says what went wrong with an agent first, then what became of it', () => {
  const message = 'The collector ended without a word.';
  expect(troubleSentence({ kind: 'warning', message })).toBe(message);
  const fewer = { code: 'fewerCollectors', left: 3 } as const;
  expect(troubleSentence({ kind: 'warning', message, remedy: fewer })).toBe(
    'The collector ended without a word. The 3 that are left play its arenas too.',
  );
  expect(troubleSentence({ kind: 'restarted', message, version: 4, decisions: 512 })).toBe(
    'The collector ended without a word. The agent was restarted from update 4; nothing before that is lost.',
  );
  expect(troubleSentence({ kind: 'warning', message: '', remedy: { code: 'rolloutLeftOut' } })).toMatch(
    /^A rollout came too late/,
  );
  const lost = { code: 'workersLost', onGraphics: true } as const;
  expect(troubleSentence({ kind: 'failed', message, surrender: lost })).toContain('choose another backend');
});
