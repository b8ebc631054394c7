import { describe, expect, it } from 'vitest';
import { isInstalled, nodeProblem } from './set-up.mjs';

describe('nodeProblem', () => {
  it('accepts the oldest Node that works and all newer ones', () => {
    for (const version of ['20.19.0', '20.20.2', '22.1.0', '24.0.0']) expect(nodeProblem(version)).toBeNull();
  });

  it('says what to do about older ones', () => {
    for (const version of ['20.18.3', '18.20.0']) {
      expect(nodeProblem(version)).toContain(`this is ${version}; install a newer one`);
    }
  });
});

describe('isInstalled', () => {
  const wanted = {
    '': { version: '1.0.0' },
    'node_modules/a': { version: '2.0.0' },
    'node_modules/a-other-platform': { version: '2.0.0', optional: true },
  };

  it('is content with the same versions, packages for other platforms aside', () => {
    expect(isInstalled(wanted, { 'node_modules/a': { version: '2.0.0' } })).toBe(true);
  });

  it('notices a missing package, another version, another version of an optional one', () => {
    expect(isInstalled(wanted, {})).toBe(false);
    expect(isInstalled(wanted, { 'node_modules/a': { version: '1.9.0' } })).toBe(false);
    const stale = {
      'node_modules/a': { version: '2.0.0' },
      'node_modules/a-other-platform': { version: '1.0.0' },
    };
    expect(isInstalled(wanted, stale)).toBe(false);
  });
});
