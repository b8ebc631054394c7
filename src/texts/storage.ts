import type { StorageReason } from '../contract';

/** What became of the attempt and what to do, by reason. `what` is such as “the run”. */
export const storageSentences: Readonly<Record<StorageReason, (what: string) => string>> = {
  refused: (what) =>
    `The browser would not open its storage for ${what}; private windows often forbid it. Everything works while this page is open; export what you want to keep.`,
  full: (what) =>
    `The browser’s storage is full, so ${what} is not being saved; free some space or export it to a file.`,
  newer: (what) =>
    `A newer version of this page keeps its data here, so this one left ${what} as it was; reload the page.`,
  blocked: (what) =>
    `Another tab with an older version of this page is in the way of ${what}; close or reload it.`,
  lost: (what) => `The browser’s storage did not answer for ${what}; it is tried again by itself.`,
  corrupt: (what) => `What is kept of ${what} cannot be read; it was left as it is.`,
  missing: (what) => `Nothing is kept of ${what} any more; it may have been deleted in another tab.`,
  held: (what) => `In another tab ${what} is open, and is saved from there; close it there to go on here.`,
  incomplete: (what) => `Parts of ${what} were missing, so what was kept before is still kept.`,
};

/** Of an archive of runs that is not imported: what is wrong with it, and what to do. */
export const archiveTexts = {
  refused: (what: string, remedy: string) => `This file was not imported: ${what}. ${remedy}`,
  tooLarge: ['it is larger than 1 GiB', 'Export fewer runs at a time.'],
  noZip: ['it is not a whole zip file', 'Choose one that “Export everything” wrote.'],
  noArchive: ['it is not an archive of Playtrain', 'Choose one that “Export everything” wrote.'],
  newer: ['a newer version of Playtrain wrote it', 'Open it with that one.'],
  damaged: (part: string) => [`its part “${part}” is missing or damaged`, 'Export it again.'] as const,
} as const;
