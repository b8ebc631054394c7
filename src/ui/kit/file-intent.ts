import type { Intent } from '../shell/page-state';

/** What a file is taken for whose name does not tell. */
export type FileUse = 'importRun' | 'importAgent' | 'importReplay';

/** What a file that somebody dropped or chose is for: as its name says, else as the place does. */
export function fileIntent(file: File, otherwise: FileUse): Intent {
  const name = file.name.toLowerCase();
  if (name.endsWith('.json')) return { kind: 'importReplay', file };
  if (name.endsWith('.zip')) return { kind: 'importEverything', file };
  return { kind: otherwise, file };
}
