import { largestRunFileBytes } from '../../agent/checkpoint';
import { PlaytrainError } from '../../contract';
import { saveFile } from '../../ui/kit/download';
import { download, readFile, withFile } from '../shell/files';
import type { NoticeBoard } from '../shell/notice-board';
import type { Court } from './court';
import type { Library } from './library';
import type { MatchChoice } from './match-choice';

/** Agents and replays that come from files, go into files, or are kept. Every method throws a PlaytrainError; nothing has changed then. */
export class MatchFiles {
  private readonly board: Pick<NoticeBoard, 'inform'>;
  private readonly choice: MatchChoice;

  constructor(board: Pick<NoticeBoard, 'inform'>, choice: MatchChoice) {
    this.board = board;
    this.choice = choice;
  }

  /** Takes an agent in among the opponents, and seats it. */
  async importAgent({ roster }: Library, file: File): Promise<void> {
    const { id, name } = await roster.add(file.name, await readFile(file, largestRunFileBytes));
    this.choice.seatNewcomer(id);
    this.board.inform('importAgent', `“${name}” is among the opponents.`);
  }

  async exportAgent({ roster }: Library, contestant: string): Promise<void> {
    const { bytes, name } = await roster.file(contestant);
    download(bytes, name);
  }

  /** Keeps the match on the court, once. */
  async keepReplay({ shelf }: Library, court: Court): Promise<void> {
    if (court.kept) return;
    if (!court.isOver) {
      throw new PlaytrainError('bad-settings', 'A match can be kept once it is over; play it to its end.');
    }
    // At once: a second click is not to keep it twice.
    court.kept = true;
    try {
      await shelf.keep(court.session.record(), Date.now());
    } catch (error) {
      court.kept = false;
      throw error;
    }
  }

  async importReplay({ shelf }: Library, file: File): Promise<void> {
    await withFile(file, () => shelf.add(file, Date.now()));
    this.board.inform('importReplay', `The match from “${file.name}” is among the kept ones.`);
  }

  exportReplay({ shelf, simulation }: Library, id: string): void {
    const { names, score } = shelf.record(id);
    const words = [...names, ...score]
      .join('-')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-');
    saveFile(`${simulation.game}-${words}.json`, 'application/json', shelf.text(id));
  }
}
