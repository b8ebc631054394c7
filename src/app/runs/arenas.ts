import { ignoreElements, merge, type Observable, Subject, tap } from 'rxjs';
import {
  type CapturedUpdate,
  controllers,
  type EpisodeEnding,
  type PersonInput,
  paces,
  seatsOf,
} from '../../contract';
import { Driver } from '../../game/engine/driver';
import { createVectorEnvironment } from '../../game/engine/vector-environment';
import { type DriveEvent, drive$ } from '../../streams/drive';
import { noInput } from '../../streams/input/person-input';
import type { RunView } from '../../ui/shell/page-state';
import type { SimulatedGame } from '../games/page-game';
import { NewestAsk } from '../shell/newest-ask';
import type { Agent } from './agent';
import { AskedStates } from './asked-states';
import type { Played, Transport } from './played';
import type { SessionStart } from './session-start';

/** The arenas' pace while what is learned from is gathered elsewhere as fast as it goes: no slower than at any other speed, and for little. */
const paceBesideCollectors = paces['16'];

/** As many as two of the longest rollouts. */
const mostAskedStates = 2 * 8_192;

/** A session's arenas: how fast they go, and who plays in them. */
export class Arenas implements Played {
  readonly driver: Driver;
  /** Episodes that ended, as whoever draws the arenas takes them. */
  readonly ended$: Observable<readonly EpisodeEnding[]>;
  private readonly ended = new Subject<readonly EpisodeEnding[]>();
  private readonly entry: SimulatedGame;
  private readonly agent: Agent;
  private readonly playerAsks = new NewestAsk();
  private visible = true;
  /** What is in force. */
  private transport: Transport | null = null;
  /** The agent of the arena that a person has; null while nobody has one. */
  private personAgent: number | null = null;
  /** While people are learned from in a match: its pace in place of the transport's. */
  private matchPace: { readonly running: boolean } | null = null;

  /** @throws PlaytrainError where the arenas cannot be set up. */
  constructor(entry: SimulatedGame, { hyperparameters, decisions }: SessionStart, agent: Agent) {
    const { arenas, seed, decisionIntervalTicks } = hyperparameters;
    const environment = createVectorEnvironment(entry.simulation, { arenas, seed, generation: decisions });
    this.driver = new Driver(entry.simulation, environment, decisionIntervalTicks);
    this.ended$ = this.ended;
    this.entry = entry;
    this.agent = agent;
  }

  get decisions(): number | null {
    return this.driver.decisions;
  }

  get lateDecisions(): number {
    return this.driver.lateDecisions;
  }

  get isEased(): boolean {
    return this.driver.isEased;
  }

  get ticks(): number {
    return this.driver.ticks;
  }

  hash(): number {
    return this.driver.environment.hash();
  }

  drive$(frames$: Observable<number>): Observable<DriveEvent> {
    const { driver, agent } = this;
    const { wakes$, answers$, connected$ } = agent;
    return merge(
      drive$(driver, { frames$, wakes$, answers$ }),
      connected$.pipe(
        tap(() => driver.reconnect()),
        ignoreElements(),
      ),
    );
  }

  step(): void {
    this.driver.step();
  }

  /** Episodes that ended since the last call. */
  takeEndings(): readonly EpisodeEnding[] {
    const endings = this.driver.environment.takeEndings();
    if (endings.length > 0) this.ended.next(endings);
    return endings;
  }

  /**
   * As of the agent; where these arenas are learned from, with the arena's states: so of the first update whose rollout
   * began later than this was asked for.
   */
  async captureUpdate(arena: number, seat: number): Promise<CapturedUpdate | null> {
    const { driver, agent } = this;
    const { environment } = driver;
    const { stateSize } = environment;
    const asked = new AskedStates(mostAskedStates);
    const note = (question: number) =>
      asked.note(question, environment.states.slice(arena * stateSize, (arena + 1) * stateSize));
    driver.whenAsked = note;
    try {
      // Two rollouts had begun at most.
      for (let left = 2; ; left--) {
        const captured = await agent.captureUpdate(arena, seat);
        if (captured === null || captured.firstDecision === null) return captured;
        const states = asked.from(captured.firstDecision, captured.shape.steps);
        if (states !== null) return { ...captured, states };
        if (left === 0) return captured;
      }
    } finally {
      if (driver.whenAsked === note) driver.whenAsked = null;
    }
  }

