const grouped = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/** A count as the command line writes it, in every language: `12,345`. */
export function wholeNumber(count: number): string {
  return grouped.format(count);
}
