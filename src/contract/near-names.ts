/**
 * Those of `names` that somebody who wrote `name` may have meant, the likeliest first: after a slip, with a word left out
 * or added, or begun alike.
 */
export function namesNear(name: string, names: readonly string[]): string[] {
  const wanted = name.toLowerCase();
  return names
    .flatMap((each) => {
      const slips = slipsBetween(wanted, each.toLowerCase());
      return isNear(wanted, each.toLowerCase(), slips) ? [{ each, slips }] : [];
    })
    .sort((one, other) => one.slips - other.slips)
    .map(({ each }) => each);
}

function isNear(one: string, other: string, slips: number): boolean {
  const [shorter, longer] = one.length <= other.length ? [one, other] : [other, one];
  if (slips <= Math.max(1, Math.floor(longer.length / 4))) return shorter.length > 1;
  let alike = 0;
  while (alike < shorter.length && one[alike] === other[alike]) alike++;
  if (alike >= Math.max(3, 0.6 * shorter.length)) return true;
  return shorter.length >= 3 && longer.includes(shorter);
}

/** How many letters are put in, left out, exchanged or swapped with their neighbour to make one word of the other. */
function slipsBetween(one: string, other: string): number {
  // Of the beginnings of both, `[one.length + 1, other.length + 1]`.
  const slips = Array.from({ length: one.length + 1 }, (_, i) => [i]);
  slips[0] = Array.from({ length: other.length + 1 }, (_, j) => j);
  const at = (i: number, j: number) => slips[i]![j]!;
  for (let i = 1; i <= one.length; i++) {
    for (let j = 1; j <= other.length; j++) {
      const exchanged = at(i - 1, j - 1) + Number(one[i - 1] !== other[j - 1]);
      let least = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, exchanged);
      const isSwapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (isSwapped) least = Math.min(least, at(i - 2, j - 2) + 1);
      slips[i]![j] = least;
    }
  }
  return at(one.length, other.length);
}
