import { expect, it } from 'vitest';
import { defaultPreferences, type Preferences } from '../../storage/preferences';
import { Choices } from './choices';

const dark: Preferences = { ...defaultPreferences, theme: 'dark' };

/** Choices of a browser whose storage answers as it is told to; `heard` is what a part of the page hears. */
function choicesOf(answers: readonly (Preferences | 'closed')[]) {
  const left = [...answers];
  const choices = new Choices({
    load: async () => {
      const answer = left.shift();
      if (answer === undefined || answer === 'closed') throw new Error('Storage is closed.');
      return { value: answer, problems: [] };
    },
    save: async () => {
      throw new Error('Storage is closed.');
    },
  });
  const heard: Preferences[] = [];
  choices.read$.subscribe((read) => heard.push(read));
  return { choices, heard };
}

it('are told before reading is over, and to whoever comes later', async () => {
  const { choices, heard } = choicesOf([dark]);
  await choices.recall();
  expect(heard).toEqual([dark]);
  const late: Preferences[] = [];
  choices.read$.subscribe((read) => late.push(read));
  expect(late).toEqual([dark]);
});

it('are what holds by default where storage is closed, until it opens', async () => {
  const { choices, heard } = choicesOf(['closed', dark]);
  await choices.recall();
  await choices.recall();
  expect(heard).toEqual([defaultPreferences, dark]);
});

it('are not forgotten where storage closes later', async () => {
  const { choices, heard } = choicesOf([dark, 'closed']);
  await choices.recall();
  await choices.recall();
  expect(heard).toEqual([dark]);
});

it('hold as long as the page is open where nothing can be kept', async () => {
  const { choices } = choicesOf(['closed']);
  expect(() => choices.remember({ theme: 'light' })).not.toThrow();
  // A rejection that nobody takes would fail the run.
  await new Promise((resolve) => setTimeout(resolve));
});
