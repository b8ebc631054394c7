import { type KeptReplay, PlaytrainError, type Simulation } from '../../contract';
import { decodeMatchRecord, encodeMatchRecord, type MatchRecord } from '../../match/record';
import { verifyRecord } from '../../match/replay';
import type { Replays, KeptReplay as StoredReplay } from '../../storage/replays';
import { newRunId } from '../../storage/run-id';

/** The kept matches of one game. */
export class ReplayShelf {
  private readonly replayStore: Replays;
  private readonly simulation: Simulation;
  private stored: readonly StoredReplay[] = [];

  constructor(replays: Replays, simulation: Simulation) {
    this.replayStore = replays;
    this.simulation = simulation;
  }

  /** The newest first. */
  get replays(): readonly KeptReplay[] {
    return this.stored.map(({ id, names, score, playedAtMs }) => ({ id, names, score, playedAtMs }));
  }

  async load(): Promise<void> {
    this.stored = (await this.replayStore.list(this.simulation.game)).value;
  }

  /** @throws PlaytrainError `storage-failed`. */
  async keep(record: MatchRecord, nowMs: number): Promise<void> {
    const { names, score, playedAtMs = nowMs } = record;
    const text = encodeMatchRecord({ ...record, playedAtMs });
    const { game } = this.simulation;
    await this.replayStore.save(game, { id: newRunId(), text, names, score, playedAtMs });
    await this.load();
  }

  async forget(id: string): Promise<void> {
    await this.replayStore.remove(this.simulation.game, id);
    await this.load();
  }

  /** A kept match's file. @throws PlaytrainError `bad-file` where there is none. */
  text(id: string): string {
    const found = this.stored.find((replay) => replay.id === id);
    if (found !== undefined) return found.text;
    throw new PlaytrainError('bad-file', 'This match is not kept any more; choose another.');
  }

  /** @throws PlaytrainError `bad-file` where there is none, or it cannot be read. */
  record(id: string): MatchRecord {
    return decodeMatchRecord(this.text(id));
  }

  /**
   * Keeps a match from a file, once it was played again from its seed and every hash agreed.
   *
   * @throws PlaytrainError `bad-file` with what is wrong; `storage-failed`. Nothing has changed then.
   */
  async add(text: string, nowMs: number): Promise<MatchRecord> {
    const record = decodeMatchRecord(text);
    verifyRecord(this.simulation, record);
    await this.keep(record, nowMs);
    return record;
  }
}
