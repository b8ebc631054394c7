import type { SeededRandom } from '../random/seeded-random';

/** Where virtual time begins: a fixed day, so that whatever depends on the date is the same in every run. */
const epochMs = Date.UTC(2020, 0, 1);
/** Beyond what a realm hands out itself. */
const firstTimer = 1e9;
/** A chain of promises that wait for nothing else is as long at most, else it goes on after the next step. */
const turnsAStep = 12;

/** What Phaser says of what a scene makes each time that it begins, such as its animations. */
const sayingsOfRestarts = /key (already )?exists|key already in use/i;
const mostSayings = 100;
const sayings = ['debug', 'log', 'info', 'warn', 'error'] as const;

type Task = (...parameters: unknown[]) => void;

interface Timer {
  readonly task: Task;
  readonly parameters: readonly unknown[];
  /** Null for one that comes once. */
  readonly intervalMs: number | null;
  dueMs: number;
}

/** What a game takes from where it runs besides Phaser. */
export type Surroundings = Pick<Ambience, 'run' | 'settle' | 'runTimers' | 'clearTimers'>;

/** Those of a game at its own pace, in a page: the realm's own. */
export const realm: Surroundings = {
  run: (_nowMs, task) => task(),
  settle: () => Promise.resolve(),
  runTimers: () => {},
  clearTimers: () => {},
};

/** Whose time and chance the realm's functions give now; null for the realm's own. */
let inForce: Ambience | null = null;
let isInstalled = false;

/**
 * What a game takes from the realm that it runs in besides Phaser: the time, timers and chance. For the length of a
 * step they are the game's own, so that one that runs a thousand times as fast sees the time that it would see on a
 * page, and the same seed comes to the same episode.
 */
export class Ambience {
  private random: SeededRandom;
  private readonly dateMs: number;
  private readonly timers = new Map<number, Timer>();
  /** What the game has said on the console: at many times its speed it would say nothing else. */
  private readonly said = new Set<string>();
  private nextTimer = firstTimer;
  private nowMs = 0;

  /** @param dateMs of its beginning, as of `Date.now`; a fixed day unless told. */
  constructor(random: SeededRandom, dateMs = epochMs) {
    this.random = random;
    this.dateMs = dateMs;
    if (!isInstalled) install();
    isInstalled = true;
  }

  /** Lets chance go on from another place. */
  sow(random: SeededRandom): void {
    this.random = random;
  }

  /**
   * Runs what is synchronous under virtual time and seeded chance; the realm's own are back afterwards, whatever it
   * throws.
   *
   * @param nowMs virtual time since the game began.
   */
  run<Result>(nowMs: number, task: () => Result): Result {
    this.nowMs = nowMs;
    const before = putInForce(this);
    try {
      return task();
    } finally {
      putInForce(before);
    }
  }

  /** Lets promises that the game waits for be kept, under virtual time and seeded chance, as between two frames of a page. */
  async settle(): Promise<void> {
    const before = putInForce(this);
    try {
      for (let turn = 0; turn < turnsAStep; turn++) await Promise.resolve();
    } finally {
      putInForce(before);
    }
  }

  /** Runs the timers that are due, in order; to be called while in force. One that they set waits for its turn. */
  runTimers(): void {
    if (this.timers.size === 0) return;
    const due = [...this.timers].filter(([, { dueMs }]) => dueMs <= this.nowMs);
    due.sort(([a, first], [b, second]) => first.dueMs - second.dueMs || a - b);
    for (const [id, timer] of due) {
      // Cleared by one before it.
      if (!this.timers.has(id)) continue;
      if (timer.intervalMs === null) this.timers.delete(id);
      else timer.dueMs += timer.intervalMs;
      timer.task(...timer.parameters);
    }
  }

  /** Lets go of timers that an episode left behind. */
  clearTimers(): void {
    this.timers.clear();
  }

  /** How many timers come again and again until they are cleared. */
  get intervals(): number {
    return [...this.timers.values()].filter(({ intervalMs }) => intervalMs !== null).length;
  }