  /** What a person holds down who plays in `arena`, in whatever seat. */
  setPersonInput(arena: number, input: PersonInput): void {
    const seats = seatsOf(this.entry.simulation);
    for (let seat = 0; seat < seats; seat++) this.driver.setPersonInput(arena * seats + seat, input);
  }

  /** Applies what the transport bar says. A pause is for collectors too. Faster than 1×, and in lockstep, ticks wait for their actions. */
  setTransport(transport: Transport): void {
    const { driver, agent, matchPace } = this;
    const inForce: Transport =
      matchPace === null ? transport : { ...transport, ...matchPace, speed: '1', lockstep: false };
    const { running, speed, lockstep } = inForce;
    this.transport = inForce;
    driver.running = running;
    driver.whenActionIsLate = speed === '1' && !lockstep ? 'hold' : 'wait';
    agent.spareCollector(speed === 'max' && !lockstep);
    // Workers that are lost meanwhile are told when they are back.
    agent.setPaused(!running).catch(() => {});
    agent.setLockstep(lockstep).catch(() => {});
    this.setPace();
  }

  /** Lets the arenas go as fast as the transport says; to be called, too, when collectors have come or gone. */
  setPace(): void {
    const { driver, agent, transport } = this;
    if (transport !== null) {
      const { speed, learning, lockstep } = transport;
      const isSeenOnly = learning && !lockstep && agent.collectors > 0;
      driver.speed = speed === 'max' && isSeenOnly ? paceBesideCollectors : paces[speed];
    }
    this.tellBeat();
  }

  /** Whether anybody can see the page, and frames come. */
  setVisible(on: boolean): void {
    this.visible = on;
    this.tellBeat();
  }

  /**
   * The actor beats the page's clock where frames do not do: in a hidden page, at more than one tick a frame, and where
   * what is learned from comes from these arenas, so that a question need not wait for the next frame.
   */
  private tellBeat(): void {
    const { driver, agent } = this;
    const framesDo = this.visible && driver.speed === 1 && agent.collectors > 0;
    agent.setBeating(driver.running && !framesDo).catch(() => {});
  }

  /** Goes at the pace of a match that is learned from, whatever the transport says; null gives that its say back. */
  setMatchPace(pace: { readonly running: boolean } | null, transport: Transport): void {
    this.matchPace = pace;
    this.setTransport(transport);
  }

  /** Lets the learner play the arena that a person has, for as long as the person only gets ready. */
  setHandsOff(on: boolean): void {
    if (this.personAgent === null) return;
    this.driver.setController(this.personAgent, on ? controllers.cast : controllers.person);
  }

  /**
   * Gives the focused arena to `player`, where agents meet its left seat, and every other one to the learner. A later
   * wish overtakes an earlier one.
   *
   * @param best the run's best state; null where there is none.
   */
  async setPlayer(
    focusedArena: number,
    player: RunView['focusPlayer'],
    best: Uint8Array<ArrayBuffer> | null,
  ): Promise<void> {
    const { agent, driver } = this;
    const focusedAgent = focusedArena * seatsOf(this.entry.simulation);
    const isNewest = this.playerAsks.ask();
    if (player === 'frozenBest' && best !== null) await agent.setFrozen(best);
    if (player === 'person') this.setPersonInput(focusedArena, noInput);
    if (player === 'frozenNow') await agent.setFrozen('newest');
    if (!isNewest() || this.matchPace !== null) return;
    const focused =
      player === 'newest' ? controllers.cast : player === 'person' ? controllers.person : controllers.frozen;
    this.personAgent = player === 'person' ? focusedAgent : null;
    for (let index = 0; index < driver.environment.agents; index++) {
      driver.setController(index, index === focusedAgent ? focused : controllers.cast);
    }
  }
}
