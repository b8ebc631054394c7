/** Between an answer and the next question. */
const intervalMs = 2_000;

/** Somebody who is asked now and then whether they are there. */
export interface Watched {
  /** So long they may take to answer, besides the longest that they may compute at a stretch, milliseconds. */
  readonly patienceMs: number;
  /** Resolves or rejects when they answer. */
  ping(): Promise<unknown>;
  /** Called once, when they have not answered for too long. */
  stuck(): void;
}

interface Vigil {
  readonly watched: Watched;
  /** The longest that this one may compute without answering, milliseconds. */
  longestStepMs: number;
  /** Since the question, or since the last answer, milliseconds. */
  waitedMs: number;
  asked: boolean;
}

/**
 * Notices workers that hang, which are there but do not answer. Nobody is missed during a step that is known to take
 * long. Knows no clock: time passes when it is told.
 */
export class Watchdog {
  private readonly vigils = new Map<Watched, Vigil>();

  /** From now on `watched` is to answer. */
  watch(watched: Watched): void {
    this.vigils.set(watched, { watched, longestStepMs: 0, waitedMs: 0, asked: false });
  }

  forget(watched: Watched): void {
    this.vigils.delete(watched);
  }

  /** Until told otherwise, `watched` may compute for up to so long without hearing anything. */
  allow(watched: Watched, longestStepMs: number): void {
    const vigil = this.vigils.get(watched);
    if (vigil !== undefined) vigil.longestStepMs = longestStepMs;
  }

  /** So many milliseconds have passed in which workers could have answered. */
  passed(durationMs: number): void {
    for (const vigil of this.vigils.values()) this.attend(vigil, durationMs);
  }

  private attend(vigil: Vigil, durationMs: number): void {
    vigil.waitedMs += durationMs;
    if (!vigil.asked) {
      if (vigil.waitedMs >= intervalMs) ask(vigil);
      return;
    }
    if (vigil.waitedMs <= vigil.watched.patienceMs + vigil.longestStepMs) return;
    this.forget(vigil.watched);
    vigil.watched.stuck();
  }
}

function ask(vigil: Vigil): void {
  vigil.asked = true;
  vigil.waitedMs = 0;
  const answered = () => {
    vigil.asked = false;
    vigil.waitedMs = 0;
  };
  vigil.watched.ping().then(answered, answered);
}
