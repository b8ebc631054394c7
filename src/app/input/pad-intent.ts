import type { PadCommand } from '../../streams/input/gamepads';
import type { Intent, PageState } from '../../ui/shell/page-state';

/** What a gamepad's Start or Back asks for, or null: a gamepad alone can begin a match, pause it, play again and leave. */
export function padIntent(command: PadCommand, { play, focusPlayer, running }: PageState): Intent | null {
  const court = play?.court ?? null;
  if (court !== null) {
    if (command === 'back') return { kind: 'leaveCourt' };
    if (court.view.phase === 'over') return { kind: 'rematch' };
    return { kind: 'pauseMatch', on: !court.paused };
  }
  if (focusPlayer === 'person') {
    return command === 'back'
      ? { kind: 'focusPlayer', player: 'newest' }
      : { kind: running ? 'pause' : 'play' };
  }
  if (command === 'back') return null;
  return play === null ? { kind: 'focusPlayer', player: 'person' } : { kind: 'startMatch' };
}
