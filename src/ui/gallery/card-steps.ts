const keys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'] as const;

/**
 * Which card a key leads to, in rows that are filled one after the other.
 *
 * @returns its index; null where the key leads nowhere.
 */
export function cardAfter(key: string, present: number, cards: number, columns: number): number | null {
  const known = keys.find((each) => each === key);
  if (known === undefined) return null;
  const wanted = {
    ArrowLeft: present - 1,
    ArrowRight: present + 1,
    ArrowUp: present - columns,
    // From above a gap in the last row to its last card.
    ArrowDown: isLastRow(present, cards, columns) ? cards : Math.min(present + columns, cards - 1),
    Home: 0,
    End: cards - 1,
  }[known];
  return wanted >= 0 && wanted < cards && wanted !== present ? wanted : null;
}

function isLastRow(card: number, cards: number, columns: number): boolean {
  return Math.floor(card / columns) === Math.floor((cards - 1) / columns);
}
