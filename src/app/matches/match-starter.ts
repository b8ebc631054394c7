import { type MatchSetup, type MatchSpeed, matchKind, mayBeLearnedFrom } from '../../contract';
import { fittingOpponent } from '../../match/fitting-opponent';
import type { CourtDesk } from './court-desk';
import type { Library } from './library';
import {
  type HandsAndClock,
  learningMatch,
  matchOfItsOwn,
  type Recording,
  refuseStrangers,
  replayOf,
} from './make-court';
import type { MatchChoice } from './match-choice';
import { seedFor } from './random-seed';
import type { RunForMatches } from './run-for-matches';

const practiceSpeed: MatchSpeed = '0.5';

/** What beginning a match takes. */
export interface StarterPorts {
  readonly choice: MatchChoice;
  readonly court: CourtDesk;
  readonly run: RunForMatches;
  readonly handsAndClock: HandsAndClock;
  /** Of the agent in training, as it is now. */
  readonly policyVersion: () => number;
  /** Gives the focused arena back to the newest policy, whoever played it. */
  readonly handBack: () => void;
}

/** Begins matches and replays. Every method throws a PlaytrainError with a sentence, and nothing has changed then. */
export class MatchStarter {
  private readonly ports: StarterPorts;

  constructor(ports: StarterPorts) {
    this.ports = ports;
  }

  /** Begins a match; none, where a person asks for something else before it is there. */
  async start(library: Library, setup: MatchSetup, signal: AbortSignal): Promise<void> {
    const { run, court, handsAndClock, policyVersion } = this.ports;
    refuseStrangers(library, setup);
    if (setup.learns && mayBeLearnedFrom(setup)) return this.startLearning(library, setup, signal);
    const started = await matchOfItsOwn(library, setup, seedFor(setup), handsAndClock, policyVersion());
    // Meanwhile a person may have left, or chosen another game.
    if (signal.aborted) return;
    await run.giveCollectorsBack();
    if (signal.aborted) return;
    court.put(started);
    if (setup.practisesServes === true) court.setSpeed(practiceSpeed);
  }

  /** Begins a match against whoever fits the person, and is not whom they met last. */
  async matchMe(library: Library, signal: AbortSignal): Promise<void> {
    const { choice, court } = this.ports;
    const opponent = fittingOpponent(library.ratedContestants(), library.visitor.rating, court.lastMet);
    if (opponent === null) return;
    choice.challenge(opponent.id);
    await this.start(library, choice.setup, signal);
  }

  /** Lets a person serve rally after rally against whoever is chosen, until they leave. */
  async practiseServes(library: Library, signal: AbortSignal): Promise<void> {
    const { setup } = this.ports.choice;
    if (matchKind(setup) !== 'person') return;
    await this.start(library, { ...setup, learns: false, practisesServes: true }, signal);
  }

  /** Plays what is on the court again: the same two, or the same replay from its start. */
  async again(library: Library, signal: AbortSignal): Promise<void> {
    const { current } = this.ports.court;
    if (current === null) return;
    if (current.kind === 'replay') {
      return this.watch(library, { record: current.session.record(), kept: current.kept }, signal);
    }
    await this.start(library, current.setup, signal);
  }

  /** Shows a recorded match. */
  async watch(library: Library, recording: Recording, signal: AbortSignal): Promise<void> {
    const { choice, run, court, handsAndClock } = this.ports;
    const replay = replayOf(library, recording, choice.setup, handsAndClock);
    await run.giveCollectorsBack();
    if (!signal.aborted) court.put(replay);
  }

  /** A match in the run's first arena, from which its agent learns. */
  private async startLearning(library: Library, setup: MatchSetup, signal: AbortSignal): Promise<void> {
    const { run, court, handBack } = this.ports;
    await run.takeCollectors();
    if (signal.aborted) return run.giveCollectorsBack();
    if (run.session === null) return;
    // The first arena may be taken already.
    court.clear();
    handBack();
    court.put(learningMatch(library, run.session, setup, seedFor(setup)));
  }
}
