import {
  auditTime,
  combineLatest,
  distinctUntilChanged,
  filter,
  firstValueFrom,
  from,
  interval,
  map,
  merge,
  type Observable,
  race,
  Subject,
  Subscription,
  timer,
} from 'rxjs';
import { decodeTrainingState } from '../../agent/checkpoint';
import {
  type AgentEvent,
  lateDecisionsKey,
  type MetricPoint,
  PlaytrainError,
  sentenceOf,
  wentBackKey,
} from '../../contract';
import { byReturn, type Measure, measureOf } from '../../doctor/collapse';
import type { DriveEvent } from '../../streams/drive';
import { frameReports$ } from '../../streams/frame-reports';
import { medianFrameMs$, metricPoints$ } from '../../streams/metric-points';
import { runTexts } from '../../texts/runs';
import type { Phase, RunView } from '../../ui/shell/page-state';
import type { KeptCheckpoint } from '../../workers/protocol';
import type { NoticeBoard } from '../shell/notice-board';
import type { PageStore } from '../shell/page-store';
import { afterEvent, noticeAfter, phaseAfter, shownPhase } from './after-event';
import type { Agent, SpawnAgent } from './agent';
import { Arenas } from './arenas';
import type { Going } from './initial-view';
import { LivePlay } from './live-play';
import type { Played } from './played';
import type { Run } from './run';
import type { SessionStart } from './session-start';

const statusIntervalMs = 250;
/**
 * A new state is saved after so long: a page that is closed in mid-save keeps the one before. Earlier policies are files
 * of their own, so that a save is some hundred kilobytes.
 */
const saveIntervalMs = 2_000;

/** An agent in mid-step is not waited for longer; its last state is a second old at most. */
const longestAnswerMs = 1_000;

/** What a session needs of the page. */
export interface SessionPorts {
  readonly store: PageStore;
  readonly board: NoticeBoard;
  /** Moments at which a frame is about to be drawn, in milliseconds of the page's own clock. */
  readonly frames$: Observable<number>;
  /** Whether anybody can see the page. */
  readonly visible$: Observable<boolean>;
  readonly spawnAgent: SpawnAgent;
}

/** What is alive of a run on the page: its arenas, its workers, and every subscription between them. Disposable. */
export class RunSession {
  readonly run: Run;
  readonly agent: Agent;
  readonly played: Played;
  readonly withoutCollectors: boolean;
  /** Updates as the charts show them. */
  readonly points$: Observable<MetricPoint>;
  readonly events$: Observable<AgentEvent>;
  readonly checkpoints$: Observable<KeptCheckpoint>;
  /** Why a live game's twin is of no use, once that is so. */
  readonly twinLost$: Observable<string>;
  private readonly twinLost = new Subject<string>();
  private readonly points = new Subject<MetricPoint>();
  private readonly ports: SessionPorts;
  private readonly all = new Subscription();
  private agentPhase: Phase = 'starting';
  /** While something else of the page has paused it: whether it was running. */
  private ranBefore: boolean | null = null;
  private isOver = false;
  private readonly isFromNothing: boolean;
  /** What the run's best state is judged by, and what it has come to. */
  private readonly measure: Measure;
  private bestMeasure: number;

  /** @throws PlaytrainError where the arenas cannot be set up. */
  constructor(run: Run, start: SessionStart, ports: SessionPorts) {
    const { hyperparameters, checkpoint, withoutCollectors } = start;
    this.run = run;
    this.ports = ports;
    this.withoutCollectors = withoutCollectors;
    this.isFromNothing = checkpoint === null;
    this.measure = measureOf(run.entry.spec);
    const atBest = run.history.points.find(({ version }) => version === run.best?.version);
    this.bestMeasure = (atBest === undefined ? null : this.measure(atBest)) ?? Number.NEGATIVE_INFINITY;
    const { entry } = run;
    const isGatheredHere = entry.kind === 'live' && entry.visible.collector !== null;
    this.agent = ports.spawnAgent(entry, {
      spec: entry.spec,
      // There is one such game.
      hyperparameters: isGatheredHere ? { ...hyperparameters, collectors: '1' } : hyperparameters,
      checkpoint,
      best: run.best && { version: run.best.version, meanReturn: run.best.meanReturn },
      withoutCollectors,
    });
    this.twinLost$ = this.twinLost;
    try {
      this.played = this.play(start);
    } catch (error) {
      this.agent.dispose();
      throw error;
    }
    this.points$ = this.points;
    this.events$ = this.agent.events$;
    this.checkpoints$ = this.agent.checkpoints$;
    this.joinGame();
    this.joinPage(start);
  }

