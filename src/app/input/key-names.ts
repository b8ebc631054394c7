/** What the keys that play are called, by where they are: as most of the world's keyboards have them. */
export const usualKeyNames: Readonly<Record<string, string>> = { KeyA: 'A', KeyD: 'D', KeyW: 'W', KeyS: 'S' };

interface LayoutMap {
  get(code: string): string | undefined;
}
interface KeyboardWithLayout {
  getLayoutMap(): Promise<LayoutMap>;
}

/**
 * What the keys that play write in the layout in use, so that a hint names the key that a person sees. Only some
 * browsers tell; elsewhere the usual names.
 */
export async function keyNamesOf(navigator: Navigator): Promise<Readonly<Record<string, string>>> {
  try {
    const { keyboard } = navigator as Navigator & { readonly keyboard?: KeyboardWithLayout };
    if (keyboard === undefined) return usualKeyNames;
    const layout = await keyboard.getLayoutMap();
    const named = Object.entries(usualKeyNames).map(([code, usual]) => [
      code,
      layout.get(code)?.toUpperCase() ?? usual,
    ]);
    return Object.fromEntries(named) as Readonly<Record<string, string>>;
  } catch {
    // The page may not ask, such as inside another page.
    return usualKeyNames;
  }
}
