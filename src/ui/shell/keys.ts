import { matchKind, type Speed } from '../../contract';
import type { CourtState } from '../matches/play-state';
import { playsLive } from '../matches/seats';
import type { Intent, PageState } from './page-state';
import { isSpeedRefused } from './speeds';

/** What a key asks for: an intent, or the list of keys. */
export type KeyCommand = Intent | { readonly kind: 'help' };

/** What is known of a key press. */
export interface KeyPress {
  /** What the key writes in the layout in use. */
  readonly key: string;
  /** Where the key is, whatever it writes. */
  readonly code: string;
  readonly shift: boolean;
  /** True with Ctrl, Alt or Meta: those belong to the browser. */
  readonly modified: boolean;
  /** True where those modifiers only choose what the key writes: AltGr, which Windows reports as Ctrl and Alt; Option. */
  readonly writes: boolean;
  /** True while the key is held and repeats. */
  readonly repeated: boolean;
  /**
   * What has the focus: a `field` takes every key, a `control` (a button, a switch) takes Space and Enter.
   */
  readonly focus: 'field' | 'control' | 'none';
  readonly dialogOpen: boolean;
}

/** A key of a feature's own. */
export interface Shortcut {
  /** What the key means: a letter in lower case, or a sign. */
  readonly key: string;
  readonly does: string;
  /** Where it does so: while a match or a replay is on the court, or else. */
  readonly during: readonly ('training' | 'matches')[];
  /** @returns null where it does nothing now. */
  readonly asks: (state: PageState) => Intent | null;
}

/** Every shortcut, as the help dialog lists them; the keys of play are bindings. */
export const shortcuts: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['Space'], does: 'play or pause' },
  { keys: ['.'], does: 'one step, while paused' },
  { keys: ['R'], does: 'begin another run from nothing; this one stays kept' },
  { keys: ['Z', '⇧Z'], does: 'undo a change of settings, or do it again' },
  { keys: ['1', '2', '3', '4'], does: 'speed: 1×, 4×, 16×, as fast as it goes' },
  { keys: ['[', ']'], does: 'focus the arena before, the arena after (the keys right of P)' },
  { keys: ['T'], does: 'take over the focused arena, or hand it back' },
  { keys: ['F'], does: 'freeze the focused arena’s policy, or show the newest again' },
  { keys: ['⇧F'], does: 'the game on the whole screen, and back' },
  { keys: ['?'], does: 'this list' },
  { keys: ['Esc'], does: 'close a dialog or an explanation' },
];

/** Those while a match or a replay is on the court; the others rest as long. */
export const matchShortcuts: typeof shortcuts = [
  { keys: ['P', 'Esc'], does: 'pause or go on; Space too where nobody plays' },
  { keys: ['R'], does: 'rematch, once it is over' },
  { keys: ['1', '2', '3', '4'], does: 'speed: 1×, 4×, 16×, as fast as it goes' },
  { keys: ['Start', 'Back'], does: 'on a gamepad: begin, pause, go on or play again; leave' },
];

/**
 * The command that a key press stands for in this state, or null when it stands for none.
 *
 * @param own the keys of features.
 */
export function keyToCommand(
  press: KeyPress,
  state: PageState,
  own: readonly Shortcut[] = [],
): KeyCommand | null {
  if (press.repeated || press.dialogOpen || press.focus === 'field') return null;
  const key = meantKey(press);
  if (key === null) return null;
  if (press.focus === 'control' && (key === ' ' || key === 'enter')) return null;
  // Whoever dictates, or rests a hand on the keys, may not want letters to do anything.
  if (!state.letterKeys && key.length === 1 && key !== ' ') return null;
  if (key === '?') return { kind: 'help' };
  if (key === 'f' && press.shift) return { kind: 'fullScreen' };
  // All others are the game's.
  if (playsLive(state)) return key === 't' || key === 'escape' ? handOver(state) : null;
  const court = state.play?.court ?? null;
  const command = court === null ? trainingCommand(key, press, state) : matchCommand(key, court);
  if (command !== null) return command;
  const during = court === null ? 'training' : 'matches';
  const shortcut = own.find((each) => each.key === key && each.during.includes(during));
  return shortcut?.asks(state) ?? null;
}