  private play(start: SessionStart): Played {
    const { entry } = this.run;
    if (entry.kind === 'simulated') return new Arenas(entry, start, this.agent);
    const play = new LivePlay(entry.visible, this.agent);
    this.all.add(play.twinLost$.subscribe(this.twinLost));
    return play;
  }

  /** Those of a simulation; null where somebody's own game is played. */
  get arenas(): Arenas | null {
    return this.played instanceof Arenas ? this.played : null;
  }

  /** Whether the agent is there and answers. */
  get isReady(): boolean {
    return this.agentPhase === 'collecting' || this.agentPhase === 'updating';
  }

  get view(): RunView {
    const view = this.ports.store.run(this.run.id);
    if (view === undefined) throw new Error('The run is not on the page.');
    return view;
  }

  /** How it goes as a person set it, whatever has paused it meanwhile. */
  get going(): Going {
    const { running, learning, lockstep, speed } = this.view;
    return { running: this.ranBefore ?? running, learning, lockstep, speed };
  }

  /** Stands still for something that is seen in its place. */
  pauseMeanwhile(): void {
    this.ranBefore ??= this.view.running;
    this.setRunning(false);
  }

  /** Goes on as before it was paused. */
  goOn(): void {
    const { ranBefore } = this;
    this.ranBefore = null;
    if (ranBefore !== null) this.setRunning(ranBefore);
  }

  /** What a person sets from now on stays so, whatever had paused it. */
  setByPerson(): void {
    this.ranBefore = null;
  }

  private setRunning(running: boolean): void {
    this.ports.store.patchRun(this.run.id, { running });
    this.played.setTransport(this.view);
  }

  /** Starts the agent. @throws PlaytrainError `backend-unavailable` where another backend might do. */
  async start(): Promise<void> {
    try {
      await this.agent.setLearning(this.view.learning);
      await this.agent.open();
      // A run whose first state does not come goes on without it.
      if (this.isFromNothing) await this.keepFirst().catch(() => {});
    } catch (error) {
      if (this.isOver) return;
      if (error instanceof PlaytrainError && error.code === 'needs-page') {
        this.twinLost.next(error.message);
        return;
      }
      const elsewhere = error instanceof PlaytrainError && error.code === 'backend-unavailable';
      if (elsewhere && this.view.hyperparameters.backend !== 'auto') throw error;
      this.agentPhase = 'failed';
      this.ports.board.tell({ id: 'start', severity: 'error', message: sentenceOf(error) }, 'session');
    }
  }

  /** Saves what is new of the run, to the newest update. Never throws. */
  async save(): Promise<void> {
    const { keeper } = this.run;
    // A page that closes has no time to ask the agent, so what is known is saved before it answers.
    const known = keeper.save();
    await firstValueFrom(race(from(this.newestIsKnown()), timer(longestAnswerMs)));
    await known;
    await keeper.save();
  }

  /** Before anything is learned: what a run has come to is seen beside what it began as. */
  private async keepFirst(): Promise<void> {
    const bytes = await this.agent.checkpoint();
    if (bytes === null || this.isOver) return;
    const { version, decisions } = decodeTrainingState(bytes, this.run.entry.spec);
    this.offerUpdate({ bytes, version, decisions, meanReturn: null });
  }

  private offerUpdate(state: Omit<KeptCheckpoint, 'isBest'>): void {
    const { updates, keeper } = this.run;
    if (updates.offer(state)) keeper.offerUpdate(state);
  }

  private async newestIsKnown(): Promise<void> {
    try {
      await this.agent.keepNewest();
    } catch {
      // A state that cannot be written to a file is told of by the agent itself.
    }
  }

  /**
   * Keeps the present update, as a person wants it.
   *
   * @returns its number. @throws PlaytrainError where there is none, or nothing of the run is kept.
   */
  async keepUpdate(): Promise<number> {
    const { run } = this;
    const { kind } = run.keeper.keeping;
    if (kind !== 'kept' && kind !== 'failing') throw new PlaytrainError('bad-settings', runTexts.notKept);
    await this.newestIsKnown();
    const bytes = await this.agent.checkpoint();
    if (bytes === null) throw new PlaytrainError('worker-lost', runTexts.nothingToExport);
    const { version, decisions } = decodeTrainingState(bytes, run.entry.spec);
    const meanReturn = this.view.status.meanReturn;
    const state = { bytes, version, decisions, meanReturn };
    if (run.updates.add(state)) run.keeper.offerUpdate(state);
    await this.save();
    return version;
  }

  dispose(): void {
    this.isOver = true;
    this.all.unsubscribe();
    this.agent.dispose();
    this.points.complete();
  }

