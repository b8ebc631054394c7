import type { Intent, PageState } from './page-state';

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

/** The command that a key press stands for in this state, or null when it stands for none. */
export function keyToCommand(press: KeyPress, state: PageState): KeyCommand | null {
  if (press.modified || press.repeated || press.dialogOpen || press.focus === 'field') return null;
  if (press.focus === 'control' && (press.key === ' ' || press.key === 'Enter')) return null;
  const { arenas } = state.hyperparameters;
  switch (press.key.toLowerCase()) {
    case ' ':
      return { kind: state.running ? 'pause' : 'play' };
    case '.':
      return state.running ? null : { kind: 'step' };
    case 'r':
      return { kind: 'restart' };
    case '1':
      return { kind: 'speed', speed: '1' };
    case '2':
      return { kind: 'speed', speed: '4' };
    case '3':
      return { kind: 'speed', speed: '16' };
    case '4':
      return { kind: 'speed', speed: 'max' };
    case '[':
      return { kind: 'focusArena', arena: (state.focusedArena + arenas - 1) % arenas };
    case ']':
      return { kind: 'focusArena', arena: (state.focusedArena + 1) % arenas };
    case 't':
      return { kind: 'focusPlayer', player: state.focusPlayer === 'person' ? 'newest' : 'person' };
    case 'f':
      return { kind: 'focusPlayer', player: state.focusPlayer === 'newest' ? 'frozenNow' : 'newest' };
    case '?':
      return { kind: 'help' };
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
