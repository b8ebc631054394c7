/** The browser engines that the built page is driven in. */
export const engineNames = ['chromium', 'firefox', 'webkit'] as const;
export type EngineName = (typeof engineNames)[number];

/** The tag of tests that run in one engine. */
export function onlyIn(engine: EngineName): `@${EngineName}` {
  return `@${engine}`;
}

export interface Size {
  /** In CSS pixels, of what a page has to itself. */
  readonly width: number;
  readonly height: number;
}

export const desktop: Size = { width: 1280, height: 800 };
export const phone: Size = { width: 390, height: 844 };

/** A key as `KeyboardEvent.code` names it. */
export type KeyCode = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'Escape' | 'Enter' | 'KeyT' | 'Space';

/** A running browser, whatever its engine. */
export interface Engine {
  readonly name: EngineName;
  /** False where the browser's driver has no fingers; `hold` then presses with the mouse. */
  readonly hasTouch: boolean;
  /** A blank page of desktop size. */
  openPage(): Promise<EnginePage>;
  close(): Promise<void>;
}

/**
 * One page. Selectors are CSS and must fit one element; all input is the browser's own, as from a person's hand.
 */
export interface EnginePage {
  goTo(address: string): Promise<void>;
  reload(): Promise<void>;
  /** Computes something on the page. `compute` sees nothing but its argument; both ends must be plain data. */
  evaluate<Result, Argument>(
    compute: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result>;
  /** May click nothing, where the element is moved away at this moment. */
  click(selector: string): Promise<void>;
  keyDown(key: KeyCode): Promise<void>;
  keyUp(key: KeyCode): Promise<void>;
  /** Puts a finger on an element's middle and leaves it there until `release`. */
  hold(selector: string): Promise<void>;
  release(): Promise<void>;
  /** Replaces what a text field holds, and confirms it with Enter. */
  enter(selector: string, text: string): Promise<void>;
  /** Chooses a file in a file field. */
  upload(selector: string, file: string): Promise<void>;
  /** @returns the file that the page hands out once `start` was called. */
  download(start: () => Promise<void>): Promise<Buffer>;
  resize(size: Size): Promise<void>;
  /** @returns a PNG of what can be seen. */
  screenshot(): Promise<Buffer>;
  close(): Promise<void>;
}

/**
 * An expression that evaluates to the promise of `compute(argument)` as JSON: protocols of their own leave out what is
 * in a result twice, or make something else of numbers that are not finite.
 */
export function jsonOf<Result, Argument>(
  compute: (argument: Argument) => Result,
  argument: Argument,
): string {
  const call = `(${compute.toString()})(${JSON.stringify(argument) ?? 'undefined'})`;
  return `(async () => JSON.stringify({ value: await ${call} }))()`;
}

/** What `jsonOf` came to. */
export function resultOf<Result>(json: string): Result {
  return (JSON.parse(json) as { value: Result }).value;
}
