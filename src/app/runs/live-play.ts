import { Observable, Subject, Subscription } from 'rxjs';
import { controllers, type EpisodeEnding, PlaytrainError, sentenceOf } from '../../contract';
import { unheard } from '../../phaser/seen-listener';
import type { VisibleGame } from '../../phaser/visible-game';
import type { DriveEvent } from '../../streams/drive';
import type { RunView } from '../../ui/shell/page-state';
import { NewestAsk } from '../shell/newest-ask';
import type { Agent } from './agent';
import type { Played, Transport } from './played';

/** Somebody's own game in a session: seen once, at its own pace, and learned from in its twin, or here where that cannot be. */
export class LivePlay implements Played {
  readonly ended$: Observable<readonly EpisodeEnding[]>;
  /** Why its twin is of no use, once that is so: what is seen earns nothing then, unless it is gathered here. */
  readonly twinLost$: Observable<string>;
  readonly lateDecisions = 0;
  readonly isEased = false;
  private readonly visible: VisibleGame;
  private readonly agent: Agent;
  private readonly ended = new Subject<readonly EpisodeEnding[]>();
  private readonly twinLost = new Subject<string>();
  private recorded: number | null = null;
  private player: RunView['focusPlayer'] = 'newest';
  private readonly playerAsks = new NewestAsk();

  constructor(visible: VisibleGame, agent: Agent) {
    this.visible = visible;
    this.agent = agent;
    this.ended$ = this.ended;
    this.twinLost$ = this.twinLost;
  }

  get decisions(): number | null {
    return this.recorded;
  }

  get ticks(): number {
    return this.visible.gate.steps;
  }

  hash(): number {
    return 0;
  }

  drive$(): Observable<DriveEvent> {
    const { visible, agent } = this;
    return new Observable((events) => {
      const all = new Subscription();
      const seat = visible.seat((question) => events.next({ kind: 'question', question }));
      all.add(agent.connected$.subscribe(() => seat.connected()));
      all.add(
        agent.answers$.subscribe(({ batch }) => {
          this.recorded = batch.decisions;
          seat.answered(batch);
        }),
      );
      // While a person plays nothing is asked.
      all.add(
        agent.events$.subscribe((event) => {
          if (event.kind === 'updated') this.recorded = Math.max(this.recorded ?? 0, event.metrics.decisions);
          if (event.kind !== 'restarted' || agent.collectors > 0) return;
          if (visible.collector === null) this.twinLost.next(event.message);
          else stop(new PlaytrainError('worker-lost', event.message));
        }),
      );
      const stop = (error: PlaytrainError) => {
        agent.setLearning(false).catch(() => {});
        events.next({ kind: 'stopped', error });
      };
      visible.listener = {
        ended: (endings) => this.ended.next(endings),
        faulted: (error) =>
          events.next({ kind: 'fault', fault: { arena: 0, kind: 'threw', message: sentenceOf(error) } }),
        failed: (error) => stop(new PlaytrainError('bad-environment', sentenceOf(error), { cause: error })),
      };
      all.add(() => {
        visible.gate.isRunning = false;
        visible.listener = unheard;
        visible.empty();
      });
      this.seatPlayer();
      // Nothing is recorded here, so that nobody waits for a beat.
      agent.setBeating(false).catch(() => {});
      return all;
    });
  }

  setTransport({ running }: Transport): void {
    const { agent, visible } = this;
    visible.gate.isRunning = running;
    agent.spareCollector(true);
    // Workers that are lost meanwhile are told when they are back.
    agent.setPaused(!running).catch(() => {});
    agent.setLockstep(false).catch(() => {});
  }

  setPace(): void {}

  setVisible(): void {}

  step(): void {
    this.visible.gate.step();
  }

  async setPlayer(
    _focusedArena: number,
    player: RunView['focusPlayer'],
    best: Uint8Array<ArrayBuffer> | null,
  ): Promise<void> {
    const isNewest = this.playerAsks.ask();
    if (player === 'frozenBest' && best !== null) await this.agent.setFrozen(best);
    if (player === 'frozenNow') await this.agent.setFrozen('newest');
    if (!isNewest()) return;
    this.player = player;
    this.seatPlayer();
  }

  private seatPlayer(): void {
    const { player, visible } = this;
    const isFrozen = player === 'frozenBest' || player === 'frozenNow';
    visible.setPlayer(
      player === 'person' ? controllers.person : isFrozen ? controllers.frozen : controllers.cast,
    );
  }
}
