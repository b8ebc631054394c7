import { setTimeout as wait } from 'node:timers/promises';
import type { EnginePage } from './engine';
import { axePath } from './site';

/** What people and screen readers know an element by. */
export interface Wanted {
  /** An ARIA role; `file` stands for a field that takes a file, which has none. */
  readonly role: 'button' | 'dialog' | 'file' | 'group' | 'radio' | 'switch' | 'tab' | 'textbox';
  /** The accessible name; an ellipsis in it stands for anything. */
  readonly name: string;
  /** What it is in, where the page has another of the same role and name. */
  readonly within?: Wanted;
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

async function selectorOf(page: EnginePage, wanted: Wanted): Promise<string | null> {
  const root = wanted.within === undefined ? 'body' : await selectorOf(page, wanted.within);
  if (root === null) return null;
  const { role, name } = wanted;
  const mark = `${role} ${name} in ${root}`;
  const selector = `[data-wanted=${JSON.stringify(mark)}]`;
  await withAxe(page);
  const isFound = await page.evaluate(markIn, {
    root,
    role,
    patternSource: patternOf(name),
    mark,
    selector,
  });
  return isFound ? selector : null;
}

interface Marking {
  /** A selector of what is searched. */
  readonly root: string;
  readonly role: Wanted['role'];
  readonly patternSource: string;
  readonly mark: string;
  readonly selector: string;
}

/** On the page: marks the element that is wanted and no other, if it is there. */
function markIn({ root, role, patternSource, mark, selector }: Marking): boolean {
  const { axe } = window;
  if (axe === undefined) throw new Error('axe is gone.');
  const pattern = new RegExp(patternSource, 's');
  axe.setup(document.documentElement);
  try {
    const isWanted = (element: Element) => {
      const itsRole =
        element instanceof HTMLInputElement && element.type === 'file'
          ? 'file'
          : axe.commons.aria.getRole(element);
      return (
        itsRole === role &&
        axe.commons.dom.isVisibleToScreenReaders(element) &&
        pattern.test(axe.commons.text.accessibleText(element))
      );
    };
    const found = [...(document.querySelector(root)?.querySelectorAll('*') ?? [])].find(isWanted);
    if (found === undefined) return false;
    for (const before of document.querySelectorAll(selector)) before.removeAttribute('data-wanted');
    // A choice is made by what people see of it: the field itself may lie under its label's text.
    const isChoice =
      found instanceof HTMLInputElement && (found.type === 'radio' || found.type === 'checkbox');
    const shown = isChoice ? (found.labels?.[0] ?? found) : found;
    shown.setAttribute('data-wanted', mark);
    return true;
  } finally {
    axe.teardown();
  }
}

function patternOf(name: string): string {
  const literal = name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return `^${literal.replaceAll('…', '.*')}$`;
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
