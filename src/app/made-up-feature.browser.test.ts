import { html, render } from 'lit-html';
import { NEVER } from 'rxjs';
import { afterEach, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { newRunId } from '../storage/run-id';
import { pageFeatures } from '../ui/features';
import { Page } from '../ui/shell/page';
import type { PageFeature } from '../ui/shell/page-feature';
import { type AppFeature, now } from './feature';
import { Dispatcher } from './shell/dispatcher';
import type { PageStore } from './shell/page-store';
import { openPage } from './testing/open-page';

// What a feature's folder in `ui` declares: only a real one's state is there for all, so that this one's may be missing.
declare module '../ui/shell/page-state' {
  interface FeatureState {
    readonly madeUp?: number;
  }
  interface FeatureIntents {
    readonly madeUp: { readonly kind: 'madeUp'; readonly by: number };
  }
}

/** What its folder in `app` has for the list there. */
const does = (store: PageStore): AppFeature => ({
  intents: { madeUp: now(({ by }) => store.patch({ madeUp: (store.state.madeUp ?? 0) + by })) },
});

/** And its folder in `ui` for the list there. */
const shows: PageFeature = {
  initial: { madeUp: 40 },
  tab: { id: 'made-up', label: 'Made up' },
  shortcuts: [
    { key: 'u', does: 'one more', during: ['training'], asks: () => ({ kind: 'madeUp', by: 1 }) },
    { key: 'r', does: 'never', during: ['training'], asks: () => ({ kind: 'madeUp', by: 1_000 }) },
  ],
  mount({ overGame, emit }, panel) {
    const card = overGame('made-up-card');
    return [
      {
        update({ madeUp = 0 }) {
          card.hidden = false;
          render(html`${madeUp} over the game`, card);
          render(html`<button @click=${() => emit({ kind: 'madeUp', by: 10 })}>${madeUp}</button>`, panel);
        },
      },
    ];
  },
};

let after: (() => void)[] = [];
afterEach(() => {
  for (const end of after) end();
  after = [];
});

it('a feature brings its state, its first value, intents, keys, tab and place over the game by two entries', async () => {
  const name = `made-up-${newRunId()}`;
  const { store } = await openPage(name);
  store.patch(shows.initial);
  const asked: string[] = [];
  const others = { intents: { restart: now(() => void asked.push('restart')) } };
  const dispatcher = new Dispatcher([others, does(store)], {
    succeeded: ({ kind }) => asked.push(kind),
    failed: (_, error) => expect.fail(String(error)),
    broken: (error) => expect.fail(String(error)),
  });
  const root = document.createElement('div');
  document.body.append(root);
  const inputs = { state$: store.state$, points$: NEVER, histories$: NEVER };
  const page = new Page(root, inputs, [...pageFeatures, shows]);
  const asking = page.intents$.subscribe((intent) => dispatcher.handle(intent));
  after = [
    () => asking.unsubscribe(),
    () => page.dispose(),
    () => root.remove(),
    () => void indexedDB.deleteDatabase(name),
  ];
  const card = () => root.querySelector('.game-view > .made-up-card')?.textContent;
  await expect.poll(card).toBe('40 over the game');
  await userEvent.keyboard('u');
  await expect.poll(card).toBe('41 over the game');
  const tab = [...root.querySelectorAll<HTMLElement>('[role="tab"]')].find(
    ({ textContent }) => textContent === 'Made up',
  );
  tab?.click();
  const button = [...root.querySelectorAll('button')].find(({ textContent }) => textContent === '41');
  button?.click();
  await expect.poll(card).toBe('51 over the game');
  // A key that the page has itself stays the page's.
  await userEvent.keyboard('r');
  await expect.poll(() => asked.at(-1)).toBe('restart');
  expect(store.state.madeUp).toBe(51);
  // Beside the page's own keys it is in the list of keys.
  root.querySelector<HTMLElement>('.game')?.focus();
  await userEvent.keyboard('?');
  await expect.poll(() => root.querySelector('dialog')?.textContent).toContain('one more');
});