  /** Game to agent and back. */
  private joinGame(): void {
    const { agent, all, played } = this;
    const { frames$, visible$, store } = this.ports;
    all.add(played.drive$(frames$).subscribe((event) => this.driven(event)));
    all.add(merge(agent.connected$, agent.sharedOut$).subscribe(() => played.setPace()));
    all.add(visible$.subscribe((visible) => played.setVisible(visible)));
    const epochFrames$ = frames$.pipe(map((nowMs) => performance.timeOrigin + nowMs));
    // Who lets the game go as fast as it can does not ask for even frames.
    const watched$ = combineLatest([visible$, store.state$]).pipe(
      map(([visible]) => visible && store.run(this.run.id)?.speed !== 'max'),
      distinctUntilChanged(),
    );
    all.add(frameReports$(epochFrames$, watched$).subscribe((report) => agent.frames(report)));
  }

  private driven(event: DriveEvent): void {
    const { board } = this.ports;
    switch (event.kind) {
      case 'question':
        this.agent.ask(event.question);
        break;
      case 'fault':
        board.tell({ id: 'fault', severity: 'warning', message: event.fault.message }, 'session');
        break;
      case 'stopped':
        this.agentPhase = 'failed';
        board.tell({ id: 'game', severity: 'error', message: event.error.message }, 'session');
    }
  }

  /** Agent to charts, status line and storage. */
  private joinPage({ changed, hyperparameters, wentBackTo }: SessionStart): void {
    const { agent, all, run, played } = this;
    const { frames$, visible$, store, board } = this.ports;
    let marks = { changed, values: wentBackTo === null ? {} : { [wentBackKey]: wentBackTo } };
    run.keeper.offerSettings(hyperparameters);
    all.add(
      metricPoints$(agent.events$, medianFrameMs$(frames$)).subscribe((point) => {
        const marked = {
          ...point,
          changed: [...marks.changed, ...point.changed],
          values: { ...point.values, [lateDecisionsKey]: played.lateDecisions, ...marks.values },
        };
        marks = { changed: [], values: {} };
        run.history.append(marked);
        this.points.next(marked);
      }),
    );
    all.add(
      agent.events$.subscribe((event) => {
        this.agentPhase = phaseAfter(this.agentPhase, event);
        store.patchRun(run.id, afterEvent(this.view, event));
        const notice = noticeAfter(event);
        if (notice !== null) board.tell(notice, 'session');
      }),
    );
    all.add(agent.checkpoints$.subscribe((checkpoint) => this.offer(checkpoint)));
    const hidden$ = visible$.pipe(filter((visible) => !visible));
    all.add(
      merge(agent.checkpoints$.pipe(auditTime(saveIntervalMs)), hidden$).subscribe(() => void this.save()),
    );
    const frameMs$ = medianFrameMs$(frames$).pipe(auditTime(statusIntervalMs));
    let frameMs = 0;
    all.add(frameMs$.subscribe((median) => (frameMs = median)));
    all.add(interval(statusIntervalMs).subscribe(() => this.showStatus(frameMs)));
  }

  private offer(checkpoint: KeptCheckpoint): void {
    const { run } = this;
    const isFirst = run.keeper.keeping.kind === 'nothing-yet' && !run.keeper.isBehind;
    const isBest = checkpoint.isBest || this.isBestByMatches(checkpoint);
    run.keeper.offer({ ...checkpoint, isBest });
    this.offerUpdate(checkpoint);
    if (isBest) {
      run.best = checkpoint;
      this.ports.store.patchRun(run.id, { best: bestShown(run) });
    }
    // From its first update on a run is among those that are kept.
    if (isFirst) void this.save();
  }

  /** Where agents meet the learner judges no state, since returns tell who the others were; win rates do. */
  private isBestByMatches({ version }: KeptCheckpoint): boolean {
    const { newest } = this.run;
    if (this.measure === byReturn || newest?.version !== version) return false;
    const value = this.measure(newest);
    if (value === null || value <= this.bestMeasure) return false;
    this.bestMeasure = value;
    return true;
  }

  private showStatus(frameMs: number): void {
    const { played } = this;
    const { status, running } = this.view;
    this.ports.store.patchStatus(this.run.id, {
      phase: shownPhase(this.agentPhase, running, played.isEased),
      decisions: played.decisions ?? status.decisions,
      lateDecisions: played.lateDecisions,
      frameMs,
    });
  }
}

/** The best so far as the page shows it. */
export function bestShown({ best }: Run): RunView['best'] {
  if (best === null || best.meanReturn === null) return null;
  return { meanReturn: best.meanReturn, version: best.version, decisions: best.decisions };
}
