import { expect, it, onTestFinished } from 'vitest';
import { ShownPage } from '../testing/shown-page';
import { pageState } from '../testing/test-state';

it('a link to a moment opens the inspector, once, and whoever leaves it stays away', async () => {
  const errors: unknown[] = [];
  const note = ({ error }: ErrorEvent) => errors.push(error);
  window.addEventListener('error', note);
  const shown = new ShownPage(pageState());
  onTestFinished(async () => {
    window.removeEventListener('error', note);
    await shown.dispose();
  });
  const tab = (name: string) =>
    [...shown.root.querySelectorAll<HTMLElement>('[role="tab"]')].find(
      ({ textContent }) => textContent.trim() === name,
    );
  const frames = async () => {
    for (let left = 3; left > 0; left--) await new Promise((resolve) => requestAnimationFrame(resolve));
  };
  const state = pageState();
  const place = { step: 2, discount: null, gaeLambda: null, mistakes: null };
  const linked = { ...state, inspector: { ...state.inspector, linked: { place } } };
  shown.state$.next(linked);
  await frames();
  expect(tab('Inspector')?.getAttribute('aria-selected')).toBe('true');
  tab('Charts')?.click();
  shown.state$.next({ ...linked, running: !linked.running });
  await frames();
  expect(tab('Charts')?.getAttribute('aria-selected')).toBe('true');
  expect(errors).toEqual([]);
});
