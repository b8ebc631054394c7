/**
 * `npm run doctor -- [--json FILE] RUNFILE`: says what keeps the run in a file from learning, as the page exports it or
 * `npm run train -- --out` writes it. The JSON file holds `[{rule, severity, evidence, sentence, cure, patch}]`.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadLearned, usualSettings } from '../bench/learned-game';
import { prepareOutput, writeJson } from '../src/cli/output-file';
import { runMain } from '../src/cli/run-main';
import { PlaytrainError } from '../src/contract';
import { doctorTexts, ruleMeanings } from '../src/texts/doctor';
import { diagnoseFile } from './diagnose-file';

const usage = 'npm run doctor -- [--json FILE] RUNFILE';
const help = `${usage}

Says what keeps the run in a file from learning, as the page exports it or \`npm run train -- --out\` writes it.
With --json the file holds [{rule, severity, evidence, sentence, cure, patch}].

It looks for:
${Object.entries(ruleMeanings)
  .map(([rule, meaning]) => `  ${rule.padEnd(17)} ${meaning}`)
  .join('\n')}`;

await runMain(main);

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { json: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
  });
  if (values.help === true) {
    console.log(help);
    return;
  }
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new Error(usage);
  if (values.json !== undefined) prepareOutput(values.json);
  const told = await diagnoseFile(Uint8Array.from(readFileSync(file)), usualOf);
  if (values.json !== undefined) writeJson(values.json, told);
  if (told.length === 0) console.log(doctorTexts.well);
  for (const { rule, severity, sentence, advice } of told) {
    console.log(
      `${severity === 'harmful' ? '!' : '?'} ${rule}: ${sentence}${advice === '' ? '' : `\n  ${advice}`}`,
    );
  }
}

/** Null for somebody's own game. */
async function usualOf(game: string) {
  try {
    return usualSettings((await loadLearned(game)).presets);
  } catch (error) {
    if (error instanceof PlaytrainError && error.code === 'bad-settings') return null;
    throw error;
  }
}
