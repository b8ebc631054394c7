import { combineLatest, distinctUntilChanged, map, type Observable, share, startWith, switchMap } from 'rxjs';
import type { PersonInput } from '../../contract';
import { connectedPads, PadButtons, type PadCommand, PadSeats } from '../../streams/input/gamepads';
import { keyboardInput$, keySet } from '../../streams/input/keyboard';
import { noInput, personInput$, sameInput } from '../../streams/input/person-input';
import { handsOn, twoPlay } from '../../ui/matches/seats';
import type { PageState } from '../../ui/shell/page-state';

type PadInput = Pick<PersonInput, 'horizontal' | 'primary'>;

export interface HandsInputs {
  readonly window: Window;
  readonly frames$: Observable<unknown>;
  /** The pad on the screen: the first person's, the second's. */
  readonly pad$: Observable<readonly [PadInput, PadInput]>;
  readonly state$: Observable<PageState>;
}

/** Everything that people's hands say. */
export interface HandsStreams {
  /**
   * What the persons at this device hold down: the first, the second. One person has the whole keyboard, the pad on the
   * screen and every gamepad; of two each has the keys bound to them, a pad of their own on the screen, and a
   * gamepad.
   */
  readonly hands$: Observable<readonly [PersonInput, PersonInput]>;
  /** Buttons of gamepads that do not play. */
  readonly commands$: Observable<readonly PadCommand[]>;
  /** Whether one of two people misses the gamepad that they had. */
  readonly isPadMissing$: Observable<boolean>;
}

export function handsStreams({ window, frames$, pad$, state$ }: HandsInputs): HandsStreams {
  const playing$ = state$.pipe(map(handsOn), distinctUntilChanged());
  const two$ = state$.pipe(map(twoPlay), distinctUntilChanged());
  const both$ = combineLatest([playing$, two$]).pipe(map(([playing, two]) => playing && two));
  const bindings$ = state$.pipe(
    map(({ bindings }) => bindings),
    distinctUntilChanged(),
  );
  const first$ = combineLatest([two$, bindings$]).pipe(
    switchMap(([two, bindings]) =>
      keyboardInput$(window, playing$, keySet(bindings, two ? 'first' : 'alone')),
    ),
  );
  const second$ = bindings$.pipe(
    switchMap((bindings) => keyboardInput$(window, both$, keySet(bindings, 'second'))),
  );
  const seats = new PadSeats();
  const buttons = new PadButtons();
  let two = false;
  const pads$ = frames$.pipe(
    map(() => {
      const pads = connectedPads(window.navigator);
      return { ...seats.read(pads, two), commands: buttons.read(pads) };
    }),
    share(),
  );
  const padOf = (person: 0 | 1) =>
    pads$.pipe(
      map(({ inputs }) => inputs[person]),
      startWith(noInput),
      distinctUntilChanged(sameInput),
    );
  const touched = (person: 0 | 1) => pad$.pipe(map((pads) => ({ vertical: 0, ...pads[person] })));
  return {
    hands$: combineLatest([
      personInput$([first$, padOf(0), touched(0)]),
      personInput$([second$, padOf(1), touched(1)]),
      two$.pipe(
        map((now) => {
          two = now;
          return now;
        }),
      ),
    ]).pipe(map(([first, second]) => [first, second] as const)),
    commands$: pads$.pipe(map(({ commands }) => commands)),
    isPadMissing$: pads$.pipe(
      map(({ isMissing }) => isMissing),
      distinctUntilChanged(),
    ),
  };
}
