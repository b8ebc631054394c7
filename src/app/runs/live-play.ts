import { Observable, Subject, Subscription } from 'rxjs';
import { controllers, type EpisodeEnding, PlaytrainError } from '../../contract';
import type { VisibleGame } from '../../phaser/visible-game';
import type { DriveEvent } from '../../streams/drive';
import type { RunView } from '../../ui/shell/page-state';
import type { Agent } from './agent';
import type { Played, Transport } from './played';

/** Somebody's own game in a session: seen once, at its own pace, and learned from in its twin. */
export class LivePlay implements Played {
  readonly ended$: Observable<readonly EpisodeEnding[]>;
  readonly lateDecisions = 0;
  readonly isEased = false;
  private readonly visible: VisibleGame;
  private readonly agent: Agent;
  private readonly ended = new Subject<readonly EpisodeEnding[]>();
  private recorded: number | null = null;
  private player: RunView['focusPlayer'] = 'newest';
  private playerWishes = 0;

  constructor(visible: VisibleGame, agent: Agent) {
    this.visible = visible;
    this.agent = agent;
    this.ended$ = this.ended;
  }

  get decisions(): number | null {
    return this.recorded;
  }

  get ticks(): number {
    return this.visible.steps;
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
          if (event.kind === 'restarted' && agent.collectors === 0) {
            // What acts in the game that is seen knows of no reward: there is nothing to learn from any more.
            agent.setLearning(false).catch(() => {});
            events.next({ kind: 'stopped', error: new PlaytrainError('worker-lost', event.message) });
          }
        }),
      );
      visible.onEndings = (endings) => this.ended.next(endings);
      all.add(() => {
        visible.isRunning = false;
        visible.onEndings = () => {};
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
    visible.isRunning = running;
    agent.spareCollector(true);
    // Workers that are lost meanwhile are told when they are back.
    agent.setPaused(!running).catch(() => {});
    agent.setLockstep(false).catch(() => {});
  }

  setPace(): void {}

  setVisible(): void {}

  step(): void {
    this.visible.step();
  }

  async setPlayer(
    _focusedArena: number,
    player: RunView['focusPlayer'],
    best: Uint8Array<ArrayBuffer> | null,
  ): Promise<void> {
    this.playerWishes += 1;
    const wish = this.playerWishes;
    if (player === 'frozenBest' && best !== null) await this.agent.setFrozen(best);
    if (player === 'frozenNow') await this.agent.setFrozen('newest');
    if (wish !== this.playerWishes) return;
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
