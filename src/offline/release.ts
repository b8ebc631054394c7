/** Everything that a build consists of, as the service worker keeps it. */
export interface Release {
  /** Another for every build that differs in any file. */
  readonly version: string;
  /** The page's script, by which a page is known to be of this release. */
  readonly entry: string;
  /** Every file beside `index.html`, by its path from the page's folder. A name never stands for two contents. */
  readonly files: readonly string[];
}
