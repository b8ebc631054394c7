import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { type AddressInfo, isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { projectFolder } from '../../scripts/set-up.mjs';
import { contentTypeOf } from '../testing/content-type';

/** The built page on a server of its own, so that no two scenarios share what a browser keeps. */
export interface Site {
  /** Ends with a slash. */
  readonly address: string;
  close(): Promise<void>;
}

export interface SiteOptions {
  /** A script that runs before anything else on the page and in each of its workers. */
  readonly prelude?: string;
  /** As to a device with a touch screen, which not every driver can feign: rules of style for such hold. */
  readonly touchScreen?: boolean;
  /** Served to other machines' addresses, where browsers hold back what needs a secure context. */
  readonly insecure?: boolean;
  /** What is served, where it is not the page that the project builds. */
  readonly folder?: string;
}

/** Where a page finds axe, which knows roles and accessible names. */
export const axePath = '/__axe.js';
const preludePath = '/__prelude.js';
/** As the build names the scripts of workers. */
const workerScript = /\.worker-[\w-]+\.js$/;

const dist = join(projectFolder, 'dist');
const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Collects for `errorsOf` what the page throws or writes as an error. */
const errorCollector = `
  if (typeof document !== 'undefined') {
    const errors = (globalThis.__errors = []);
    addEventListener('error', ({ message, error, filename, lineno, colno }) =>
      errors.push(message + ' at ' + filename + ':' + lineno + ':' + colno + '\\n' + (error?.stack ?? '')));
    addEventListener('unhandledrejection', ({ reason }) => errors.push('Unhandled: ' + reason + '\\n' + (reason?.stack ?? '')));
    const write = console.error;
    console.error = (...parts) => {
      errors.push(parts.join(' '));
      write.apply(console, parts);
    };
  }
`;

/** Serves the built page (`vite build` first), or another that is told. */
export async function serve({
  prelude = '',
  touchScreen = false,
  insecure = false,
  folder = dist,
}: SiteOptions = {}): Promise<Site> {
  const script = `${errorCollector}\n{${prelude}\n}`;
  const server = createServer(({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    if (pathname === axePath) return send(response, '.js', readFileSync(axeFile));
    if (pathname === preludePath) return send(response, '.js', script);
    const name = pathname === '/' ? '/index.html' : pathname;
    const content = read(join(folder, normalize(name)));
    if (content === null) {
      response.writeHead(404).end();
      return;
    }
    const isStyle = extname(name) === '.css';
    send(
      response,
      extname(name),
      isStyle && touchScreen ? forTouchScreen(content) : withPrelude(name, content, script),
    );
  });
  const host = insecure ? addressForOthers() : '127.0.0.1';
  if (host === null) throw new Error('This machine has no address but its loopback.');
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://${host}:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, extension: string, content: string | Buffer): void {
  response
    .writeHead(200, {
      'Content-Type': contentTypeOf(extension),
      // Each server is another origin, but WebKit's memory cache goes by path where ports come back.
      'Cache-Control': 'no-store',
    })
    .end(content);
}

function read(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}

function withPrelude(name: string, content: Buffer, script: string): string | Buffer {
  if (name.endsWith('.html')) return content.toString().replace('<head>', `<head><script>${script}</script>`);
  // An import comes before whatever the module itself does, and before what it imports later.
  if (workerScript.test(name)) return `import '${preludePath}';\n${content.toString()}`;
  return content;
}

function forTouchScreen(style: Buffer): string {
  return style
    .toString()
    .replaceAll(/\((any-)?pointer: ?coarse\)/g, '(width > 0px)')
    .replaceAll(/\(pointer: ?fine\)/g, '(width < 0px)');
}

/** This machine's address for others, to which browsers give no secure context; null where it has no network. */
export function addressForOthers(): string | null {
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return addresses.find(({ address, internal }) => !internal && isIPv4(address))?.address ?? null;
}
