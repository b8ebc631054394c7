import { auditTime, Subscription } from 'rxjs';
import { GreedyPolicy } from '../../agent/greedy-policy';
import { decodePolicy } from '../../agent/policy-file';
import { rewardWeightsOf } from '../../agent/reward-weights';
import { type EnvironmentSpec, PlaytrainError, seatsOf, sentenceOf } from '../../contract';
import { thenAndNowTexts } from '../../texts/then-and-now';
import type { SideShown, ThenAndNowState } from '../../ui/then-and-now/then-and-now-state';
import type { Answer, PageGame } from '../games/page-game';
import type { RunSession } from '../runs/run-session';
import { NewestAsk } from '../shell/newest-ask';
import { Pairing, type Two } from './pairing';
import {
  type ChosenPolicy,
  type PolicyChoice,
  policyChoices,
  policyFromFile,
  trainingChoice,
} from './policy-choices';
import { livePicture, type SidePicture, simulatedPicture } from './side-picture';
import type { ThenAndNowPorts } from './then-and-now-ports';

/** A newer policy is taken over so often at most: reading it takes a moment of the page's. */
const followMs = 1_000;
/** Figures follow so often. */
const tellMs = 100;
const firstSeed = 1;

interface Side {
  readonly choice: string;
  readonly label: string;
  version: number | null;
  answer: Answer;
  readonly intervalTicks: number | null;
}

/** Two policies of a run's game beside each other, as long as they are looked at. */
export class SideBySide {
  private readonly session: RunSession;
  private readonly ports: ThenAndNowPorts;
  private readonly places: Two<HTMLElement>;
  private readonly all = new Subscription();
  private following = new Subscription();
  private choices: readonly PolicyChoice[] = [];
  /** Those that are there. */
  private readonly pictures: SidePicture[] = [];
  private sides: Two<Side> | null = null;
  private pairing: Pairing | null = null;
  private toldMs = Number.NEGATIVE_INFINITY;
  /** What is chosen on each. */
  private readonly asks: Two<NewestAsk> = [new NewestAsk(), new NewestAsk()];
  private isEnded = false;

  /** @param places what they are drawn in, left and right. */
  constructor(session: RunSession, places: Two<HTMLElement>, ports: ThenAndNowPorts) {
    this.session = session;
    this.places = places;
    this.ports = ports;
    this.cover(true);
  }

  /** Begins with the run's first policy on the left and the one in training on the right. */
  async open(): Promise<void> {
    const { session } = this;
    const { storage, desk, games } = this.ports;
    const { entry } = session.run;
    this.choices = await policyChoices({ session, storage, desk, cards: games.cards });
    const [earliest] = this.choices;
    if (this.isEnded || earliest === undefined) return;
    const bodies = entry.kind === 'live' ? (entry.visible.definition.bodies ?? 1) : 1;
    const seats = seatsOf(entry.spec) === 2 ? 2 : 1;
    const problem = earliest.id === trainingChoice ? thenAndNowTexts.noFirst : null;
    this.patch({ choices: this.choices, bodies, seats, problem });
    this.follow(session);
    const [left, right, ...pictures] = await Promise.all([
      this.loaded(earliest.id),
      this.loaded(trainingChoice),
      this.picture(entry, this.places[0]),
      this.picture(entry, this.places[1]),
    ]);
    if (this.isEnded) return;
    this.sides = [left, right];
    await this.begin(pictures);
    if (this.isEnded) return;
    this.all.add(this.ports.frames$.subscribe((nowMs) => this.frame(nowMs)));
  }

  /** The same run goes on in another session. */
  follow(session: RunSession): void {
    const { spec } = session.run.entry;
    this.following.unsubscribe();
    // It may have been found meanwhile that its twin is of no use.
    this.cover(true);
    this.following = session.checkpoints$.pipe(auditTime(followMs)).subscribe(({ bytes }) => {
      const sides = this.sides ?? [];
      for (const side of sides) {
        if (side.choice !== trainingChoice) continue;
        const policy = decodePolicy(bytes, spec);
        side.answer = this.answerOf({ kind: 'policy', policy });
        side.version = policy.version;
      }
      this.seat();
    });
  }

  /** Another policy plays on a side; both begin anew. Whatever is chosen there meanwhile takes its place. */
  async choose(side: 0 | 1, choice: string): Promise<void> {
    const isNewest = this.asks[side].ask();
    try {
      const loaded = await this.loaded(choice);
      if (isNewest()) this.take(side, loaded);
    } catch (error) {
      if (isNewest()) throw error;
    }
  }

  /** As `choose`, from a person's file. */
  async chooseFile(side: 0 | 1, file: File): Promise<void> {
    const isNewest = this.asks[side].ask();
    const policy = await policyFromFile(file, this.spec).catch((error: unknown) => {
      if (isNewest()) throw error;
      return null;
    });
    if (policy === null) return;
    const choice: PolicyChoice = {
      id: `file-${file.name}`,
      label: thenAndNowTexts.fromFile(file.name),
      group: 'others',
      load: async () => policy,
    };
    this.choices = [...this.choices.filter(({ id }) => id !== choice.id), choice];
    if (isNewest()) await this.choose(side, choice.id);
  }

