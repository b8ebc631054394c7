import type { Release } from './release';

/** Releases that are kept: the newest, and the one before for tabs that are still open with it. */
const releasesKept = 2;

/** How long a page from the network is waited for where a kept one is at hand. */
const patienceMs = 3_000;

/** What a release cache needs of the service worker that it runs in. */
export interface Surroundings {
  readonly caches: CacheStorage;
  readonly fetch: (request: Request) => Promise<Response>;
  /** The address of the page's folder, with a slash at its end. */
  readonly scope: string;
}

/**
 * One release, kept whole: a page that is shown without a network finds every file that it may ask for. Releases are
 * kept beside each other, so that a tab of the one before goes on with its own files when a newer one has come.
 */
export class ReleaseCache {
  private readonly release: Release;
  private readonly surroundings: Surroundings;
  /** What the names of the caches of all releases at this address begin with. */
  private readonly family: string;
  private readonly ours: ReadonlySet<string>;
  private readonly pageUrl: string;

  constructor(release: Release, surroundings: Surroundings) {
    const { scope } = surroundings;
    this.release = release;
    this.surroundings = surroundings;
    this.family = `playtrain ${scope} `;
    this.ours = new Set(release.files.map((path) => new URL(path, scope).href));
    this.pageUrl = new URL('index.html', scope).href;
  }

  /**
   * Fetches every file of the release that is not kept yet, one after the other, so as not to be in the way of the page.
   *
   * @throws Error where one cannot be had, or the page is of another release by now. What was fetched stays for the next
   * attempt.
   */
  async keep(): Promise<void> {
    const cache = await this.surroundings.caches.open(this.family + this.release.version);
    for (const url of this.ours) {
      if ((await cache.match(url)) === undefined) await cache.put(url, await this.fetched(new Request(url)));
    }
    // The last, and past the browser's own cache: with it the release is complete.
    const page = await this.fetched(new Request(this.pageUrl, { cache: 'no-cache' }));
    if (!(await page.clone().text()).includes(this.release.entry)) {
      throw new Error(
        'The page is of another release than its service worker; the next visit will find both.',
      );
    }
    await cache.put(this.pageUrl, page);
  }

  /** Lets go of all releases but the newest two. */
  async letGoOfOlder(): Promise<void> {
    const { caches } = this.surroundings;
    const others = (await this.names()).filter((name) => name !== this.family + this.release.version);
    const older = others.slice(0, Math.max(0, others.length - (releasesKept - 1)));
    await Promise.all(older.map((name) => caches.delete(name)));
  }

  /**
   * Answers what a page asks for: files of a release from what is kept, the page itself from the network where there is
   * one, so that a new release is shown at once.
   *
   * @returns null for everything else, which is none of ours.
   */
  answer(request: Request): Promise<Response> | null {
    if (request.method !== 'GET') return null;
    const { scope } = this.surroundings;
    const url = new URL(request.url);
    url.search = '';
    url.hash = '';
    if (request.mode === 'navigate' && (url.href === scope || url.href === this.pageUrl)) {
      return this.page(request);
    }
    return url.href.startsWith(`${scope}assets/`) || this.ours.has(url.href) ? this.file(request) : null;
  }

  private async file(request: Request): Promise<Response> {
    const kept = await this.kept(request.url);
    return kept === null ? this.surroundings.fetch(request) : embeddable(kept);
  }

  private page(request: Request): Promise<Response> {
    const kept = this.kept(this.pageUrl);
    const fetched = this.surroundings.fetch(request).then(
      // A server in trouble is no better than none.
      async (response) => (response.status >= 500 ? ((await kept) ?? response) : response),
      async (error: unknown) => {
        const page = await kept;
        if (page === null) throw error;
        return page;
      },
    );
    const afterAWhile = kept.then(async (page) => {
      if (page === null) return fetched;
      await sleep(patienceMs);
      return page;
    });
    return Promise.race([fetched, afterAWhile]);
  }

  /** From this release, else from one before; null also where the browser refuses to look. */
  private async kept(url: string): Promise<Response | null> {
    const { caches } = this.surroundings;
    try {
      for (const name of (await this.names()).toReversed()) {
        const found = await (await caches.open(name)).match(url);
        if (found !== undefined) return found;
      }
      return null;
    } catch {
      return null;
    }
  }

  /** The caches of all releases at this address, in the order in which they came. */
  private async names(): Promise<string[]> {
    return (await this.surroundings.caches.keys()).filter((name) => name.startsWith(this.family));
  }

  private async fetched(request: Request): Promise<Response> {
    const response = await this.surroundings.fetch(request);
    if (!response.ok) throw new Error(`${request.url} was answered with ${response.status}.`);
    return response;
  }
}

/**
 * The same answer, as a page that is cross-origin isolated takes it: it refuses its workers' files without the header,
 * and a host may have begun to send that only after they were kept. Other pages do not mind it.
 */
function embeddable(kept: Response): Response {
  const isSaidAlready = kept.headers.get('Cross-Origin-Embedder-Policy') === 'require-corp';
  if (isSaidAlready || isWebKit()) return kept;
  const headers = new Headers(kept.headers);
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  return new Response(kept.body, { status: kept.status, statusText: kept.statusText, headers });
}

/** It runs no worker from an answer that was made here. Chrome and Edge name it, too. */
function isWebKit(): boolean {
  const { userAgent } = navigator;
  return userAgent.includes('AppleWebKit') && !userAgent.includes('Chrom');
}

const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
