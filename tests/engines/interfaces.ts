import type { EngineName } from './engine';

/** Something that a browser may lack or refuse, and scripts that make it so, for pages and their workers. */
export interface BrowserInterface {
  readonly name: string;
  /** As where it was never built in. */
  readonly gone: string;
  /** As where settings, policies or a private window forbid it: it is there, and throws or rejects. */
  readonly refusing: string;
  /** As where a question to the person, or the browser itself, never comes to an answer; null where nothing is asked. */
  readonly silent: string | null;
  /** The engine that tries it alone: one that has it, and which of them does not matter. */
  readonly engine: EngineName;
  /** True where so little works without it that nothing would be learned of what else is taken away. */
  readonly onlyAlone?: boolean;
}

/** What the scripts are written with. */
const tools = `
  const refusal = () => new DOMException('The operation is insecure.', 'SecurityError');
  const without = (owner, ...names) => {
    for (const name of names) for (let at = owner; at; at = Object.getPrototypeOf(at)) delete at[name];
  };
  const define = (owner, name, descriptor) => {
    if (owner && name in owner) Object.defineProperty(owner, name, { configurable: true, ...descriptor });
  };
  const throwing = (owner, ...names) => {
    for (const name of names) define(owner, name, { value: function refuse() { throw refusal(); } });
  };
  const rejecting = (owner, ...names) => {
    for (const name of names) define(owner, name, { value: () => Promise.reject(refusal()) });
  };
  const silent = (owner, ...names) => {
    for (const name of names) define(owner, name, { value: () => new Promise(() => {}) });
  };
  const unreadable = (owner, ...names) => {
    for (const name of names) define(owner, name, { get() { throw refusal(); } });
  };
  const { navigator } = globalThis;
`;

/** A prelude of scripts that take browser interfaces away, see `BrowserInterface`. */
export function prelude(scripts: readonly string[]): string {
  return [tools, ...scripts.map((script) => `{${script}}`)].join('\n');
}

const onPages = (script: string) => `if (typeof document !== 'undefined') {${script}}`;

/** Contexts are asked for by name; `answer` is what comes instead where that contains `kindOfContext`. */
const contexts = (kindOfContext: 'webgl' | '2d', answer: string) => `
  for (const canvas of [globalThis.HTMLCanvasElement, globalThis.OffscreenCanvas]) {
    if (canvas?.prototype === undefined) continue;
    const { getContext } = canvas.prototype;
    canvas.prototype.getContext = function (kind, ...rest) {
      if (kind.includes('${kindOfContext}')) ${answer};
      return getContext.call(this, kind, ...rest);
    };
  }`;

/** Calls of a method of WebGL are answered by `answer` where the first argument is `wanted`. */
const webglCalls = (method: 'getExtension' | 'getParameter', wanted: string, answer: string) => `
  for (const context of [globalThis.WebGLRenderingContext, globalThis.WebGL2RenderingContext]) {
    if (context?.prototype === undefined) continue;
    const { ${method} } = context.prototype;
    context.prototype.${method} = function (what) {
      if (what === ${wanted}) ${answer};
      return ${method}.call(this, what);
    };
  }`;

/** Reading a canvas gives `pixels`, and no picture. */
const readPixels = (pixels: string) => `
  const noise = (length) => Uint8ClampedArray.from({ length }, () => 256 * Math.random());
  define(CanvasRenderingContext2D.prototype, 'getImageData', {
    value: (x, y, width, height) => ${pixels},
  });
  throwing(HTMLCanvasElement.prototype, 'toDataURL', 'toBlob');`;

