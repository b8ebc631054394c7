import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ruleIds } from '../contract';
import { ruleMeanings } from './doctor';

it('the guide lists each rule of the doctor, as it is', () => {
  const guide = readFileSync('docs/guide/when-it-does-not-learn.md', 'utf8');
  const listed = guide.split('\n').filter((line) => ruleIds.some((id) => line.startsWith(`| \`${id}\` | `)));
  const ofRules = listed.filter((line) =>
    Object.values(ruleMeanings).some((meaning) => line.includes(meaning)),
  );
  expect(ofRules).toEqual(ruleIds.map((id) => `| \`${id}\` | ${ruleMeanings[id]} |`));
});
