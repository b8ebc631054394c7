import { afterEach, describe, expect, it } from 'vitest';
import type { Release } from './release';
import { ReleaseCache } from './release-cache';

const scope = 'https://host.example/playtrain/';

const first: Release = {
  version: 'one',
  entry: 'assets/index-1.js',
  files: ['assets/index-1.js', 'assets/a-1.svg'],
};
const second: Release = {
  version: 'two',
  entry: 'assets/index-2.js',
  files: ['assets/index-2.js', 'assets/a-2.svg'],
};
const third: Release = { version: 'three', entry: 'assets/index-3.js', files: ['assets/index-3.js'] };

/** A host that has one release, or nothing at all, and counts what it is asked. */
class Host {
  published: Release | null;
  asked: string[] = [];

  constructor(published: Release | null) {
    this.published = published;
  }

  readonly fetch = (request: Request): Promise<Response> => {
    this.asked.push(request.url);
    if (this.published === null) return Promise.reject(new TypeError('Failed to fetch'));
    const path = request.url.slice(scope.length);
    if (path === '' || path === 'index.html') return Promise.resolve(new Response(pageOf(this.published)));
    const isThere = this.published.files.includes(path);
    return Promise.resolve(isThere ? new Response(path) : new Response('', { status: 404 }));
  };

  cacheOf(release: Release): ReleaseCache {
    return new ReleaseCache(release, { caches, fetch: this.fetch, scope });
  }
}

const pageOf = ({ entry }: Release) => `<script type="module" src="./${entry}"></script>`;

/** A visit, which no script may ask for. */
function visit(path = ''): Request {
  return Object.defineProperty(new Request(scope + path), 'mode', { value: 'navigate' });
}

async function textOf(answer: Promise<Response> | null): Promise<string | undefined> {
  return (await answer)?.text();
}

afterEach(async () => {
  for (const name of await caches.keys()) await caches.delete(name);
});

describe('a release that is kept', () => {
  it('answers the page and each of its files without a network', async () => {
    const host = new Host(first);
    const kept = host.cacheOf(first);
    await kept.keep();
    host.published = null;
    for (const path of ['', 'index.html', '?from=somewhere', '#game=volley']) {
      expect(await textOf(kept.answer(visit(path)))).toBe(pageOf(first));
    }
    for (const path of first.files) expect(await textOf(kept.answer(new Request(scope + path)))).toBe(path);
  });

  it('answers with files that a page alone with its origin takes, also where the host did not say so', async () => {
    const kept = new Host(first).cacheOf(first);
    await kept.keep();
    const answer = await kept.answer(new Request(`${scope}assets/a-1.svg`));
    expect(answer?.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
  });

  it('asks for no file again', async () => {
    const host = new Host(first);
    await host.cacheOf(first).keep();
    host.asked = [];
    await host.cacheOf(first).keep();
    expect(host.asked).toEqual([`${scope}index.html`]);
    host.asked = [];
    await host.cacheOf(first).answer(new Request(`${scope}assets/a-1.svg`));
    expect(host.asked).toEqual([]);
  });

  it('shows the page of the network where there is one', async () => {
    const host = new Host(first);
    const kept = host.cacheOf(first);
    await kept.keep();
    host.published = second;
    expect(await textOf(kept.answer(visit()))).toBe(pageOf(second));
    expect(await textOf(kept.answer(new Request(`${scope}assets/a-2.svg`)))).toBe('assets/a-2.svg');
  });

  it('shows its own page where the server is in trouble or does not answer', async () => {
    const host = new Host(first);
    await host.cacheOf(first).keep();
    const withFetch = (fetch: Host['fetch']) => new ReleaseCache(first, { caches, fetch, scope });
    const troubled = withFetch(() => Promise.resolve(new Response('oh', { status: 503 })));
    expect(await textOf(troubled.answer(visit()))).toBe(pageOf(first));
    const silent = withFetch(() => new Promise(() => {}));
    expect(await textOf(silent.answer(visit()))).toBe(pageOf(first));
  });

  it('is as good as none where the browser refuses what it keeps', async () => {
    const host = new Host(first);
    const refuse = () => Promise.reject(new DOMException('denied', 'SecurityError'));
    const refusing = { keys: refuse, open: refuse, match: refuse, has: refuse, delete: refuse };
    const kept = new ReleaseCache(first, { caches: refusing, fetch: host.fetch, scope });
    expect(await textOf(kept.answer(visit()))).toBe(pageOf(first));
    expect(await textOf(kept.answer(new Request(`${scope}assets/a-1.svg`)))).toBe('assets/a-1.svg');
  });

  it('leaves alone what is not of the page', () => {
    const kept = new Host(first).cacheOf(first);
    for (const request of [
      new Request(`${scope}build.json`),
      new Request(`${scope}service-worker.js`),
      new Request(scope),
      new Request(`${scope}assets/a-1.svg`, { method: 'POST' }),
      new Request('https://host.example/other/assets/a-1.svg'),
      visit('other.html'),
    ]) {
      expect(kept.answer(request)).toBeNull();
    }
  });
});

describe('a release that could not be kept whole', () => {
  it('is not begun with, and the one before goes on', async () => {
    const host = new Host(first);
    await host.cacheOf(first).keep();
    host.published = { ...second, files: [second.entry] };
    const torn = host.cacheOf(second);
    await expect(torn.keep()).rejects.toThrow('a-2.svg was answered with 404');
    host.published = null;
    expect(await textOf(host.cacheOf(first).answer(visit()))).toBe(pageOf(first));
  });

  it('is refused where the page is of another by now', async () => {
    const host = new Host(first);
    const late = new ReleaseCache(first, {
      caches,
      fetch: async (request) =>
        request.url.endsWith('index.html') ? new Response(pageOf(second)) : host.fetch(request),
      scope,
    });
    await expect(late.keep()).rejects.toThrow('of another release');
    host.published = null;
    await expect(host.cacheOf(first).answer(visit())).rejects.toThrow('Failed to fetch');
  });
});

describe('releases that follow each other', () => {
  it('keep the files of the one before, for tabs that are open with it, and no older ones', async () => {
    const host = new Host(first);
    const elsewhere = new ReleaseCache(first, {
      caches,
      fetch: (request) => host.fetch(new Request(request.url.replace('/deeper/', '/'))),
      scope: `${scope}deeper/`,
    });
    await elsewhere.keep();
    for (const release of [first, second, third]) {
      host.published = release;
      await host.cacheOf(release).keep();
      await host.cacheOf(release).letGoOfOlder();
    }
    const newest = host.cacheOf(third);
    host.published = null;
    expect(await textOf(newest.answer(visit()))).toBe(pageOf(third));
    for (const path of second.files)
      expect(await textOf(newest.answer(new Request(scope + path)))).toBe(path);
    await expect(newest.answer(new Request(`${scope}assets/a-1.svg`))).rejects.toThrow('Failed to fetch');
    // What is kept for another copy of the page at the same host is none of its business.
    const there = await elsewhere.answer(new Request(`${scope}deeper/assets/a-1.svg`));
    expect(there?.ok).toBe(true);
  });
});
