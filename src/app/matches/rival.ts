/** For so long the agent in training learns before a person plays it. */
export const rivalMs = 120_000;

/** A page that slept has learned nothing meanwhile. */
const longestBeatMs = 2_000;

export interface RivalPorts {
  nowMs(): number;
  /** Whether the run goes on and learns at the moment. */
  isLearning(): boolean;
  /** Lets the run learn as fast as it can. @returns what gives it its own pace back. */
  hurry(): () => void;
  /** Begins the match. */
  meet(): void;
  changed(): void;
}

/** An agent that a person trains for a match: two minutes of learning as fast as it goes, then the match. */
export class Rival {
  private readonly ports: RivalPorts;
  private learning: { leftMs: number; lastMs: number; readonly slowDown: () => void } | null = null;

  constructor(ports: RivalPorts) {
    this.ports = ports;
  }

  /** Milliseconds of learning that are left; null while nobody trains for a match. */
  get leftMs(): number | null {
    return this.learning?.leftMs ?? null;
  }

  /** Begins the training, where it has not begun. */
  train(): void {
    if (this.learning !== null) return;
    const { ports } = this;
    this.learning = { leftMs: rivalMs, lastMs: ports.nowMs(), slowDown: ports.hurry() };
    ports.changed();
  }

  /** A few times a second: time that the run learned in counts. */
  beat(): void {
    const { learning, ports } = this;
    if (learning === null) return;
    const nowMs = ports.nowMs();
    const elapsedMs = Math.min(nowMs - learning.lastMs, longestBeatMs);
    learning.lastMs = nowMs;
    if (!ports.isLearning()) return;
    learning.leftMs = Math.max(0, learning.leftMs - elapsedMs);
    if (learning.leftMs === 0) this.meet();
    else ports.changed();
  }

  /** The match begins, however long there was left to learn. */
  meet(): void {
    if (!this.end()) return;
    this.ports.meet();
  }

  /** There will be no match. */
  leave(): void {
    if (this.end()) this.ports.changed();
  }

  /** @returns whether anybody trained for a match. */
  private end(): boolean {
    const { learning } = this;
    this.learning = null;
    learning?.slowDown();
    return learning !== null;
  }
}
