/** What there can be several of that cannot be read: one, and many. */
const kinds = {
  run: ['one run', 'runs'],
  part: ['a part of a run', 'parts of runs'],
  match: ['one match', 'matches'],
  agent: ['one imported agent', 'imported agents'],
  rating: ['one rating', 'ratings'],
  choice: ['one choice', 'choices'],
  earlier: ['something that an earlier version kept', 'things that an earlier version kept'],
} as const;

export type LeftOutKind = keyof typeof kinds;

/** What is said where some of what is kept, or of a file, cannot be read. */
export const leftOutTexts = {
  /** @param what of each kind how many. @param partsOf the names of runs of which parts are missing. */
  list: (what: ReadonlyMap<LeftOutKind, number>, partsOf: readonly string[]) =>
    [
      ...[...what].map(([kind, count]) => (count === 1 ? kinds[kind][0] : `${count} ${kinds[kind][1]}`)),
      ...partsOf.map((name) => `parts of “${name}”`),
    ].join(', '),
  kept: (what: string) => `Some of what this browser keeps cannot be read, and was left as it is: ${what}.`,
  exported: (file: string, what: string) =>
    `“${file}” is not whole, since some of what is kept cannot be read: ${what}.`,
  imported: (file: string, what: string) => `Some of “${file}” could not be read and was left out: ${what}.`,
};
