/**
 * `npm start`: installs what is missing, builds the app where something changed, serves it and opens it. Where it is
 * being served already, it is opened there.
 *
 * `-- --no-open` leaves the browser alone, `-- --port 8080` asks for a port, `-- --host` lets other machines in.
 */
import { parseArgs } from 'node:util';
import { buildApp, builtSources, isBuilt } from './build-app.mjs';
import { openInBrowser } from './open-in-browser.mjs';
import { projectFolder, setUp } from './set-up.mjs';
import { addressOf, noteOn, occupantAt, outsideAddresses, whereToServe } from './where-to-serve.mjs';

const defaultPort = 4173;

const { firstPort, letsOthersIn, open } = readOptions();
setUp();
if (!isBuilt()) {
  console.log('Building …');
  if (!(await buildApp())) fail('The app could not be built; the reason is above.');
}

const sources = builtSources();
const place = await whereToServe(firstPort, (port) => occupantAt(port, sources, letsOthersIn));
if (!place.isThere) await serve(place.port);
const note = noteOn(firstPort, place);
if (note !== null) console.log(`\n  ${note}`);
const hosts = letsOthersIn ? outsideAddresses().map((host) => `http://${host}:${place.port}/`) : [];
const addresses = [addressOf(place.port), ...hosts].join(' and ');
console.log(
  place.isThere
    ? `\n  Playtrain is at ${addresses} already.\n`
    : `\n  Playtrain is at ${addresses}\n  Ctrl+C stops it.\n`,
);
if (open) openInBrowser(addressOf(place.port));

/** @param {number} port */
async function serve(port) {
  const { preview } = await import('vite');
  const server = await preview({
    root: projectFolder,
    preview: { port, strictPort: true, host: letsOthersIn ? '0.0.0.0' : '127.0.0.1', open: false },
    logLevel: 'warn',
  });
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      void server.close().finally(() => process.exit(0));
    });
  }
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        open: { type: 'boolean', default: true },
        port: { type: 'string', default: String(defaultPort) },
        host: { type: 'boolean', default: false },
      },
      allowNegative: true,
    });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 1 || port > 65_400) {
      return fail(
        `--port must be a whole number from 1 to 65400, such as ${defaultPort}; it was ${values.port}.`,
      );
    }
    return { firstPort: port, letsOthersIn: values.host, open: values.open };
  } catch (error) {
    return fail(
      `${error instanceof Error ? error.message : String(error)} It takes --no-open, --host and --port <number>.`,
    );
  }
}

/**
 * @param {string} sentence
 * @returns {never}
 */
function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
