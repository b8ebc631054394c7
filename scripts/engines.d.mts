export interface FoundEngines {
  readonly chromium: { readonly browser: string } | null;
  /** `display` is null where windows need no Xvfb. */
  readonly firefox: { readonly browser: string; readonly display: string | null } | null;
  readonly webkit: { readonly driver: string; readonly browser: string; readonly display: string } | null;
}
export function findEngines(): FoundEngines;
