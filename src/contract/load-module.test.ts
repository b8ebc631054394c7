import { describe, expect, it } from 'vitest';
import { PlaytrainError } from './errors';
import { loadModule } from './load-module';

/** What the engines throw, each in its own words, and what the build's own loader throws. */
const failures = [
  new TypeError('Failed to fetch dynamically imported module: https://host.example/assets/scene-1.js'),
  new TypeError('error loading dynamically imported module: https://host.example/assets/scene-1.js'),
  new TypeError('Importing a module script failed.'),
  new Error('Unable to preload CSS for /assets/scene-1.css'),
];

describe('loadModule', () => {
  it('passes on what comes', async () => {
    expect(await loadModule('The scene', () => Promise.resolve(7))).toBe(7);
  });

  it.each(failures)('says in a sentence what did not come and what to do: %s', async (failure) => {
    const failed = loadModule('The game engine', () => Promise.reject(failure));
    await expect(failed).rejects.toMatchObject({ code: 'not-loaded', cause: failure });
    await expect(failed).rejects.toThrow(
      /^The game engine could not be fetched: .*\. Check the connection and reload the page; .*\.$/,
    );
  });

  it('leaves what speaks in sentences already as it is', async () => {
    const refusal = new PlaytrainError('bad-settings', 'There is no such game.');
    await expect(loadModule('The game', () => Promise.reject(refusal))).rejects.toBe(refusal);
  });
});
