import { largestRunFileBytes } from '../../agent/checkpoint';
import { decodePolicy, encodePolicy } from '../../agent/policy-file';
import { PlaytrainError } from '../../contract';
import { environmentSpec } from '../../game/engine/vector-environment';
import { encodeMatchRecord, type MatchRecord } from '../../match/record';
import { contestantTexts } from '../../texts/contestants';
import { replayTexts } from '../../texts/replays';
import { saveFile } from '../../ui/kit/download';
import { asOurs } from '../onnx/onnx-files';
import { replayLinkOf } from '../shell/address';
import { copyText } from '../shell/copy-text';
import { download, readFile, withFile } from '../shell/files';
import type { NoticeBoard } from '../shell/notice-board';
import type { Court } from './court';
import type { Library } from './library';
import type { MatchChoice } from './match-choice';

/** Agents and replays that come from files, go into files, or are kept. Every method throws a PlaytrainError; nothing has changed then. */
export class MatchFiles {
  private readonly board: Pick<NoticeBoard, 'inform' | 'tell'>;
  private readonly choice: MatchChoice;

  constructor(board: Pick<NoticeBoard, 'inform' | 'tell'>, choice: MatchChoice) {
    this.board = board;
    this.choice = choice;
  }

  /** Takes an agent in among the opponents, and seats it. */
  async importAgent({ roster, simulation }: Library, file: File): Promise<void> {
    const bytes = await readFile(file, largestRunFileBytes);
    const ours = await asOurs(bytes, file.name, { expected: environmentSpec(simulation) });
    const { id, name } = await roster.imported.add(file.name, ours);
    this.choice.seatNewcomer(id);
    this.board.inform('importAgent', contestantTexts.imported(name));
  }

  /** Offers a contestant as a policy file. */
  async exportAgent({ roster, simulation }: Library, contestant: string): Promise<void> {
    const source = await roster.source(contestant);
    if (source.kind === 'scripted') throw new PlaytrainError('bad-settings', contestantTexts.noPolicy);
    const policy = decodePolicy(source.bytes, environmentSpec(simulation));
    const bytes = encodePolicy({ ...policy, name: source.name });
    download(bytes, `${simulation.game}-${fileWords(source.name)}.safetensors`);
  }

  /** Keeps the match on the court, once. */
  async keepReplay({ shelf }: Library, court: Court): Promise<void> {
    if (court.kept) return;
    refuseUnfinished(court);
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
    this.board.inform('importReplay', replayTexts.imported(file.name));
  }

  /** Offers a match as a file. */
  exportReplay({ simulation }: Library, record: MatchRecord): void {
    const { names, score } = record;
    const words = fileWords([...names, ...score].join('-'));
    saveFile(`${simulation.game}-${words}.json`, 'application/json', encodeMatchRecord(record));
  }

  /** Offers a match as a link; where it is too long for one, its file. @param id of a kept one; null for the court's. */
  async shareReplay(record: MatchRecord, id: string | null): Promise<void> {
    const about = id === null ? 'court' : 'page';
    const link = replayLinkOf(record, document.baseURI);
    if (link === null) {
      const message = replayTexts.tooLongToShare;
      const actions = [{ label: replayTexts.exportFile, intent: { kind: 'exportReplay', id } }] as const;
      this.board.tell({ id: 'replayLink', severity: 'info', message, actions }, about);
    } else if (await copyText(link)) {
      this.board.inform('replayLink', replayTexts.linkCopied);
    } else {
      const message = replayTexts.linkByHand(link);
      this.board.tell({ id: 'replayLink', severity: 'info', message }, about);
    }
  }
}

/** What a match on the court, or a kept one, can be played again from. @param id null for the court's. */
export function recordOf({ shelf }: Library, court: Court | null, id: string | null): MatchRecord {
  if (id !== null) return shelf.record(id);
  if (court === null) throw new PlaytrainError('bad-settings', replayTexts.isGone);
  refuseUnfinished(court);
  return court.session.record();
}

/** A replay is finished wherever in it one is. */
function refuseUnfinished(court: Court): void {
  if (court.kind === 'match' && !court.isOver) throw new PlaytrainError('bad-settings', replayTexts.notOver);
}

/** A text as part of a file's name. */
function fileWords(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}
