import {
  changedFields,
  type FrameReport,
  type Hyperparameters,
  hyperparameterProblems,
  PlaytrainError,
  problemMessage,
  sentenceOf,
} from '../contract';
import type { FrozenChoice } from './protocol';
import { Wish } from './wish';
import { WorkerLost } from './worker-handle';
import type { WorkerSet } from './worker-set';

/** Those to whom wishes are told; they answer in the order in which they were asked. */
export type WishHolder = Pick<
  WorkerSet,
  | 'setHyperparameters'
  | 'setFrozen'
  | 'setLearning'
  | 'setLockstep'
  | 'setRunning'
  | 'setBeating'
  | 'setThinking'
  | 'frames'
>;

/**
 * What the page wishes of its workers. A wish stands whether there are workers or not: those that come are told of all
 * that was wished before. A wish that they refuse stands no more.
 */
export class Wishes {
  private readonly settings: Wish<Hyperparameters>;
  private readonly frozen = new Wish<FrozenChoice | null>(null);
  private learning = true;
  private paused = false;
  private lockstep = false;
  private beating = true;
  /** Whose thoughts are to be told; null for nobody's. */
  private thinking: number | null = null;
  /** Whether the page’s frames are to come in time. */
  private watched = true;
  private holder: WishHolder | null = null;

  constructor(hyperparameters: Hyperparameters) {
    this.settings = new Wish(hyperparameters);
  }

  /** The run's settings: as a person last set them, but for what was refused. */
  get hyperparameters(): Hyperparameters {
    return this.settings.asked;
  }

  /**
   * Asks for settings that take hold at the next update.
   *
   * @throws PlaytrainError `bad-settings` when they cannot work or need other workers; nothing changes then.
   */
  async setHyperparameters(next: Hyperparameters): Promise<void> {
    const problems = hyperparameterProblems(next);
    if (problems.length > 0)
      throw new PlaytrainError(
        'bad-settings',
        `Settings cannot work: ${problems.map(problemMessage).join('; ')}.`,
      );
    refuseOtherWorkers(this.hyperparameters, next);
    this.settings.ask(next);
    await this.tell((holder) => this.tellHyperparameters(holder));
  }

  /** Workers refused to begin with the settings. @returns whether there are others, which were asked for before. */
  beginningRefused(): boolean {
    return this.settings.refuse(this.settings.number);
  }

  /** @throws PlaytrainError `bad-file` when the policy does not fit; the one before stays. */
  async setFrozen(choice: FrozenChoice): Promise<void> {
    this.frozen.ask(choice);
    await this.tell((holder) => this.tellFrozen(holder));
  }

  async setLearning(on: boolean): Promise<void> {
    this.learning = on;
    await this.tell(async (holder) => {
      await Promise.all([holder.setLearning(on), this.tellRunning(holder)]);
    });
  }

  async setPaused(on: boolean): Promise<void> {
    this.paused = on;
    await this.tell((holder) => this.tellRunning(holder));
  }

  async setLockstep(on: boolean): Promise<void> {
    this.lockstep = on;
    await this.tell((holder) => holder.setLockstep(on));
  }

  async setThinking(arena: number | null): Promise<void> {
    this.thinking = arena;
    await this.tell((holder) => holder.setThinking(arena));
  }

  async setBeating(on: boolean): Promise<void> {
    this.beating = on;
    await this.tell((holder) => holder.setBeating(on));
  }

  async frames(report: FrameReport): Promise<void> {
    this.watched = report.visible;
    await this.tell((holder) => holder.frames(report));
  }

