import type { MetricPoint } from '../../contract';
import type { PageState } from '../../ui/shell/page-state';
import type { CourtProbe } from '../matches/play';
import type { Run } from '../runs/run';

/** What tests and benchmarks may read of a running page, as `window.playtrain`. */
export interface Probe {
  /** The page's state, as plain data. */
  state(): PageState;
  /** Ticks of the running game since it was set up. */
  ticks(): number;
  /** A hash of all arenas' states and generators. */
  hash(): number;
  /** Round trips of decisions in milliseconds, while updates ran or while none did. */
  roundTripsMs(updating: boolean): number[];
  clearRoundTrips(): void;
  /** The newest of what the charts show; null before the first update. */
  newestPoint(): MetricPoint | null;
  /** The match or replay on the court; null while training is on it. */
  court(): CourtProbe | null;
}

declare global {
  interface Window {
    playtrain?: Probe;
  }
}

/** Puts the probe where tests find it. It can look, not touch. */
export function exposeProbe(
  target: Window,
  state: () => PageState,
  run: () => Run | null,
  court: () => CourtProbe | null,
  newestPoint: () => MetricPoint | null,
): void {
  target.playtrain = {
    state,
    ticks: () => run()?.driver.ticks ?? 0,
    hash: () => run()?.driver.environment.hash() ?? 0,
    roundTripsMs: (updating) => run()?.client.roundTrips.durations(updating) ?? [],
    clearRoundTrips: () => run()?.client.roundTrips.clear(),
    newestPoint,
    court,
  };
}
