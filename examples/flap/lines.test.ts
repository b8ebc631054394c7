import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('an agent, its twin and the call take under 30 lines beyond the game', () => {
  const lines = ['bird.agent.ts', 'twin.ts', 'main.ts'].flatMap((name) =>
    readFileSync(join(import.meta.dirname, name), 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== ''),
  );
  expect(lines.length).toBeLessThan(30);
});