  /**
   * From now on `holder` is told; first of all that was wished before it began.
   *
   * @param begunWith the settings that it has begun with.
   * @returns why some of it was refused, a sentence each.
   */
  async heldBy(holder: WishHolder, begunWith: Hyperparameters): Promise<readonly string[]> {
    this.holder = holder;
    const { settings, frozen } = this;
    if (settings.asked === begunWith) settings.accept(settings.number, begunWith);
    const hasFrozen = frozen.asked !== null;
    const [settingsRefused, frozenRefused] = await Promise.all([
      untilHeld(settings, () => this.tellHyperparameters(holder)),
      hasFrozen ? untilHeld(frozen, () => this.tellFrozen(holder), true) : [],
      this.tellRest(holder),
    ]);
    return [...settingsRefused, ...frozenRefused];
  }

  /** Nobody is there to be told; wishes wait for those who come. */
  release(): void {
    this.holder = null;
  }

  /** What cannot be refused. */
  private async tellRest(holder: WishHolder): Promise<void> {
    const told: Promise<void>[] = [this.tellCollectors(holder)];
    if (!this.learning) told.push(holder.setLearning(false));
    if (!this.beating) told.push(holder.setBeating(false));
    if (this.thinking !== null) told.push(holder.setThinking(this.thinking));
    if (!this.watched) told.push(holder.frames({ visible: false }));
    await Promise.allSettled(told);
  }

  /** What collectors that have just begun must know. */
  async tellCollectors(holder: Pick<WishHolder, 'setLockstep' | 'setRunning'>): Promise<void> {
    await Promise.all([holder.setLockstep(this.lockstep), this.tellRunning(holder)]);
  }

  /** Collectors play while the agent learns and the person’s game is not paused. */
  private async tellRunning(holder: Pick<WishHolder, 'setRunning'>): Promise<void> {
    await holder.setRunning(this.learning && !this.paused);
  }

  private async tellHyperparameters(holder: WishHolder): Promise<void> {
    const { asked, number } = this.settings;
    try {
      await holder.setHyperparameters(asked);
      this.settings.accept(number, asked);
    } catch (error) {
      if (!(error instanceof WorkerLost)) this.settings.refuse(number);
      throw error;
    }
  }

  private async tellFrozen(holder: WishHolder): Promise<void> {
    const { asked, number } = this.frozen;
    if (asked === null) return;
    try {
      // Kept as the policy itself: the newest of this moment is not the newest when other workers come.
      this.frozen.accept(number, await holder.setFrozen(asked));
    } catch (error) {
      if (!(error instanceof WorkerLost)) this.frozen.refuse(number);
      throw error;
    }
  }

  /** Workers that are lost while they are told leave the wish to those who come after them. */
  private async tell(request: (holder: WishHolder) => Promise<void>): Promise<void> {
    if (this.holder === null) return;
    try {
      await request(this.holder);
    } catch (error) {
      if (!(error instanceof WorkerLost)) throw error;
    }
  }
}

/**
 * Tells workers that have just begun of a wish, and of the one before it where they refuse it.
 *
 * @param anew whether they must be told of what workers before them have accepted.
 * @returns why wishes were refused, a sentence each.
 */
async function untilHeld(
  wish: Wish<unknown>,
  tell: () => Promise<void>,
  anew = false,
): Promise<readonly string[]> {
  const refusals: string[] = [];
  let isDue = anew || !wish.isAccepted;
  while (isDue) {
    const isLastResort = wish.isAccepted;
    try {
      await tell();
      isDue = !wish.isAccepted;
    } catch (error) {
      if (error instanceof WorkerLost) break;
      refusals.push(sentenceOf(error));
      // What workers before these have held is told to these as well.
      isDue = !isLastResort && (anew || !wish.isAccepted);
    }
  }
  return refusals;
}

/** @throws PlaytrainError `bad-settings` where a change needs workers or a run that begin anew. */
function refuseOtherWorkers(before: Hyperparameters, next: Hyperparameters): void {
  const [field] = changedFields(before, next).filter(({ takesHold }) => takesHold !== 'nextUpdate');
  if (field === undefined) return;
  throw new PlaytrainError(
    'bad-settings',
    `${field.key} cannot change while the agent runs; begin it anew, from its checkpoint, with the new setting.`,
  );
}
