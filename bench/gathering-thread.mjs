// @ts-check
/** A thread that gathers. Node 20 does not hand a process's TypeScript loader on to its threads, so it is JavaScript. */
import { parentPort } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
const { serveGathering } = await import('./gathering-door');
// Node's ports are what browsers' are, but for types.
parentPort?.once('message', (/** @type {any} */ port) => serveGathering(port));
