import { type KeptReplay, PlaytrainError, type Simulation } from '../../contract';
import { decodeMatchRecord, encodeMatchRecord, type MatchRecord, refuseTooLong } from '../../match/record';
import { refuseUnrepeatable } from '../../match/replay';
import type { StorageProblem } from '../../storage/checked';
import type { Replays, KeptReplay as StoredReplay } from '../../storage/replays';
import { newRunId } from '../../storage/run-id';
import { replayTexts } from '../../texts/replays';

/** Plays a record again, wherever there is time for it; throws what `verifyRecord` throws. */
export type VerifyRecord = (record: MatchRecord) => Promise<void>;

/** The kept matches of one game. */
export class ReplayShelf {
  private readonly replayStore: Replays;
  private readonly simulation: Simulation;
  private readonly verify: VerifyRecord;
  private stored: readonly StoredReplay[] = [];
  /** Matches that could not be read, as of the last time. */
  problems: readonly StorageProblem[] = [];

  constructor(replays: Replays, simulation: Simulation, verify: VerifyRecord) {
    this.replayStore = replays;
    this.simulation = simulation;
    this.verify = verify;
  }

  /** The newest first. */
  get replays(): readonly KeptReplay[] {
    return this.stored.map(({ id, names, score, playedAtMs }) => ({ id, names, score, playedAtMs }));
  }

  async load(): Promise<void> {
    const { value, problems } = await this.replayStore.list(this.simulation.game);
    this.stored = value;
    this.problems = problems;
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
    throw new PlaytrainError('bad-file', replayTexts.isGone);
  }

  /** @throws PlaytrainError `bad-file` where there is none, or it cannot be read. */
  record(id: string): MatchRecord {
    return decodeMatchRecord(this.text(id));
  }

  /**
   * Keeps a match from a file, once it was played again from its seed and every hash agreed. A file that is too long is
   * not even read.
   *
   * @throws PlaytrainError `bad-file` with what is wrong, `other-rules`, `storage-failed`. Nothing has changed then.
   */
  async add(file: Blob, nowMs: number): Promise<MatchRecord> {
    refuseTooLong(file.size);
    const record = decodeMatchRecord(await file.text());
    await this.check(record);
    await this.keep(record, nowMs);
    return record;
  }

  /**
   * Plays a match from elsewhere again, out of sight.
   *
   * @throws PlaytrainError `bad-file` where it does not lead where it says, or is of another game; `other-rules`.
   */
  async check(record: MatchRecord): Promise<void> {
    refuseUnrepeatable(this.simulation, record);
    await this.verify(record);
  }
}
