import { networkInterfaces } from 'node:os';
import { sourcesOf, stampFile } from './build-stamp.mjs';
import { isFree, noPortFree, portsTried } from './tools.mjs';

/** A server that is there answers this soon. */
const answerTimeoutMs = 2000;

/**
 * What is at a port: nothing; this very page; this page, but for this machine alone where others are to be let in; another
 * build of Playtrain; something else.
 *
 * @typedef {'nothing' | 'this page' | 'this page, this machine alone' | 'another Playtrain' | 'something else'} Occupant
 *
 * @typedef {{
 *   readonly port: number;
 *   readonly isThere: boolean;
 *   readonly firstOccupant: Occupant;
 * }} Place `isThere` where this very page is served at the port already.
 */

/**
 * Chooses a port. A page's address is what a browser keeps runs by, so a server that is there already is preferred to
 * another address.
 *
 * @param {number} firstPort
 * @param {(port: number) => Promise<Occupant>} occupantOf
 * @returns {Promise<Place>}
 */
export async function whereToServe(firstPort, occupantOf) {
  /** @type {Occupant | null} */
  let firstOccupant = null;
  for (let port = firstPort; port < firstPort + portsTried; port++) {
    const occupant = await occupantOf(port);
    firstOccupant ??= occupant;
    if (occupant === 'nothing') return { port, isThere: false, firstOccupant };
    if (occupant === 'this page') return { port, isThere: true, firstOccupant };
  }
  throw noPortFree(firstPort);
}

/**
 * What to tell a person whose page is not where they may have kept runs; null where it is.
 *
 * @param {number} firstPort
 * @param {Place} place
 */
export function noteOn(firstPort, { port, firstOccupant }) {
  if (port === firstPort) return null;
  const address = addressOf(firstPort);
  const reasons = {
    nothing: '',
    'this page': '',
    'this page, this machine alone': `${address} is this page already, for this machine alone`,
    'another Playtrain': `${address} is another build of Playtrain, which is still being served`,
    'something else': `port ${firstPort} is taken by another program`,
  };
  return `Not at the usual address: ${reasons[firstOccupant]}. Browsers keep runs by address, so those kept at ${address} are not seen at ${addressOf(port)}; end what is there and start again to have them, or export and import them.`;
}

/**
 * The same for this machine whether or not others are let in: `localhost` would be another place to keep runs in.
 *
 * @param {number} port
 */
export function addressOf(port) {
  return `http://127.0.0.1:${port}/`;
}

/**
 * Finds out what is at a port.
 *
 * @param {number} port
 * @param {string | null} sources a hash of what this page was built from.
 * @param {boolean} letsOthersIn whether other machines are to be let in.
 * @returns {Promise<Occupant>}
 */
export async function occupantAt(port, sources, letsOthersIn) {
  if (await isFree(port, letsOthersIn ? '0.0.0.0' : '127.0.0.1')) return 'nothing';
  const found = await sourcesAt('127.0.0.1', port);
  if (found === null) return 'something else';
  if (found !== sources) return 'another Playtrain';
  const outside = letsOthersIn ? outsideAddresses()[0] : undefined;
  const isReached = outside === undefined || (await sourcesAt(outside, port)) === sources;
  return isReached ? 'this page' : 'this page, this machine alone';
}

/** @returns the IPv4 addresses under which other machines reach this one. */
export function outsideAddresses() {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
}

/**
 * @param {string} host
 * @param {number} port
 * @returns the hash in the stamp of the build that is served there, null where there is none.
 */
async function sourcesAt(host, port) {
  try {
    const answer = await fetch(`http://${host}:${port}/${stampFile}`, {
      signal: AbortSignal.timeout(answerTimeoutMs),
    });
    return answer.ok ? sourcesOf(await answer.text()) : null;
  } catch {
    return null;
  }
}
