/**
 * `npm start`: installs what is missing, builds the app, serves it and opens it.
 *
 * `-- --no-open` leaves the browser alone, `-- --port 8080` asks for a port, `-- --host` lets other machines in.
 */
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { setUp } from './set-up.mjs';
import { freePort, runTool } from './tools.mjs';

const defaultPort = 4173;

let options;
try {
  options = parseArgs({
    options: {
      open: { type: 'boolean', default: true },
      port: { type: 'string' },
      host: { type: 'boolean' },
    },
    allowNegative: true,
  }).values;
} catch (error) {
  fail(`${error.message} It takes --no-open, --host and --port <number>.`);
}
const firstPort = Number(options.port ?? defaultPort);
if (!Number.isInteger(firstPort) || firstPort < 1 || firstPort > 65_400) {
  fail(`--port must be a whole number from 1 to 65400, such as ${defaultPort}; it was ${options.port}.`);
}

setUp();
console.log('Building …');
if ((await runTool('vite', 'vite', ['build', '--logLevel', 'warn'])) !== 0) {
  fail('The app could not be built; the reason is above.');
}
const { preview } = await import('vite');

const server = await preview({
  preview: {
    port: await freePort(firstPort),
    strictPort: true,
    host: options.host ?? '127.0.0.1',
    open: false,
  },
  logLevel: 'warn',
});
const addresses = [...(server.resolvedUrls?.local ?? []), ...(server.resolvedUrls?.network ?? [])];
console.log(`\n  Playtrain is at ${addresses.join(' and ')}\n  Ctrl+C stops it.\n`);
if (options.open && addresses[0] !== undefined) openInBrowser(addresses[0]);

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    void server.close().finally(() => process.exit(0));
  });
}

/** Opens the default browser where there is a display to open it on; that it cannot is no failure. */
function openInBrowser(address) {
  const hasDisplay =
    process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
  if (!hasDisplay || process.env.CI) return;
  const [command, ...before] = {
    darwin: ['open'],
    win32: ['cmd', '/c', 'start', ''],
  }[process.platform] ?? ['xdg-open'];
  const child = spawn(command, [...before, address], { stdio: 'ignore', detached: true });
  child.once('error', () => {});
  child.unref();
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
