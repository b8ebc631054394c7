/**
 * What is installed, held against what is asked for. Plain data in, a verdict out: nothing is read or run here.
 */

/**
 * @typedef {{
 *   readonly version?: string;
 *   readonly optional?: boolean;
 *   readonly link?: boolean;
 *   readonly os?: readonly string[];
 *   readonly cpu?: readonly string[];
 *   readonly libc?: readonly string[];
 * }} LockEntry an entry of `packages` in a lock file.
 *
 * @typedef {Readonly<Record<string, LockEntry>>} LockEntries by the folders that they are installed in.
 *
 * @typedef {{ readonly os: string; readonly cpu: string; readonly libc: string | null }} Machine `libc` is `glibc` or
 *   `musl` on Linux.
 */

/**
 * Compares what `package-lock.json` asks for with what npm says it installed (`node_modules/.package-lock.json`,
 * which npm writes last). Optional packages may be missing where they are for other machines. Those for this machine may
 * not, though npm leaves them out without a word where Node is too old for them: they hold what is not JavaScript in the
 * tools.
 *
 * @param {LockEntries} wanted
 * @param {LockEntries} installed
 * @param {Machine} machine
 * @returns whether every package is there in the right version.
 */
export function isInstalled(wanted, installed, machine) {
  return Object.entries(wanted).every(([folder, entry]) => {
    if (folder === '' || entry.link === true) return true;
    const found = installed[folder];
    if (found !== undefined) return found.version === entry.version;
    return entry.optional === true && !isMadeFor(entry, machine);
  });
}

/**
 * @param {LockEntry} entry
 * @param {Machine} machine
 * @returns whether a package names the machines that it is for, and this is one of them.
 */
function isMadeFor({ os, cpu, libc }, machine) {
  if (os === undefined && cpu === undefined) return false;
  return (
    allows(os, machine.os) &&
    allows(cpu, machine.cpu) &&
    (machine.libc === null || allows(libc, machine.libc))
  );
}

/**
 * @param {readonly string[] | undefined} names those that are meant, or, each with `!` before it, those that are not.
 * @param {string} name
 */
function allows(names, name) {
  if (names === undefined) return true;
  if (names.includes(`!${name}`)) return false;
  return names.includes(name) || names.every((each) => each.startsWith('!'));
}

/**
 * Compares the packages that the project itself names, each in one version, with those that another package manager than
 * npm installed, whose own lock says nothing about ours.
 *
 * @param {Readonly<Record<string, string>>} wanted versions by name.
 * @param {(name: string) => string | null} installedVersion
 */
export function namesAreInstalled(wanted, installedVersion) {
  return Object.entries(wanted).every(([name, version]) => {
    const installed = installedVersion(name);
    // Of a folder of this project there is one version; what goes by another name (`npm:name@version`) says which.
    return version.startsWith('file:')
      ? installed !== null
      : installed === version.slice(version.lastIndexOf('@') + 1);
  });
}
