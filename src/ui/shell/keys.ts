import { matchKind, type Speed } from '../../contract';
import type { CourtState } from '../matches/play-state';
import type { Intent, PageState } from './page-state';
import { isSpeedRefused } from './speeds';

/** What a key asks for: an intent, or the list of keys. */
export type KeyCommand = Intent | { readonly kind: 'help' };

/** What is known of a key press. */
export interface KeyPress {
  readonly key: string;
  /** True with Ctrl, Alt or Meta: those belong to the browser. */
  readonly modified: boolean;
  /** True while the key is held and repeats. */
  readonly repeated: boolean;
  /**
   * What has the focus: a `field` takes every key, a `control` (a button, a switch) takes Space and Enter.
   */
  readonly focus: 'field' | 'control' | 'none';
  readonly dialogOpen: boolean;
}

/** Every shortcut, as the help dialog lists them. */
export const shortcuts: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['Space'], does: 'play or pause' },
  { keys: ['.'], does: 'one step, while paused' },
  { keys: ['R'], does: 'restart from nothing (asks first)' },
  { keys: ['1', '2', '3', '4'], does: 'speed: 1×, 4×, 16×, as fast as it goes' },
  { keys: ['[', ']'], does: 'focus the arena before, the arena after' },
  { keys: ['T'], does: 'take over the focused arena, or hand it back' },
  { keys: ['←', '→', 'A', 'D'], does: 'play, once you have taken over' },
  { keys: ['F'], does: 'freeze the focused arena’s policy, or show the newest again' },
  { keys: ['?'], does: 'this list' },
  { keys: ['Esc'], does: 'close a dialog or an explanation' },
];

/** Those while a match or a replay is on the court; the others rest as long. */
export const matchShortcuts: typeof shortcuts = [
  { keys: ['←', '→', 'A', 'D'], does: 'run' },
  { keys: ['↑', 'W', 'Space'], does: 'jump' },
  { keys: ['A', 'D', 'W'], does: 'the first of two people; Space jumps too' },
  { keys: ['←', '→', '↑'], does: 'the second of two people; Enter jumps too' },
  { keys: ['P', 'Esc'], does: 'pause or go on; Space too where nobody plays' },
  { keys: ['R'], does: 'rematch, once it is over' },
  { keys: ['M'], does: 'sound on or off, at any time' },
  { keys: ['1', '2', '3', '4'], does: 'speed: 1×, 4×, 16×, as fast as it goes' },
];

/** The command that a key press stands for in this state, or null when it stands for none. */
export function keyToCommand(press: KeyPress, state: PageState): KeyCommand | null {
  if (press.modified || press.repeated || press.dialogOpen || press.focus === 'field') return null;
  if (press.focus === 'control' && (press.key === ' ' || press.key === 'Enter')) return null;
  const key = press.key.toLowerCase();
  if (key === '?') return { kind: 'help' };
  if (key === 'm' && state.play !== null) return { kind: 'sound', on: !state.play.sound };
  const court = state.play?.court ?? null;
  return court === null ? trainingCommand(key, state) : matchCommand(key, court);
}

const speedKeys: Readonly<Record<string, Speed>> = { '1': '1', '2': '4', '3': '16', '4': 'max' };

function matchCommand(key: string, court: CourtState): KeyCommand | null {
  const over = court.view.phase === 'over';
  const speed = speedKeys[key];
  if (speed !== undefined) return isSpeedRefused(court, speed) ? null : { kind: 'matchSpeed', speed };
  switch (key) {
    case ' ':
      // In a person's match it jumps.
      if (court.kind === 'match' && matchKind(court.setup) !== 'agents') return null;
      return over ? null : { kind: 'pauseMatch', on: !court.paused };
    case 'p':
    case 'escape':
      return over ? null : { kind: 'pauseMatch', on: !court.paused };
    case 'r':
      return over ? { kind: 'rematch' } : null;
    default:
      return null;
  }
}

function trainingCommand(key: string, state: PageState): KeyCommand | null {
  const { arenas } = state.hyperparameters;
  const speed = speedKeys[key];
  if (speed !== undefined) return { kind: 'speed', speed };
  switch (key) {
    case ' ':
      return { kind: state.running ? 'pause' : 'play' };
    case '.':
      return state.running ? null : { kind: 'step' };
    case 'r':
      return { kind: 'restart' };
    case '[':
      return { kind: 'focusArena', arena: (state.focusedArena + arenas - 1) % arenas };
    case ']':
      return { kind: 'focusArena', arena: (state.focusedArena + 1) % arenas };
    case 't':
      return { kind: 'focusPlayer', player: state.focusPlayer === 'person' ? 'newest' : 'person' };
    case 'f':
      return { kind: 'focusPlayer', player: state.focusPlayer === 'newest' ? 'frozenNow' : 'newest' };
    default:
      return null;
  }
}

/** What a keyboard event says, as `keyToCommand` reads it. */
export function keyPress(event: KeyboardEvent): KeyPress {
  const target = event.composedPath()[0];
  return {
    key: event.key,
    modified: event.ctrlKey || event.altKey || event.metaKey,
    repeated: event.repeat,
    focus: target instanceof Element ? focusKind(target) : 'none',
    dialogOpen: document.querySelector('dialog[open]') !== null,
  };
}

function focusKind(element: Element): KeyPress['focus'] {
  const takesSpace = 'button, a[href], summary, input[type="checkbox"], input[type="radio"], [role="tab"]';
  if (element.matches(takesSpace)) return 'control';
  return element.matches('input, select, textarea, [contenteditable]') ? 'field' : 'none';
}
