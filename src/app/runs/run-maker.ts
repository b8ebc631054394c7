import type { RunRecord } from '../../contract';
import type { PageStorage } from '../../storage/page-storage';
import { newRunId } from '../../storage/run-id';
import type { PageStore } from '../shell/page-store';
import type { Beginning } from './beginning';
import { freeName } from './free-name';
import type { KeepingNotices } from './keeping-notices';
import { KeptUpdates } from './kept-updates';
import { Run } from './run';
import { RunHistory } from './run-history';
import { RunKeeper } from './run-keeper';

export interface RunMakerPorts {
  readonly store: PageStore;
  readonly storage: Pick<PageStorage, 'runs' | 'holdRun'>;
  readonly notices: KeepingNotices;
}

/** Makes runs as they are to begin on the page, with a name and with what keeps them. */
export class RunMaker {
  private readonly ports: RunMakerPorts;

  constructor(ports: RunMakerPorts) {
    this.ports = ports;
  }

  /** @param wishedName of a run that is not kept yet; its game's when left out, in any case one that no other has. */
  async runOf(beginning: Beginning, wishedName?: string): Promise<Run> {
    const { entry, record, lock, origin, forkOf, best, isGuest } = beginning;
    const { storage, store, notices } = this.ports;
    const id = record?.id ?? newRunId();
    const wished = wishedName ?? entry.about.title;
    const name = record?.name ?? (isGuest ? wished : await this.freeName(wished));
    const history = new RunHistory(beginning.history, beginning.thinned);
    if (record === null) history.noteUnsaved();
    const keeper = new RunKeeper({
      storage,
      as: { id, name, game: entry.spec.game, origin, forkOf },
      history,
      held: record === null || lock === null ? null : { record, lock },
      isGuest,
      unsaved: record !== null && lock === null ? 'elsewhere' : null,
      changed: (keeping) => {
        store.patchRun(id, { keeping });
        notices.tell(id, name, keeping);
      },
    });
    const updates = new KeptUpdates(record?.updates);
    return new Run({ id, name, entry, origin, history, keeper, updates, best });
  }

  /** Every kept run; none where storage cannot be read, which is told. */
  async keptRuns(): Promise<readonly RunRecord[]> {
    try {
      return (await this.ports.storage.runs.list()).value;
    } catch (error) {
      this.ports.notices.tellStorage(error);
      return [];
    }
  }

  /** A name that no other kept run has: as wished, or with a number behind it. */
  async freeName(wished: string): Promise<string> {
    return freeName(
      wished,
      (await this.keptRuns()).map(({ name }) => name),
    );
  }
}