const digitCodes: Readonly<Record<string, string>> = { Digit1: '1', Digit2: '2', Digit3: '3', Digit4: '4' };
const bracketCodes: Readonly<Record<string, string>> = { BracketLeft: '[', BracketRight: ']' };

/**
 * What somebody means by a key, whatever the layout: by what it writes where that is a letter or a sign that we know; by
 * where it is for brackets and digits, which many layouts write only with modifiers, and for letters of scripts that
 * are not Latin. Digits of the number pad play. Null where the key belongs to the browser.
 */
function meantKey({ key, code, shift, modified, writes }: KeyPress): string | null {
  if (modified && !writes) return null;
  if (key === '[' || key === ']' || key === '?') return key;
  if (modified) return null;
  const digit = digitCodes[code];
  // AZERTY writes digits with Shift, others writes signs with it.
  if (digit !== undefined && (key === digit || !shift)) return digit;
  const bracket = bracketCodes[code];
  if (bracket !== undefined && !shift) return bracket;
  if (code.startsWith('Numpad')) return null;
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  const isLatin = /^[a-z]$/i.test(key);
  if (letter !== undefined && !isLatin) return letter.toLowerCase();
  return key.toLowerCase();
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

function trainingCommand(key: string, { shift }: KeyPress, state: PageState): KeyCommand | null {
  const speed = speedKeys[key];
  if (speed !== undefined) return state.kind === 'live' ? null : { kind: 'speed', speed };
  switch (key) {
    case ' ':
      return otherWay(state);
    case '.':
      return state.running ? null : { kind: 'step' };
    case 'r':
      return { kind: 'restart' };
    case 'z':
      return { kind: shift ? 'redo' : 'undo' };
    case '[':
      return arenaBeside(state, -1);
    case ']':
      return arenaBeside(state, 1);
    case 't':
      return handOver(state);
    case 'f':
      return { kind: 'focusPlayer', player: state.focusPlayer === 'newest' ? 'frozenNow' : 'newest' };
    default:
      return null;
  }
}

/** Pauses what runs, and lets run what is paused. */
export function otherWay({ running }: PageState): Intent {
  return { kind: running ? 'pause' : 'play' };
}

/** Gives the focused arena to the person, or back to the agent. */
export function handOver({ focusPlayer }: PageState): Intent {
  return { kind: 'focusPlayer', player: focusPlayer === 'person' ? 'newest' : 'person' };
}

/** Focuses the arena so many steps on; after the last comes the first. */
export function arenaBeside({ focusedArena, hyperparameters }: PageState, steps: -1 | 1): Intent {
  const { arenas } = hyperparameters;
  return { kind: 'focusArena', arena: (focusedArena + steps + arenas) % arenas };
}

/** What a keyboard event says, as `keyToCommand` reads it. */
export function keyPress(event: KeyboardEvent): KeyPress {
  const target = event.composedPath()[0];
  const isAltGraph = event.getModifierState('AltGraph') || (event.ctrlKey && event.altKey);
  return {
    key: event.key,
    code: event.code,
    shift: event.shiftKey,
    modified: event.ctrlKey || event.altKey || event.metaKey,
    writes: !event.metaKey && (isAltGraph || (event.altKey && !event.ctrlKey)),
    repeated: event.repeat,
    focus: target instanceof Element ? focusKind(target) : 'none',
    dialogOpen: document.querySelector('dialog[open]') !== null,
  };
}

function focusKind(element: Element): KeyPress['focus'] {
  const takesSpace = 'button, a[href], summary, input[type="checkbox"], input[type="radio"], [role="tab"]';
  if (element.matches(takesSpace)) return 'control';
  // It takes arrows, which are nobody else's here.
  if (element.matches('input[type="range"]')) return 'none';
  return element.matches('input, select, textarea, [contenteditable]') ? 'field' : 'none';
}