  /** Both begin anew. */
  beginFrom(seed: number): void {
    this.pairing?.beginFrom(seed);
    this.tell();
  }

  setRunning(on: boolean): void {
    if (this.pairing !== null) this.pairing.isRunning = on;
    this.tell();
  }

  end(): void {
    this.isEnded = true;
    this.all.unsubscribe();
    this.following.unsubscribe();
    for (const picture of this.pictures) picture.end();
    this.cover(false);
  }

  private get spec(): EnvironmentSpec {
    return this.session.run.entry.spec;
  }

  /** A live game that its twin learns stands still while it is out of sight, so that three need not be drawn. */
  private cover(on: boolean): void {
    const { entry } = this.session.run;
    if (entry.kind === 'live') entry.visible.gate.isCovered = on && entry.visible.collector === null;
  }

  private async picture(entry: PageGame, place: HTMLElement): Promise<SidePicture> {
    const { looks, games } = this.ports;
    const picture = await (entry.kind === 'live'
      ? livePicture(place, entry, games)
      : simulatedPicture(place, entry, looks));
    if (this.isEnded) picture.end();
    else this.pictures.push(picture);
    return picture;
  }

  private async loaded(id: string): Promise<Side> {
    const choice = this.choices.find((each) => each.id === id);
    if (choice === undefined) throw new PlaytrainError('bad-settings', thenAndNowTexts.gone);
    const chosen = await choice.load();
    const { version, intervalTicks } =
      chosen.kind === 'policy'
        ? { version: chosen.policy.version, intervalTicks: chosen.policy.decisionIntervalTicks ?? null }
        : { version: null, intervalTicks: null };
    return { choice: id, label: choice.label, version, intervalTicks, answer: this.answerOf(chosen) };
  }

  private answerOf(chosen: ChosenPolicy): Answer {
    if (chosen.kind === 'shipped') return chosen.decides;
    const { policy } = chosen;
    const { spec } = this;
    const { entry } = this.session.run;
    const bodies = entry.kind === 'live' ? (entry.visible.definition.bodies ?? 1) : 1;
    const most = bodies * seatsOf(spec);
    const greedy = new GreedyPolicy(spec, policy, policy, most);
    const agents = Int32Array.from({ length: most }, (_, agent) => agent);
    const { size } = spec.observationSpace;
    return (questions) => greedy.act(questions, agents, questions.observations.length / size);
  }

  private take(side: 0 | 1, policy: Side): void {
    const { sides, pairing } = this;
    if (this.isEnded || sides === null || pairing === null) return;
    this.sides = side === 0 ? [policy, sides[1]] : [sides[0], policy];
    this.seat();
    this.beginFrom(pairing.seed);
  }

  private async begin(pictures: Two<SidePicture>): Promise<void> {
    const { hyperparameters } = this.session.view;
    this.pairing = new Pairing({
      pictures,
      weights: rewardWeightsOf(this.spec, hyperparameters),
      opponents: [this.opponentIn(pictures[0]), this.opponentIn(pictures[1])],
      seed: firstSeed,
    });
    this.seat();
    await this.pairing.show();
    this.tell();
  }

  /** Whom both meet: the gentlest of those that play by rules. */
  private opponentIn({ worlds }: SidePicture) {
    return seatsOf(this.spec) === 2 ? (worlds.scripted[0] ?? null) : null;
  }

  private seat(): void {
    const { decisionIntervalTicks } = this.session.view.hyperparameters;
    this.pairing?.rounds.forEach((round, side) => {
      const seated = this.sides?.[side];
      if (seated !== undefined) round.seat(seated.answer, seated.intervalTicks ?? decisionIntervalTicks);
    });
  }

  private frame(nowMs: number): void {
    try {
      this.pairing?.frame(nowMs);
    } catch (error) {
      this.all.unsubscribe();
      this.patch({ phase: 'failed', problem: sentenceOf(error) });
      return;
    }
    if (nowMs - this.toldMs < tellMs) return;
    this.toldMs = nowMs;
    this.tell();
  }

  private tell(): void {
    const { pairing, sides, pictures } = this;
    if (pairing === null || sides === null) return;
    const shown = (side: 0 | 1): SideShown => {
      const round = pairing.rounds[side];
      const { choice, label, version } = sides[side];
      const seconds = (round.ticks * this.spec.tickMs) / 1_000;
      const { score, isOver } = round;
      return { choice, label, version, score, seconds, isOver, results: [...pairing.results[side]] };
    };
    this.patch({
      phase: 'playing',
      seed: pairing.seed,
      isRunning: pairing.isRunning,
      opponent: pictures[0] === undefined ? null : (this.opponentIn(pictures[0])?.name ?? null),
      choices: this.choices,
      sides: [shown(0), shown(1)],
    });
  }

  private patch(change: Partial<ThenAndNowState>): void {
    const { store } = this.ports;
    const { thenAndNow } = store.state;
    if (thenAndNow !== null) store.patch({ thenAndNow: { ...thenAndNow, ...change } });
  }
}
