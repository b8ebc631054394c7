import { setTimeout as wait } from 'node:timers/promises';
import type { EnginePage } from './engine';
import { axePath } from './site';

/** What people and screen readers know an element by. */
export interface Wanted {
  /** An ARIA role; `file` stands for a field that takes a file, which has none. */
  readonly role: 'button' | 'dialog' | 'file' | 'radio' | 'switch' | 'tab' | 'textbox';
  /** All of the accessible name, or its beginning where it ends with an ellipsis. */
  readonly name: string;
}

const patienceMs = 15_000;
const beatMs = 50;

/** @returns a CSS selector for the first element of that role and name that is not hidden; waits until there is one. */
export async function find(page: EnginePage, wanted: Wanted): Promise<string> {
  const deadlineMs = Date.now() + patienceMs;
  for (;;) {
    const selector = await selectorOf(page, wanted);
    if (selector !== null) return selector;
    if (Date.now() > deadlineMs) throw new Error(`There is no ${wanted.role} “${wanted.name}” on the page.`);
    await wait(beatMs);
  }
}

export async function isThere(page: EnginePage, wanted: Wanted): Promise<boolean> {
  return (await selectorOf(page, wanted)) !== null;
}

async function selectorOf(page: EnginePage, { role, name }: Wanted): Promise<string | null> {
  await withAxe(page);
  return page.evaluate(
    ({ role, name }) => {
      const { axe } = window;
      if (axe === undefined) throw new Error('axe is gone.');
      axe.setup(document.documentElement);
      try {
        const isWanted = (element: Element) => {
          const itsRole =
            element instanceof HTMLInputElement && element.type === 'file'
              ? 'file'
              : axe.commons.aria.getRole(element);
          if (itsRole !== role || !axe.commons.dom.isVisibleToScreenReaders(element)) return false;
          const itsName = axe.commons.text.accessibleText(element);
          return name.endsWith('…') ? itsName.startsWith(name.slice(0, -1)) : itsName === name;
        };
        const found = [...document.body.querySelectorAll('*')].find(isWanted);
        if (found === undefined) return null;
        for (const before of document.querySelectorAll('[data-wanted]'))
          before.removeAttribute('data-wanted');
        // A choice is made by what people see of it: the field itself may lie under its label's text.
        const shown =
          found instanceof HTMLInputElement && (found.type === 'radio' || found.type === 'checkbox')
            ? (found.labels?.[0] ?? found)
            : found;
        shown.setAttribute('data-wanted', '');
        return '[data-wanted]';
      } finally {
        axe.teardown();
      }
    },
    { role, name },
  );
}

/** What the suite uses of axe-core; `commons` is what its own rules and custom checks build on. */
interface Axe {
  setup(root: Element): void;
  teardown(): void;
  readonly commons: {
    readonly aria: { getRole(element: Element): string | null };
    readonly dom: { isVisibleToScreenReaders(element: Element): boolean };
    readonly text: { accessibleText(element: Element): string };
  };
}

declare global {
  interface Window {
    axe?: Axe;
  }
}

function withAxe(page: EnginePage): Promise<void> {
  return page.evaluate((path) => {
    if (window.axe !== undefined) return undefined;
    return new Promise<void>((resolve, reject) => {
      const script = document.createElement('script');
      script.src = path;
      script.onload = () => resolve();
      script.onerror = () => reject(new Error('axe could not be loaded.'));
      document.head.append(script);
    });
  }, axePath);
}
