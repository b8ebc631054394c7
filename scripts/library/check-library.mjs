import { readFileSync } from 'node:fs';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { libraryFolder } from './entries.mjs';
import { measureLibrary } from './sizes.mjs';

/**
 * What is wrong with the package as it was put together, a sentence each.
 *
 * @param {string} tarball its file.
 */
export async function libraryProblems(tarball) {
  const [manifest, types, sizes] = await Promise.all([
    manifestProblems(),
    typeProblems(tarball),
    sizeProblems(),
  ]);
  return [...manifest, ...types, ...sizes];
}

async function manifestProblems() {
  const { messages, pkg } = await publint({ pkgDir: libraryFolder, strict: true });
  return messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false })}`);
}

/** @param {string} tarball */
async function typeProblems(tarball) {
  const check = await checkPackage(createPackageFromTarballData(new Uint8Array(readFileSync(tarball))));
  if (check.types === false) return ['arethetypeswrong: the package has no types.'];
  return (
    check.problems
      // The package is ESM alone, which Node's `require` loads as such; so it is meant.
      .filter(({ kind }) => kind !== 'CJSResolvesToESM')
      .map((problem) => `arethetypeswrong: ${JSON.stringify(problem)}`)
  );
}

async function sizeProblems() {
  const sizes = await measureLibrary();
  for (const { file, kb, limitKb } of sizes) {
    console.log(`${file.padEnd(20)} ${kb.toFixed(1).padStart(5)} kB of ${limitKb}, with gzip`);
  }
  return sizes
    .filter(({ kb, limitKb }) => kb > limitKb)
    .map(
      ({ file, kb, limitKb }) =>
        `${file} is ${kb.toFixed(1)} kB with gzip, and may be ${limitKb} at most; see what it imports.`,
    );
}
