/** Keys that write nothing that could be shown, or nothing at all. */
const fixedNames: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ShiftLeft: 'Left Shift',
  ShiftRight: 'Right Shift',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
  Space: 'Space',
};

/** What most of the world's keyboards have on keys of signs. */
const usualSigns: Readonly<Record<string, string>> = {
  Minus: '-',
  Equal: '=',
  Comma: ',',
  Period: '.',
  Slash: '/',
  Semicolon: ';',
  Quote: "'",
  Backquote: '`',
  Backslash: '\\',
  IntlBackslash: '\\',
  BracketLeft: '[',
  BracketRight: ']',
};

/**
 * What a key is called: by what it writes in the layout in use, else as most keyboards have it.
 *
 * @param code `KeyboardEvent.code`.
 * @param names what keys write, by code; where the browser does not tell, empty.
 */
export function keyName(code: string, names: Readonly<Record<string, string>>): string {
  const numpad = /^Numpad(.+)$/.exec(code)?.[1];
  if (numpad !== undefined) return `Num ${numpad}`;
  return fixedNames[code] ?? names[code] ?? usualSigns[code] ?? code.replace(/^(?:Key|Digit)/, '');
}
