import { pageNeeded } from './needs-page';

// HEADLESS Phaser draws nothing, but asks for some of what pages have: in a worker and in Node it gets as much of it as
// it looks at. Imported before Phaser wherever there is no document.

const nothing = (): void => {};
/** What only a page can answer. */
const refuse = (what: string) => () => {
  throw pageNeeded(what);
};
/** Elements that Phaser itself asks for. */
const knownTags = ['canvas', 'img', 'audio', 'video'];

/** A drawing context on which nothing comes of anything. */
function context(): object {
  const image = (_x: number, _y: number, width = 1, height = 1) => ({
    width,
    height,
    data: new Uint8ClampedArray(4 * width * height),
  });
  const answers: Record<string | symbol, unknown> = {
    getImageData: image,
    createImageData: (width: number, height: number) => image(0, 0, width, height),
    // Letters of a monospaced font; what is centred on a text's width lies about where it does on the page.
    measureText: (text: string) => ({
      width: 8 * text.length,
      actualBoundingBoxAscent: 12,
      actualBoundingBoxDescent: 4,
    }),
  };
  return new Proxy(answers, { get: (target, name) => target[name] ?? nothing });
}

function element(tag: string): object {
  return {
    tagName: tag.toUpperCase(),
    style: {},
    width: 0,
    height: 0,
    parentNode: null,
    getContext: context,
    addEventListener: nothing,
    removeEventListener: nothing,
    appendChild: nothing,
    setAttribute: nothing,
    remove: nothing,
    getBoundingClientRect: () => ({ left: 0, top: 0, width: 1, height: 1 }),
  };
}

function made(tag: string): object {
  if (!knownTags.includes(tag.toLowerCase())) throw pageNeeded(`document.createElement('${tag}')`);
  return element(tag);
}

/** What a page would keep; it is forgotten with the realm. */
function storage(): object {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    key: (index: number) => [...kept.keys()][index] ?? null,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: unknown) => void kept.set(key, String(value)),
    removeItem: (key: string) => void kept.delete(key),
    clear: () => kept.clear(),
  };
}

class StandInElement {}

class StandInImage {
  onload: (() => void) | null = null;
  width = 0;
  height = 0;
  private address = '';

  get src(): string {
    return this.address;
  }

  /** Whatever it is asked for is there at once, and empty. */
  set src(address: string) {
    this.address = address;
    queueMicrotask(() => this.onload?.());
  }
}

/** Of the page that games take their size from which fill it. */
const page = { left: 0, top: 0, width: 1024, height: 768 };

const standIns: Readonly<Record<string, unknown>> = {
  window: globalThis,
  document: {
    body: { ...element('body'), getBoundingClientRect: () => page },
    documentElement: { ...element('html'), getBoundingClientRect: () => page },
    readyState: 'complete',
    hidden: false,
    createElement: made,
    createElementNS: (_space: string, tag: string) => made(tag),
    ...Object.fromEntries(
      [
        'getElementById',
        'getElementsByClassName',
        'getElementsByName',
        'getElementsByTagName',
        'querySelector',
        'querySelectorAll',
        'createTextNode',
        'createDocumentFragment',
        'write',
      ].map((name) => [name, refuse(`document.${name}`)]),
    ),
    hasFocus: () => true,
    addEventListener: nothing,
    removeEventListener: nothing,
  },
  navigator: { userAgent: '', vendor: '', maxTouchPoints: 0, getGamepads: () => [] },
  screen: { width: 1, height: 1 },
  innerWidth: page.width,
  innerHeight: page.height,
  Image: StandInImage,
  HTMLElement: StandInElement,
  HTMLCanvasElement: StandInElement,
  HTMLImageElement: StandInElement,
  HTMLVideoElement: StandInElement,
  alert: refuse('alert'),
  confirm: refuse('confirm'),
  prompt: refuse('prompt'),
  localStorage: storage(),
  sessionStorage: storage(),
  focus: nothing,
  addEventListener: nothing,
  removeEventListener: nothing,
  requestAnimationFrame: () => 0,
  cancelAnimationFrame: nothing,
};

if (!('document' in globalThis)) {
  for (const [name, value] of Object.entries(standIns)) {
    if (name in globalThis) continue;
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
}
