/** Something that a browser may lack or refuse, and scripts that make it so, for pages and their workers. */
export interface BrowserInterface {
  readonly name: string;
  /** As where it was never built in. */
  readonly gone: string;
  /** As where settings, policies or a private window forbid it: it is there, and throws or rejects. */
  readonly refusing: string;
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

/** WebGL contexts are asked for by name; \`answer\` is what comes instead. */
const webgl = (answer: string) => `
  for (const canvas of [globalThis.HTMLCanvasElement, globalThis.OffscreenCanvas]) {
    if (canvas?.prototype === undefined) continue;
    const { getContext } = canvas.prototype;
    canvas.prototype.getContext = function (kind, ...rest) {
      if (kind.includes('webgl')) ${answer};
      return getContext.call(this, kind, ...rest);
    };
  }`;

/** What the page and its workers use, or might come to use, beyond what every browser of the last years has. */
export const browserInterfaces: readonly BrowserInterface[] = [
  {
    name: 'Web Locks',
    gone: `without(navigator, 'locks')`,
    refusing: `rejecting(navigator.locks, 'request', 'query')`,
  },
  {
    name: 'gamepads',
    gone: `without(navigator, 'getGamepads')`,
    refusing: `throwing(navigator, 'getGamepads')`,
  },
  {
    name: 'clipboard',
    gone: `without(navigator, 'clipboard')`,
    refusing: `rejecting(navigator.clipboard, 'writeText')`,
  },
  {
    name: 'BroadcastChannel',
    gone: `without(globalThis, 'BroadcastChannel')`,
    refusing: `throwing(globalThis, 'BroadcastChannel')`,
  },
  {
    name: 'requestIdleCallback',
    gone: `without(globalThis, 'requestIdleCallback', 'cancelIdleCallback')`,
    refusing: `throwing(globalThis, 'requestIdleCallback')`,
  },
  {
    name: 'popovers',
    gone: onPages(`without(HTMLElement.prototype, 'popover', 'showPopover', 'hidePopover', 'togglePopover')`),
    refusing: onPages(`throwing(HTMLElement.prototype, 'showPopover', 'hidePopover', 'togglePopover')`),
  },
  {
    name: 'OffscreenCanvas',
    gone: `without(globalThis, 'OffscreenCanvas')`,
    refusing: `throwing(globalThis, 'OffscreenCanvas')`,
  },
  {
    name: 'SharedArrayBuffer',
    gone: `without(globalThis, 'SharedArrayBuffer')`,
    refusing: `throwing(globalThis, 'SharedArrayBuffer')`,
  },
  {
    name: 'storage estimates',
    gone: `without(navigator, 'storage')`,
    refusing: `rejecting(navigator.storage, 'estimate', 'persist', 'persisted')`,
  },
  {
    name: 'IndexedDB',
    gone: `without(globalThis, 'indexedDB')`,
    refusing: `throwing(globalThis.indexedDB, 'open', 'databases', 'deleteDatabase')`,
  },
  {
    name: 'local storage',
    gone: `without(globalThis, 'localStorage', 'sessionStorage')`,
    refusing: `unreadable(globalThis, 'localStorage', 'sessionStorage')`,
  },
  {
    name: 'service workers',
    gone: `without(navigator, 'serviceWorker'); without(globalThis, 'caches')`,
    refusing: `rejecting(navigator.serviceWorker, 'register', 'getRegistration'); unreadable(globalThis, 'caches')`,
  },
  {
    name: 'crypto',
    gone: `without(globalThis.crypto, 'randomUUID', 'subtle')`,
    refusing: `throwing(globalThis.crypto, 'randomUUID'); unreadable(globalThis.crypto, 'subtle')`,
  },
  {
    name: 'sound',
    gone: `without(globalThis, 'AudioContext', 'webkitAudioContext')`,
    refusing: `throwing(globalThis, 'AudioContext')`,
  },
  {
    name: 'WebAssembly',
    gone: `without(globalThis, 'WebAssembly')`,
    refusing: `
      throwing(globalThis.WebAssembly, 'Module', 'Instance');
      rejecting(globalThis.WebAssembly, 'compile', 'instantiate', 'compileStreaming', 'instantiateStreaming')`,
  },
  { name: 'WebGL', gone: webgl('return null'), refusing: webgl('throw refusal()') },
  {
    name: 'facts about the machine',
    gone: `without(navigator, 'hardwareConcurrency', 'deviceMemory', 'userActivation', 'connection', 'maxTouchPoints')`,
    refusing: `unreadable(navigator, 'deviceMemory', 'userActivation', 'connection')`,
  },
  {
    name: 'languages',
    gone: `without(navigator, 'language', 'languages')`,
    refusing: `
      define(navigator, 'language', { get: () => 'C.UTF-8' });
      define(navigator, 'languages', { get: () => [] })`,
  },
  {
    name: 'the address',
    // Safari throws after a hundred changes in half a minute.
    gone: onPages(`throwing(history, 'replaceState', 'pushState')`),
    refusing: onPages(`throwing(history, 'replaceState', 'pushState')`),
  },
  {
    name: 'keyboard layouts',
    gone: `without(navigator, 'keyboard')`,
    refusing: `rejecting(navigator.keyboard, 'getLayoutMap')`,
  },
  {
    name: 'compression',
    gone: `without(globalThis, 'CompressionStream', 'DecompressionStream')`,
    refusing: `throwing(globalThis, 'CompressionStream', 'DecompressionStream')`,
  },
  {
    name: 'finalisation',
    gone: `without(globalThis, 'FinalizationRegistry')`,
    // Nothing forbids it where it is there.
    refusing: `without(globalThis, 'FinalizationRegistry')`,
  },
];
