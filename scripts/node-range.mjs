/**
 * Ranges of Node versions as `package.json` writes them, such as `^20.19.0 || >=22.12.0`. Read here, since it is done
 * before any package is there that could.
 */

/** @typedef {{ operator: '^' | '>=', version: readonly number[] }} Part */

/**
 * @param {string} range parts that begin with `^` or `>=`, with `||` between them.
 * @returns {Part[]}
 */
function partsOf(range) {
  return range.split('||').map((text) => {
    const [, operator, version] = /^\s*(\^|>=)(\d+\.\d+\.\d+)\s*$/.exec(text) ?? [];
    if ((operator !== '^' && operator !== '>=') || version === undefined) {
      throw new Error(
        `“${text.trim()}” is no range of versions that is understood here; write ^1.2.3 or >=1.2.3.`,
      );
    }
    return { operator, version: numbersOf(version) };
  });
}

/** @param {string} version such as `20.19.0`; what stands behind the numbers is left out. */
const numbersOf = (version) => (/^\d+(\.\d+)*/.exec(version)?.[0] ?? '').split('.').map(Number);

/**
 * @param {readonly number[]} a
 * @param {readonly number[]} b
 */
function isAtLeast(a, b) {
  for (const [index, wanted] of b.entries()) {
    const given = a[index] ?? 0;
    if (given !== wanted) return given > wanted;
  }
  return true;
}

/**
 * @param {string} range such as `^20.19.0 || >=22.12.0`.
 * @param {string} version such as `22.12.0`.
 * @returns whether the version lies in the range.
 * @throws {Error} for a range written in any other way.
 */
export function isInRange(range, version) {
  const given = numbersOf(version);
  return partsOf(range).some(
    (part) => isAtLeast(given, part.version) && (part.operator === '>=' || given[0] === part.version[0]),
  );
}

/**
 * @param {string} range such as `^20.19.0 || >=22.12.0`.
 * @returns how one would say it: `20.19 or a later 20, or 22.12 or newer`.
 */
export function rangeInWords(range) {
  return partsOf(range)
    .map(({ operator, version: [major, minor] }) =>
      operator === '^' ? `${major}.${minor} or a later ${major}` : `${major}.${minor} or newer`,
    )
    .join(', or ');
}
