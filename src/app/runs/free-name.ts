/** A name that none of `taken` is: as wished, or with a number behind it, such as `Balance 2`. */
export function freeName(wished: string, taken: Iterable<string>): string {
  const names = new Set(taken);
  if (!names.has(wished)) return wished;
  // Another of “Balance 2” is “Balance 3”, and no “Balance 2 2”.
  const base = wished.replace(/ \d+$/, '');
  for (let number = 2; ; number++) {
    const name = `${base} ${number}`;
    if (!names.has(name)) return name;
  }
}
