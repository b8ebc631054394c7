import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canStart } from './browser.mjs';

describe.skipIf(process.platform === 'win32')('canStart', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'playtrain-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function executable(name: string, script: string): string {
    const path = join(folder, name);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  }

  it('takes a browser that says its version, whatever it complains of beside', () => {
    expect(canStart(executable('chromium', 'echo odd >&2; echo Chromium 140.0.7339.80 snap'))).toBe(true);
  });

  it('does not take one that cannot load its libraries', () => {
    const loaderError = 'echo "error while loading shared libraries: libnss3.so" >&2; exit 127';
    expect(canStart(executable('no-libraries', loaderError))).toBe(false);
  });

  it('does not take a script that only says how to install one', () => {
    const stub = 'echo "chromium-browser requires the chromium snap to be installed."';
    expect(canStart(executable('stub', `${stub}; exit 10`))).toBe(false);
    expect(canStart(executable('kind-stub', stub))).toBe(false);
  });

  it('does not take what is not there or not to be run', () => {
    expect(canStart(join(folder, 'nothing'))).toBe(false);
    const text = join(folder, 'text');
    writeFileSync(text, 'Chromium 1.2.3');
    expect(canStart(text)).toBe(false);
  });
});
