import {
  type EpisodeEnding,
  type MatchView,
  PlaytrainError,
  rulesVersionOf,
  type Simulation,
} from '../contract';
import { emptyHash, hashBytes, hashText } from '../game/engine/state-hash';
import { ActionCode } from './action-code';
import { Rallies, type RalliesSnapshot } from './rallies';
import { hashEveryTicks, type MatchRecord, unpackBytes } from './record';
import { type MatchRules, Referee, type RefereeSnapshot } from './referee';

/** What is replayed, and how. */
export interface ReplayOptions extends Omit<MatchRules, 'pointsToWin' | 'leadToWin'> {
  readonly simulation: Simulation;
  readonly record: MatchRecord;
}

/** A replay as it stands at a moment, to be gone on from. Plain data. */
export interface ReplaySnapshot {
  /** Rally ticks played by then. */
  readonly ticks: number;
  readonly rallies: RalliesSnapshot;
  readonly referee: RefereeSnapshot;
  readonly digest: number;
}

/** A recorded match, played again with the same drawing surface as `Match`. */
export class Replay {
  /** After the last tick and the one before, `[stateSize]`. The same arrays for the replay's life. */
  readonly state: Float64Array;
  readonly previousState: Float64Array;
  /** In force, `[2, actionSize]`. */
  readonly actions: Float32Array;
  /** Rally ticks in the whole record. */
  readonly length: number;
  private readonly record: MatchRecord;
  private readonly codes: Uint8Array; // [length, 2]
  private readonly code: ActionCode;
  private readonly rallies: Rallies;
  private readonly referee: Referee;
  private readonly hashBuffer = new Uint32Array(1);
  private digest = emptyHash;

  /**
   * @throws PlaytrainError `bad-file` when the record is of another game, or its actions are not this game's;
   * `other-rules` when it was played by other rules, by which the same actions led elsewhere.
   */
  constructor({ simulation, record, countdownTicks, pointTicks }: ReplayOptions) {
    refuseUnrepeatable(simulation, record);
    this.record = record;
    this.codes = unpackBytes(record.actions);
    this.code = new ActionCode(simulation.actionSpace);
    if (this.codes.length % 2 !== 0 || this.codes.some((code) => code >= this.code.count)) {
      throw altered('its actions are not those of this game’s two seats');
    }
    this.length = this.codes.length / 2;
    this.rallies = new Rallies(simulation, record.seed);
    this.referee = new Referee(this.rallies, {
      pointsToWin: record.pointsToWin,
      leadToWin: record.leadToWin ?? 1,
      countdownTicks,
      pointTicks,
    });
    this.state = this.rallies.state;
    this.previousState = this.rallies.previousState;
    this.actions = this.rallies.actions;
    if (this.length === 0) this.finish();
  }

  /** What there is to show at this moment. */
  get view(): MatchView {
    const { score, phase, countdownSeconds, matchPoint, isDeuce, winner } = this.referee;
    const { pointsToWin, names } = this.record;
    return {
      score,
      pointsToWin,
      names,
      person: null,
      phase,
      countdownSeconds,
      matchPoint,
      deuce: isDeuce,
      winner,
    };
  }

  /** Ticks into the rally that is running, or was last. */
  get episodeTicks(): number {
    return this.rallies.ticks;
  }

  /** Rally ticks played. */
  get ticks(): number {
    return this.rallies.totalTicks;
  }

  /** Whether every recorded tick was played, and led to the recorded score. */
  get isOver(): boolean {
    return this.ticks >= this.length;
  }

  /**
   * One tick of match time, as `Match.tick`.
   *
   * @throws PlaytrainError `bad-file` where the states, or at the end the score, are not the recorded ones.
   */
  tick(): void {
    if (!this.referee.rallyTickIsDue()) return;
    const first = 2 * this.ticks;
    this.code.decode(this.codes[first]!, this.actions, 0);
    this.code.decode(this.codes[first + 1]!, this.actions, this.actions.length / 2);
    const ending = this.rallies.step();
    this.hashBuffer[0] = this.hash();
    this.digest = hashBytes(this.hashBuffer, this.digest);
    if (this.ticks % hashEveryTicks === 0) {
      this.expectHash(this.record.hashes[this.ticks / hashEveryTicks - 1]);
    }
    if (ending !== null) this.referee.count(ending);
    if (this.isOver) this.finish();
    else if (this.referee.phase === 'over') {
      throw altered(`it is won after ${this.ticks} ticks, and more follow`);
    }
  }