/** What the page and its workers use, or might come to use, beyond what every browser of the last years has. */
export const browserInterfaces: readonly BrowserInterface[] = [
  {
    name: 'Web Locks',
    gone: `without(navigator, 'locks')`,
    refusing: `rejecting(navigator.locks, 'request', 'query')`,
    silent: `silent(navigator.locks, 'request', 'query')`,
    engine: 'chromium',
  },
  {
    name: 'gamepads',
    gone: `without(navigator, 'getGamepads')`,
    refusing: `throwing(navigator, 'getGamepads')`,
    silent: null,
    engine: 'firefox',
  },
  {
    name: 'clipboard',
    gone: `without(navigator, 'clipboard')`,
    refusing: `rejecting(navigator.clipboard, 'writeText')`,
    silent: `silent(navigator.clipboard, 'writeText')`,
    engine: 'webkit',
  },
  {
    name: 'BroadcastChannel',
    gone: `without(globalThis, 'BroadcastChannel')`,
    refusing: `throwing(globalThis, 'BroadcastChannel')`,
    silent: `define(globalThis.BroadcastChannel?.prototype, 'postMessage', { value() {} })`,
    engine: 'firefox',
  },
  {
    name: 'requestIdleCallback',
    gone: `without(globalThis, 'requestIdleCallback', 'cancelIdleCallback')`,
    refusing: `throwing(globalThis, 'requestIdleCallback')`,
    silent: `define(globalThis, 'requestIdleCallback', { value: () => 1 })`,
    engine: 'firefox',
  },
  {
    name: 'popovers',
    gone: onPages(`without(HTMLElement.prototype, 'popover', 'showPopover', 'hidePopover', 'togglePopover')`),
    refusing: onPages(`throwing(HTMLElement.prototype, 'showPopover', 'hidePopover', 'togglePopover')`),
    silent: null,
    engine: 'webkit',
  },
  {
    name: 'OffscreenCanvas',
    gone: `without(globalThis, 'OffscreenCanvas')`,
    refusing: `throwing(globalThis, 'OffscreenCanvas')`,
    silent: null,
    engine: 'chromium',
  },
  {
    name: 'SharedArrayBuffer',
    gone: `without(globalThis, 'SharedArrayBuffer')`,
    refusing: `throwing(globalThis, 'SharedArrayBuffer')`,
    silent: null,
    engine: 'firefox',
  },
  {
    name: 'storage estimates',
    gone: `without(navigator, 'storage')`,
    refusing: `rejecting(navigator.storage, 'estimate', 'persist', 'persisted')`,
    silent: `silent(navigator.storage, 'estimate', 'persist', 'persisted')`,
    engine: 'webkit',
  },
  {
    name: 'IndexedDB',
    gone: `without(globalThis, 'indexedDB')`,
    refusing: `throwing(globalThis.indexedDB, 'open', 'databases', 'deleteDatabase')`,
    silent: `
      // What listens to it can tell it from any other event target.
      const request = () => Object.setPrototypeOf(new EventTarget(), IDBOpenDBRequest.prototype);
      define(globalThis.indexedDB, 'open', { value: request });
      silent(globalThis.indexedDB, 'databases')`,
    engine: 'chromium',
  },
  {
    name: 'local storage',
    gone: `without(globalThis, 'localStorage', 'sessionStorage')`,
    refusing: `unreadable(globalThis, 'localStorage', 'sessionStorage')`,
    silent: null,
    engine: 'firefox',
  },
  {
    name: 'service workers',
    gone: `without(navigator, 'serviceWorker'); without(globalThis, 'caches')`,
    refusing: `rejecting(navigator.serviceWorker, 'register', 'getRegistration'); unreadable(globalThis, 'caches')`,
    silent: `silent(navigator.serviceWorker, 'register', 'getRegistration'); silent(globalThis.caches, 'open', 'match', 'has', 'keys')`,
    engine: 'webkit',
  },
  {
    name: 'crypto',
    gone: `without(globalThis.crypto, 'randomUUID', 'subtle')`,
    refusing: `throwing(globalThis.crypto, 'randomUUID'); unreadable(globalThis.crypto, 'subtle')`,
    silent: null,
    engine: 'firefox',
  },
  {
    name: 'sound',
    gone: `without(globalThis, 'AudioContext', 'webkitAudioContext')`,
    refusing: `throwing(globalThis, 'AudioContext')`,
    silent: `silent(globalThis.AudioContext?.prototype, 'resume', 'decodeAudioData')`,
    engine: 'firefox',
  },
  {
    name: 'WebAssembly',
    gone: `without(globalThis, 'WebAssembly')`,
    refusing: `
      throwing(globalThis.WebAssembly, 'Module', 'Instance');
      rejecting(globalThis.WebAssembly, 'compile', 'instantiate', 'compileStreaming', 'instantiateStreaming')`,
    silent: `silent(globalThis.WebAssembly, 'compile', 'instantiate', 'compileStreaming', 'instantiateStreaming')`,
    engine: 'webkit',
  },
  {
    name: 'WebGL',
    gone: contexts('webgl', 'return null'),
    refusing: contexts('webgl', 'throw refusal()'),
    silent: null,
    engine: 'chromium',
  },
  {
    name: 'drawing on canvases',
    gone: onPages(contexts('2d', 'return null')),
    refusing: onPages(contexts('2d', 'throw refusal()')),
    silent: null,
    engine: 'firefox',
    onlyAlone: true,
  },
  {
    name: 'the names of graphics processors',
    gone: webglCalls('getExtension', `'WEBGL_debug_renderer_info'`, 'return null'),
    refusing: webglCalls('getParameter', '37446', `return ''`),
    silent: null,
    engine: 'chromium',
  },
  {
    name: 'the pixels of canvases',
    // Nothing, or noise, as browsers answer that guard against being recognised.
    gone: onPages(readPixels('new ImageData(width, height)')),
    refusing: onPages(readPixels('new ImageData(noise(4 * width * height), width)')),
    silent: null,
    engine: 'firefox',
  },
  {
    name: 'timings of what was loaded',
    gone: onPages(
      `without(Performance.prototype, 'getEntries', 'getEntriesByName', 'getEntriesByType', 'mark', 'measure')`,
    ),
    refusing: onPages(`
      for (const name of ['getEntries', 'getEntriesByName', 'getEntriesByType'])
        define(Performance.prototype, name, { value: () => [] })`),
    silent: null,
    engine: 'firefox',
  },
  {
    name: 'knowing what can be seen',
    gone: onPages(`without(globalThis, 'IntersectionObserver')`),
    refusing: onPages(`throwing(globalThis, 'IntersectionObserver')`),
    silent: onPages(`IntersectionObserver.prototype.observe = () => {}`),
    engine: 'firefox',
  },
  {
    name: 'room in the database',
    gone: `
      const full = () => { throw new DOMException('There is no room left.', 'QuotaExceededError'); };
      for (const name of ['put', 'add']) define(globalThis.IDBObjectStore?.prototype, name, { value: full })`,
    refusing: `throwing(globalThis.IDBDatabase?.prototype, 'transaction')`,
    silent: null,
    engine: 'webkit',
  },
  {
    name: 'room in local storage',
    gone: onPages(`
      define(Storage.prototype, 'setItem', {
        value() { throw new DOMException('There is no room left.', 'QuotaExceededError'); },
      })`),
    refusing: onPages(`throwing(Storage.prototype, 'setItem', 'removeItem')`),
    silent: null,
    engine: 'webkit',
  },
  {
    name: 'fetching',
    gone: `without(globalThis, 'fetch')`,
    refusing: `rejecting(globalThis, 'fetch')`,
    silent: `silent(globalThis, 'fetch')`,
    engine: 'firefox',
  },
  {
    name: 'facts about the machine',
    gone: `without(navigator, 'hardwareConcurrency', 'deviceMemory', 'userActivation', 'connection', 'maxTouchPoints', 'userAgentData')`,
    refusing: `
      unreadable(navigator, 'deviceMemory', 'userActivation', 'connection');
      define(navigator, 'userAgent', { get: () => '' })`,
    silent: null,
    engine: 'chromium',
  },
  {
    name: 'languages',
    gone: `without(navigator, 'language', 'languages')`,
    refusing: `
      define(navigator, 'language', { get: () => 'C.UTF-8' });
      define(navigator, 'languages', { get: () => [] })`,
    silent: null,
    engine: 'webkit',
  },
  {
    name: 'the address',
    // Safari throws after a hundred changes in half a minute.
    gone: onPages(`throwing(history, 'replaceState', 'pushState')`),
    refusing: onPages(`throwing(history, 'replaceState', 'pushState')`),
    silent: null,
    engine: 'chromium',
  },
  {
    name: 'keyboard layouts',
    gone: `without(navigator, 'keyboard')`,
    refusing: `rejecting(navigator.keyboard, 'getLayoutMap')`,
    silent: `silent(navigator.keyboard, 'getLayoutMap')`,
    engine: 'chromium',
  },
  {
    name: 'compression',
    gone: `without(globalThis, 'CompressionStream', 'DecompressionStream')`,
    refusing: `throwing(globalThis, 'CompressionStream', 'DecompressionStream')`,
    silent: null,
    engine: 'webkit',
  },
  {
    name: 'finalisation',
    gone: `without(globalThis, 'FinalizationRegistry')`,
    // Nothing forbids it where it is there.
    refusing: `without(globalThis, 'FinalizationRegistry')`,
    silent: null,
    engine: 'webkit',
  },
];
