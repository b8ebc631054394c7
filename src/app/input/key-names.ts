/** A `KeyboardLayoutMap`: what keys write, by `KeyboardEvent.code`. */
type LayoutMap = Iterable<readonly [string, string]>;
interface KeyboardWithLayout {
  getLayoutMap(): Promise<LayoutMap>;
}

/**
 * What keys write in the layout in use, by `KeyboardEvent.code`, so that a hint names the key that a person sees. Only
 * some browsers tell; empty elsewhere.
 */
export async function keyNamesOf(navigator: Navigator): Promise<Readonly<Record<string, string>>> {
  try {
    const { keyboard } = navigator as Navigator & { readonly keyboard?: KeyboardWithLayout };
    if (keyboard === undefined) return {};
    const layout = await keyboard.getLayoutMap();
    return Object.fromEntries([...layout].map(([code, written]) => [code, capital(written)]));
  } catch {
    // The page may not ask, such as inside another page.
    return {};
  }
}

/** As key caps have it; what has no capital of one letter, such as ß, stays. */
function capital(written: string): string {
  const upper = written.toUpperCase();
  return upper.length === written.length ? upper : written;
}
