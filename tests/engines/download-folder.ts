import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const patienceMs = 20_000;
const beatMs = 50;
/** What browsers call a file that is still being written. */
const unfinished = /\.(part|crdownload|wkdownload)$/;

/** A folder into which a browser puts what it downloads. */
export class DownloadFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'playtrain-downloads-'));

  /** @returns the file that arrives once `start` was called. */
  async next(start: () => Promise<void>): Promise<Buffer> {
    const before = new Set(readdirSync(this.path));
    await start();
    const deadlineMs = Date.now() + patienceMs;
    let lastBytes = -1;
    while (Date.now() < deadlineMs) {
      await wait(beatMs);
      const names = readdirSync(this.path).filter((name) => !before.has(name));
      const [name] = names;
      if (name === undefined || names.some((each) => unfinished.test(each))) continue;
      const file = join(this.path, name);
      const bytes = statSync(file).size;
      // Firefox makes room under the file's own name first.
      if (bytes > 0 && bytes === lastBytes) return readFileSync(file);
      lastBytes = bytes;
    }
    throw new Error('Nothing was downloaded.');
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
