import type { Theme } from './page-state';

/** Asked when it matters: a test without a window may load this, too. */
const prefersDark = () => window.matchMedia('(prefers-color-scheme: dark)');
/** The page's background in each theme, for the browser's own bars. */
const barColours = { dark: '#10151b', light: '#f4f3ee' } as const;

/** What a theme comes to on this machine now. */
export function resolvedTheme(theme: Theme): 'dark' | 'light' {
  if (theme !== 'auto') return theme;
  return prefersDark().matches ? 'dark' : 'light';
}

/** True when the person asks for less motion. */
export function prefersReducedMotion(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** Puts a theme on the document. */
export function applyTheme(theme: Theme): void {
  if (theme === 'auto') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
    const own = meta.getAttribute('media')?.includes('dark') === true ? 'dark' : 'light';
    meta.setAttribute('content', barColours[theme === 'auto' ? own : theme]);
  }
}

/** Puts large type on the document, or takes it off. */
export function applyLargeType(isOn: boolean): void {
  document.documentElement.toggleAttribute('data-large', isOn);
}

/** Calls back whenever the machine's own preference changes; returns a function that ends it. */
export function onPreferredThemeChange(listener: () => void): () => void {
  const query = prefersDark();
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}
