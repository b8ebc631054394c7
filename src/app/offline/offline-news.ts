import {
  defer,
  EMPTY,
  filter,
  fromEvent,
  ignoreElements,
  interval,
  map,
  merge,
  type Observable,
  switchMap,
} from 'rxjs';
import { isReleaseMessage } from '../../offline/release-message';

/** How often an open page looks for a newer release, beside each time that somebody comes back to it. */
const checkIntervalMs = 3_600_000;

export interface OfflineInputs {
  readonly window: Window;
  /** Whether the page is seen. */
  readonly visible$: Observable<boolean>;
}

/** `kept`: the page now opens without a network. `newer`: another release than the open one is kept. */
export type OfflineNews = 'kept' | 'newer';

/**
 * Has the page kept for visits without a network, and watches for newer releases. Best subscribed to once the page has
 * what it needs itself, since everything is fetched. Does nothing, and never fails, where the browser has no service
 * workers (over plain http, in some private windows), where it refuses this one, and where the visitor saves data.
 */
export function offlineNews$({ window, visible$ }: OfflineInputs): Observable<OfflineNews> {
  const { navigator, document } = window;
  const container = serviceWorkers(navigator);
  if (container === null || savesData(navigator)) return EMPTY;
  const news$ = fromEvent<MessageEvent<unknown>>(container, 'message').pipe(
    map(({ data }) => data),
    filter(isReleaseMessage),
    map(({ entry }): OfflineNews => (isOpen(document, entry) ? 'kept' : 'newer')),
  );
  const registered$ = defer(() => registered(container, document));
  const checks$ = registered$.pipe(
    switchMap((registration) => {
      if (registration === null) return EMPTY;
      const returns$ = visible$.pipe(filter((visible) => visible));
      return merge(interval(checkIntervalMs), returns$).pipe(switchMap(() => checked(registration)));
    }),
    ignoreElements(),
  );
  return merge(news$, checks$);
}

/** Missing, whatever the types say, where the page came over plain http; some frames of other sites may not even ask. */
function serviceWorkers(navigator: Navigator): ServiceWorkerContainer | null {
  try {
    return (navigator.serviceWorker as ServiceWorkerContainer | undefined) ?? null;
  } catch {
    return null;
  }
}

async function registered(
  container: ServiceWorkerContainer,
  { baseURI }: Document,
): Promise<ServiceWorkerRegistration | null> {
  try {
    return await container.register(new URL('service-worker.js', baseURI));
  } catch {
    // Refused (in some private windows, in frames of other sites): the page works as before, with a network only.
    return null;
  }
}

async function checked(registration: ServiceWorkerRegistration): Promise<void> {
  try {
    await registration.update();
  } catch {
    // No network, for now.
  }
}

/** Whether the script of a release is the one that this page runs. */
function isOpen({ baseURI, scripts }: Document, entry: string): boolean {
  const { href } = new URL(entry, baseURI);
  return Array.from(scripts).some(({ src }) => src === href);
}

function savesData(navigator: Navigator): boolean {
  try {
    return 'connection' in navigator && (navigator.connection as { saveData?: boolean }).saveData === true;
  } catch {
    // Guarded against being recognised by it.
    return false;
  }
}
