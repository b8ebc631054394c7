/**
 * `npm run play-file -- POLICY OUT`: writes what a game needs of a policy to play by it, as `playtrain/play` reads it.
 * POLICY is what `npm run train -- … --policy` writes, or the page exports.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { encodePlayFile } from '../src/agent/play-file';
import { decodePolicy } from '../src/agent/policy-file';

const [policy, out] = process.argv.slice(2);
if (policy === undefined || out === undefined) {
  console.error('npm run play-file -- POLICY OUT');
  process.exitCode = 1;
} else {
  const bytes = encodePlayFile(decodePolicy(readFileSync(policy)));
  writeFileSync(out, bytes);
  console.log(`${out}: ${bytes.length} bytes.`);
}
