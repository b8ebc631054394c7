/** What a key of play stands for. */
export type KeyPart = 'left' | 'right' | 'up' | 'down' | 'primary';

/** What a key does, and for whom: of two people at one keyboard each has half of it, and one alone has all. */
export type BindingPlace = `${'first' | 'second'}.${KeyPart}`;

/** The keys of play by what they do, as `KeyboardEvent.code`: so they do not depend on the keyboard's language. */
export type Bindings = Readonly<Record<BindingPlace, readonly string[]>>;

/** One of the keys that do something, by its place among them. */
export interface BoundKey {
  readonly place: BindingPlace;
  readonly index: number;
}

/** Why a key cannot play: it belongs to the browser or the page, or does something else already. */
export type BindingRefusal =
  | { readonly refused: 'notFree' }
  | { readonly refused: 'taken'; readonly by: BindingPlace };

/** What keys can be bound to, in the order in which they are shown. */
export const keyParts: readonly KeyPart[] = ['left', 'right', 'up', 'down', 'primary'];

/**
 * Of the first person the left half of a keyboard, of the second the right half. No Ctrl: held together with the other's
 * W it would close the window.
 */
export const usualBindings: Bindings = {
  'first.left': ['KeyA'],
  'first.right': ['KeyD'],
  'first.up': ['KeyW'],
  'first.down': ['KeyS'],
  'first.primary': ['Space'],
  'second.left': ['ArrowLeft'],
  'second.right': ['ArrowRight'],
  'second.up': ['ArrowUp'],
  'second.down': ['ArrowDown'],
  'second.primary': ['Enter', 'NumpadEnter', 'Numpad0'],
};

/** Every place of the bindings, the first person's before the second's. */
export const bindingPlaces = Object.keys(usualBindings) as readonly BindingPlace[];

/** Where a part of one person stands among the bindings. */
export function placeOf(person: 'first' | 'second', part: KeyPart): BindingPlace {
  return `${person}.${part}`;
}

/** Keys that write or move, and Shift: what is left belongs to the browser (F5, Tab), to the system, or pauses (Escape). */
const freeCode =
  /^(?:Key[A-Z]|Digit\d|Numpad\w+|Arrow\w+|Space|Enter|Backspace|Delete|Insert|Home|End|Page\w+|Shift\w+|Intl\w+|Bracket\w+|Minus|Equal|Comma|Period|Slash|Semicolon|Quote|Backquote|Backslash)$/;

/** Whether a person may play with the key of that code. */
export function isFreeKey(code: string): boolean {
  return freeCode.test(code);
}

/** The first place, in the order of `bindingPlaces`, that has the key; null where it is free. */
export function placeOfKey(bindings: Bindings, code: string): BindingPlace | null {
  return bindingPlaces.find((place) => bindings[place].includes(code)) ?? null;
}

/**
 * The bindings that somebody kept: the usual ones, with theirs laid over. Whatever was kept, every place has a key and
 * no key two places: what does not fit together is as if nothing had been kept.
 */
export function bindingsFrom(kept: Readonly<Record<string, readonly string[]>>): Bindings {
  const laid = bindingPlaces.map((place) => {
    const codes = Object.hasOwn(kept, place) ? (kept[place] ?? []) : [];
    return [place, codes.length > 0 && codes.every(isFreeKey) ? codes : usualBindings[place]] as const;
  });
  const all = laid.flatMap(([, codes]) => codes);
  const isClear = new Set(all).size === all.length;
  return isClear ? (Object.fromEntries(laid) as Record<BindingPlace, readonly string[]>) : usualBindings;
}

/** Of some bindings those that are not the usual ones: what there is to keep. */
export function changedBindings(bindings: Bindings): Readonly<Record<string, readonly string[]>> {
  const isUsual = (place: BindingPlace) =>
    bindings[place].length === usualBindings[place].length &&
    bindings[place].every((code, index) => code === usualBindings[place][index]);
  return Object.fromEntries(
    bindingPlaces.filter((place) => !isUsual(place)).map((place) => [place, bindings[place]]),
  );
}

/** The bindings with another key in the place of one of them; or why not. */
export function rebound(
  bindings: Bindings,
  { place, index }: BoundKey,
  code: string,
): Bindings | BindingRefusal {
  if (bindings[place][index] === code) return bindings;
  if (!isFreeKey(code)) return { refused: 'notFree' };
  const by = placeOfKey(bindings, code);
  if (by !== null) return { refused: 'taken', by };
  return { ...bindings, [place]: bindings[place].map((before, at) => (at === index ? code : before)) };
}