  /** In milliseconds of virtual time. */
  now(): number {
    return this.nowMs;
  }

  /** As of `Date.now`. */
  date(): number {
    return Math.floor(this.dateMs + this.nowMs);
  }

  chance(): number {
    return this.random.uniform();
  }

  setTimer(task: unknown, delayMs: unknown, parameters: readonly unknown[], isRepeated: boolean): number {
    // A text is code; no game of today means that.
    if (typeof task !== 'function') return 0;
    const id = this.nextTimer;
    this.nextTimer += 1;
    const waitMs = Math.max(1, Number(delayMs) || 0);
    const intervalMs = isRepeated ? waitMs : null;
    this.timers.set(id, { task: task as Task, parameters, intervalMs, dueMs: this.nowMs + waitMs });
    return id;
  }

  /** @returns whether the game says that for the first time, and it is not of a scene that was begun before. */
  isNews(words: readonly unknown[]): boolean {
    const text = words.map(String).join(' ');
    if (sayingsOfRestarts.test(text) || this.said.has(text) || this.said.size >= mostSayings) return false;
    this.said.add(text);
    return true;
  }

  /** @returns whether it was one of these. */
  clearTimer(id: unknown): boolean {
    return typeof id === 'number' && this.timers.delete(id);
  }
}

/** @returns who was in force before. */
function putInForce(ambience: Ambience | null): Ambience | null {
  const before = inForce;
  inForce = ambience;
  return before;
}

/** Puts functions in the place of the realm's that ask whoever is in force. Swapping them at every step took longer than the step. */
function install(): void {
  installTime();
  installTimers();
  installConsole();
  const random = Math.random.bind(Math);
  Math.random = () => (inForce === null ? random() : inForce.chance());
}

function installTime(): void {
  const { Date: RealDate } = globalThis;
  const dateNow = RealDate.now.bind(RealDate);
  const performanceNow = performance.now.bind(performance);
  const now = () => (inForce === null ? dateNow() : inForce.date());
  RealDate.now = now;
  performance.now = () => (inForce === null ? performanceNow() : inForce.now());
  // Only what asks for this very moment is answered otherwise.
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, parameters, made) =>
      Reflect.construct(target, parameters.length === 0 ? [now()] : parameters, made) as Date,
    apply: () => new RealDate(now()).toString(),
  });
}

function installTimers(): void {
  const realm = globalThis as unknown as Record<string, Task>;
  const { setTimeout, setInterval, clearTimeout, clearInterval } = globalThis;
  const { requestAnimationFrame, cancelAnimationFrame } = globalThis;
  const setter =
    (given: Task, isRepeated: boolean) =>
    (task: unknown, delayMs: unknown, ...parameters: unknown[]) =>
      inForce === null
        ? given(task, delayMs, ...parameters)
        : inForce.setTimer(task, delayMs, parameters, isRepeated);
  // Outside of a page there are no frames.
  const clearer = (given: Task | undefined) => (id: unknown) => {
    if (inForce?.clearTimer(id) !== true) given?.(id);
  };
  realm['setTimeout'] = setter(setTimeout as unknown as Task, false);
  realm['setInterval'] = setter(setInterval as unknown as Task, true);
  realm['clearTimeout'] = clearer(clearTimeout as Task);
  realm['clearInterval'] = clearer(clearInterval as Task);
  realm['cancelAnimationFrame'] = clearer(cancelAnimationFrame as Task | undefined);
  realm['requestAnimationFrame'] = (task: unknown) => {
    const ambience = inForce;
    if (ambience === null) return requestAnimationFrame(task as FrameRequestCallback);
    return ambience.setTimer(() => (task as FrameRequestCallback)(ambience.now()), 1, [], false);
  };
}

function installConsole(): void {
  const { console } = globalThis;
  for (const saying of sayings) {
    const given = console[saying].bind(console);
    console[saying] = (...words: unknown[]) => {
      if (inForce === null || inForce.isNews(words)) given(...words);
    };
  }
}
