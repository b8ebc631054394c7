import type { BackendReport, MetricPoint } from '../../contract';
import { backendSentence } from '../../texts/backends';
import type { PageState, Status } from '../../ui/shell/page-state';
import type { CourtProbe } from '../matches/play';
import { initialStatus } from '../runs/initial-view';
import type { RunSession } from '../runs/run-session';
import type { PageStore } from './page-store';

/** The page's state, as plain data, with what a check would else have to put in words. */
export type ProbedState = Omit<PageState, 'status'> & {
  /** The time of the last save as text; null before the first. */
  readonly saved: string | null;
  readonly status: Omit<Status, 'backend'> & {
    /** `reason`: what the page says of the choice. */
    readonly backend: (BackendReport & { readonly reason: string }) | null;
  };
};

/** What tests and benchmarks may read of a running page, as `window.playtrain`. */
export interface Probe {
  state(): ProbedState;
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

/** What the probe looks at, once it is there. */
export interface Probed {
  readonly store: PageStore;
  readonly session: () => RunSession | null;
  readonly court: () => CourtProbe | null;
}

/**
 * Puts the probe where tests find it. It can look, not touch.
 *
 * @param probed null as long as the page only starts: then it tells that, and nothing more.
 */
export function exposeProbe(target: Window, probed: () => Probed | null): void {
  const session = () => probed()?.session() ?? null;
  target.playtrain = {
    state: () => shownState(probed()),
    ticks: () => session()?.played.ticks ?? 0,
    hash: () => session()?.played.hash() ?? 0,
    roundTripsMs: (updating) => session()?.agent.roundTrips.durations(updating) ?? [],
    clearRoundTrips: () => session()?.agent.roundTrips.clear(),
    newestPoint: () => session()?.run.newest ?? null,
    court: () => probed()?.court() ?? null,
  };
}

function shownState(probed: Probed | null): ProbedState {
  // Of a game whose rules are not there yet there is nothing else to tell.
  if (probed === null) {
    return { status: initialStatus, notices: [], saved: null } as unknown as ProbedState;
  }
  const { state } = probed.store;
  const { keeping, status } = state;
  const savedAtMs = 'savedAtMs' in keeping ? keeping.savedAtMs : null;
  const { backend } = status;
  return {
    ...state,
    saved: savedAtMs === null ? null : new Date(savedAtMs).toISOString(),
    status: {
      ...status,
      backend: backend && { ...backend, reason: backendSentence(backend) },
    },
  };
}
