import { combineLatest, distinctUntilChanged, map, type Observable, switchMap } from 'rxjs';
import type { PersonInput } from '../../contract';
import {
  bothHandsKeys,
  gamepadInput$,
  keyboardInput$,
  leftHandKeys,
  personInput$,
  rightHandKeys,
} from '../../streams/person-input';
import { personPlays, twoPlay } from '../../ui/matches/seats';
import type { PageState } from '../../ui/shell/page-state';

export interface HandsInputs {
  readonly window: Window;
  readonly frames$: Observable<unknown>;
  readonly pad$: Observable<Pick<PersonInput, 'horizontal' | 'primary'>>;
  readonly state$: Observable<PageState>;
}

/**
 * What the persons at this device hold down: the first, the second. One person has the whole keyboard, the pad on the
 * screen and the first gamepad; of two the first has the left half of the keyboard, the pad and the first gamepad, the
 * second the right half and the second gamepad.
 */
export function hands$({
  window,
  frames$,
  pad$,
  state$,
}: HandsInputs): Observable<readonly [PersonInput, PersonInput]> {
  const playing$ = state$.pipe(map(personPlays), distinctUntilChanged());
  const two$ = state$.pipe(map(twoPlay), distinctUntilChanged());
  const gamepads = () => navigator.getGamepads().filter((gamepad) => gamepad?.connected === true);
  const upright$ = pad$.pipe(map((pad) => ({ vertical: 0, ...pad })));
  const both$ = combineLatest([playing$, two$]).pipe(map(([playing, two]) => playing && two));
  const first$ = two$.pipe(
    switchMap((two) => keyboardInput$(window, playing$, two ? leftHandKeys : bothHandsKeys)),
  );
  return combineLatest([
    personInput$([first$, gamepadInput$(frames$, gamepads), upright$]),
    personInput$([
      keyboardInput$(window, both$, rightHandKeys),
      gamepadInput$(frames$, () => gamepads().slice(1)),
    ]),
  ]);
}
