import type { BindingPlace, BindingRefusal, KeyPart } from '../contract';

/** What a key of play is for. */
export const partNames: Readonly<Record<KeyPart, string>> = {
  left: 'Left',
  right: 'Right',
  up: 'Up',
  down: 'Down',
  primary: 'Button',
};

const personNames = { first: 'Player 1', second: 'Player 2' } as const;

export const bindingTexts = {
  title: 'Keys of play',
  about:
    'Who plays alone has both columns. Where one can jump, Up and Button both do. To change a key, click it and press another.',
  pressNow: 'Press the new key. Esc leaves it as it is.',
  pressed: 'press…',
  usual: 'Back to the usual keys',
  chosenOtherwise: 'You chose keys of your own; the help (?) shows them.',
  people: [personNames.first, personNames.second],
  /** Such as “Player 1, left”. */
  place(place: BindingPlace): string {
    const [person, part] = place.split('.') as ['first' | 'second', KeyPart];
    return `${personNames[person]}, ${partNames[part].toLowerCase()}`;
  },
  /** Such as “Player 1, left: A; change it”. */
  change: (place: BindingPlace, key: string) => `${bindingTexts.place(place)}: ${key}; change it`,
  refusal(key: string, refusal: BindingRefusal): string {
    return refusal.refused === 'taken'
      ? `${key} is taken: ${bindingTexts.place(refusal.by)}. Press another key; Esc leaves it as it is.`
      : 'That key belongs to the browser or the page. Press another one; Esc leaves it as it is.';
  },
};
