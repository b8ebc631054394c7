import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { contentTypeOf } from '../testing/content-type';

/** The files of a page by their paths from its folder. */
export type Files = Readonly<Record<string, Uint8Array>>;

/** A host that knows files and nothing else, as those for static pages do. */
export interface StaticHost {
  readonly port: number;
  /** Puts other files in the place of those that are there. */
  publish(files: Files): void;
  /** From now on nothing answers. */
  close(): Promise<void>;
}

/** Serves files under a path such as `/some/deep/path/`, on a free port of this machine. @param headers that go with each. */
export async function serveStatically(
  path: string,
  published: Files,
  headers: Readonly<Record<string, string>> = {},
): Promise<StaticHost> {
  let files = published;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    const name = pathname.startsWith(path) ? pathname.slice(path.length) || 'index.html' : '';
    const bytes = files[name];
    if (bytes === undefined) return response.writeHead(404).end();
    const type = contentTypeOf(extname(name));
    return response
      .writeHead(200, { 'content-type': type, 'cache-control': 'max-age=0', ...headers })
      .end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    publish: (next) => {
      files = next;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
