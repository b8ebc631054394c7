import { accessSync, constants, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes the folder of a file that is to be written at the end of long work, so that the work is not lost for want of
 * one.
 *
 * @throws Error with a sentence where the file could not be written.
 */
export function prepareOutput(file: string): void {
  const folder = dirname(file);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    throw new Error(
      `Nothing can be written to “${file}”: its folder is not there and cannot be made, or takes no files. Name another.`,
      { cause },
    );
  }
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw new Error(`“${file}” is a folder; name a file in it.`);
  }
}

/** Writes a file whole or not at all, and its folder where there is none. */
export function writeOutput(file: string, content: Uint8Array | string): void {
  mkdirSync(dirname(file), { recursive: true });
  const beside = `${file}.part`;
  try {
    writeFileSync(beside, content);
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/** As `writeOutput`, with what JSON makes of a report. */
export function writeJson(file: string, report: unknown): void {
  writeOutput(file, `${JSON.stringify(report, null, 2)}\n`);
}
