import { execFileSync } from 'node:child_process';
import { cpus, release, totalmem, type } from 'node:os';
import { projectFolder } from '../scripts/set-up.mjs';

/** @returns the processor, its cores, the memory and the system, as one line. */
export function machine(): string {
  const processors = cpus();
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  const model = processors[0]?.model.trim() ?? 'unknown processor';
  return `${model}, ${processors.length} cores, ${gibibytes} GiB, ${type()} ${release()}, Node ${process.versions.node}`;
}

/** @returns the commit that was measured, with `+changes` behind it when files differ from it; `unknown` outside git. */
export function commit(): string {
  try {
    const git = (...commandArguments: string[]) =>
      execFileSync('git', commandArguments, {
        cwd: projectFolder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim();
    return git('rev-parse', '--short=12', 'HEAD') + (git('status', '--porcelain') === '' ? '' : '+changes');
  } catch {
    return 'unknown';
  }
}
