import { expect, it } from 'vitest';
import { Progress, progressLine } from './progress';

it('progress is how far, how well, how fast and how long still', () => {
  expect(progressLine({ decisions: 40_960, meanReturn: 12.345 }, 100_000, 4_096)).toBe(
    '40,960 of 100,000 decisions, mean return 12.3, 10,000 a second, 6 s to go',
  );
  expect(progressLine({ decisions: 2_048, meanReturn: null }, 2_048, 0)).toContain(
    'no episode over yet, 2,048,000 a second, 0 s to go',
  );
});

it('a terminal sees one line that changes; a file gets a line now and then', () => {
  const told = (isTTY: boolean) => {
    let nowMs = 0;
    const texts: string[] = [];
    const progress = new Progress({ isTTY, write: (text) => texts.push(text) }, 100, () => nowMs);
    for (nowMs = 1_000; nowMs <= 12_000; nowMs += 1_000) progress.show({ decisions: 1, meanReturn: 0 });
    return texts;
  };
  expect(told(true)).toHaveLength(12);
  expect(told(true).every((text) => text.startsWith('\r') && !text.endsWith('\n'))).toBe(true);
  expect(told(false)).toHaveLength(3);
  expect(told(false).every((text) => text.endsWith('\n'))).toBe(true);
});
