// HEADLESS Phaser draws nothing, but asks for some of what pages have: in a worker and in Node it gets as much of it as
// it looks at. Imported before Phaser wherever there is no document.

const nothing = (): void => {};

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

const standIns: Readonly<Record<string, unknown>> = {
  window: globalThis,
  document: {
    body: element('body'),
    documentElement: element('html'),
    readyState: 'complete',
    hidden: false,
    createElement: element,
    createElementNS: (_space: string, tag: string) => element(tag),
    getElementById: () => null,
    hasFocus: () => true,
    addEventListener: nothing,
    removeEventListener: nothing,
  },
  navigator: { userAgent: '', vendor: '', maxTouchPoints: 0, getGamepads: () => [] },
  screen: { width: 1, height: 1 },
  innerWidth: 1,
  innerHeight: 1,
  Image: StandInImage,
  HTMLElement: StandInElement,
  HTMLCanvasElement: StandInElement,
  HTMLImageElement: StandInElement,
  HTMLVideoElement: StandInElement,
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