  /** Rallies that ended since the last call. */
  takeEndings(): EpisodeEnding[] {
    return this.referee.takeEndings();
  }

  /** Where the replay is, to come back to by `restore`. */
  snapshot(): ReplaySnapshot {
    const { ticks, rallies, referee, digest } = this;
    return { ticks, rallies: rallies.snapshot(), referee: referee.snapshot(), digest };
  }

  /** Goes on from a moment of the same record by the same rules, before or after where it is. */
  restore({ rallies, referee, digest }: ReplaySnapshot): void {
    this.rallies.restore(rallies);
    this.referee.restore(referee);
    this.digest = digest;
  }

  /** Of state and generator. */
  hash(): number {
    return this.rallies.hash();
  }

  /** Of the hashes after every rally tick so far: equal ones mean that no tick was different. */
  tickDigest(): number {
    return this.digest;
  }

  private finish(): void {
    this.referee.end();
    this.expectHash(this.record.finalHash);
    const { hashes, score } = this.record;
    if (hashes.length !== Math.floor(this.length / hashEveryTicks)) {
      throw altered(`it has ${hashes.length} hashes for ${this.length} ticks`);
    }
    const [left, right] = this.referee.score;
    if (left !== score[0] || right !== score[1]) {
      throw altered(`it ends ${left} : ${right} where ${score[0]} : ${score[1]} was recorded`);
    }
  }

  private expectHash(recorded: number | undefined): void {
    const reached = this.hash();
    if (reached === recorded) return;
    const expected = recorded === undefined ? 'none' : hashText(recorded);
    throw altered(
      `after ${this.ticks} ticks its states’ hash is ${hashText(reached)} where ${expected} was recorded`,
    );
  }
}

/** Whether a record was played by the rules that the game has here, so that it can be shown again. */
export function isRepeatable(
  simulation: Simulation,
  record: Pick<MatchRecord, 'game' | 'rulesVersion'>,
): boolean {
  return record.game === simulation.game && (record.rulesVersion ?? 1) === rulesVersionOf(simulation);
}

/**
 * Plays a record to its end, without pauses.
 *
 * @returns the score that it leads to.
 * @throws PlaytrainError `bad-file` when it does not lead where it says; `other-rules` when it cannot be told, since it
 * was played by other rules.
 */
export function verifyRecord(simulation: Simulation, record: MatchRecord): readonly [number, number] {
  const replay = new Replay({ simulation, record, countdownTicks: 0, pointTicks: 0 });
  while (!replay.isOver) replay.tick();
  return replay.view.score;
}

function altered(what: string): PlaytrainError {
  return new PlaytrainError(
    'bad-file',
    `This match does not repeat: ${what}. The file was altered or damaged; choose another one.`,
  );
}

/**
 * @throws PlaytrainError `bad-file` for a record of another game; `other-rules` for one that was played by other rules,
 * by which the same actions led elsewhere.
 */
export function refuseUnrepeatable(simulation: Simulation, record: MatchRecord): void {
  if (record.game !== simulation.game) {
    throw new PlaytrainError(
      'bad-file',
      `This match is of “${record.game}” and cannot be played in “${simulation.game}”; open that game first.`,
    );
  }
  if (isRepeatable(simulation, record)) return;
  const [theirs, ours] = [record.rulesVersion ?? 1, rulesVersionOf(simulation)];
  const remedy = theirs > ours ? ' Open it with a newer Playtrain.' : '';
  throw new PlaytrainError(
    'other-rules',
    `This match was played by the rules ${theirs} of “${record.game}”; here the rules are ${ours}, and the same actions lead elsewhere. Its score, ${record.score.join(' : ')}, stands, but it cannot be shown again.${remedy}`,
  );
}
