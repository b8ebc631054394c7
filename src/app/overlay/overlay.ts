import { Subscription } from 'rxjs';
import type { Thought } from '../../contract';
import { largeTypeScale } from '../../ui/kit/type-scale';
import { OverlayCanvas } from '../../ui/overlay/overlay-canvas';
import { TakenPlaces } from '../../ui/overlay/taken-places';
import { ThoughtCard } from '../../ui/overlay/thought-card';
import type { RunSession } from '../runs/run-session';
import { LiveSenses } from './live-senses';
import type { OverlayPorts } from './overlay-ports';
import type { CardPlace, SenseSource } from './sense-source';
import { SimulatedSenses } from './simulated-senses';

/** Thirty times a second. */
const drawEveryMs = 33;
/** So wide a picture has room for usual letters. */
const roomyPx = 420;

/** What the agent in focus senses and thinks, over the picture, frame by frame. */
export class Overlay {
  private readonly ports: OverlayPorts;
  private readonly all = new Subscription();
  private readonly senses: OverlayCanvas;
  private readonly card: ThoughtCard;
  private session: RunSession | null = null;
  private heard: Subscription = new Subscription();
  private source: SenseSource | null = null;
  private arena = -1;
  private thought: Thought | null = null;
  private readonly taken: TakenPlaces;
  private drawn: {
    readonly where: string;
    readonly thought: Thought | null;
    readonly ticks: number;
    readonly atMs: number;
  } | null = null;

  constructor(ports: OverlayPorts) {
    const place = ports.window.document.querySelector<HTMLElement>('.game');
    if (place === null) throw new Error('There is no place for a game.');
    this.ports = ports;
    this.senses = new OverlayCanvas(place, 'overlay-senses');
    this.taken = new TakenPlaces(place);
    this.card = new ThoughtCard(place, this.taken);
    this.all.add(
      ports.frames$.subscribe((nowMs) => {
        // Once everybody else has done what the frame brings.
        queueMicrotask(() => this.frame(nowMs));
      }),
    );
  }

  end(): void {
    this.all.unsubscribe();
    this.leave();
    this.senses.end();
    this.card.end();
  }

  private frame(nowMs: number): void {
    if (this.all.closed) return;
    const { desk, store, play } = this.ports;
    const { overlay, status } = store.state;
    if (desk.session !== this.session) this.join(desk.session);
    this.follow();
    const isHidden = play.isOnCourt || this.session === null || status.phase === 'starting';
    const place = this.source?.cardPlace(this.senses.size) ?? null;
    this.drawSenses(isHidden || !overlay.parts.includes('senses'), place, nowMs);
    const thought = isHidden ? null : this.thought;
    const { size } = this.senses;
    const inSight = () => this.source?.keptInSight(size, thought) ?? [];
    this.card.draw(thought, overlay.parts, place, size, inSight, nowMs, this.typeScaleIn(place));
  }

  /** Large type grows with the picture: on a small one it would leave nothing of that. */
  private typeScaleIn(place: CardPlace | null): number {
    if (!this.ports.store.state.large || place === null) return 1;
    return Math.max(1, Math.min(largeTypeScale, place.widthPx / roomyPx));
  }

  /** As something moves or is decided, and not oftener than people see. */
  private drawSenses(isHidden: boolean, place: CardPlace | null, nowMs: number): void {
    const { senses, source, thought, drawn } = this;
    if (isHidden || source === null || place === null) {
      senses.begin(true);
      this.drawn = null;
      return;
    }
    const { xPx, yPx, widthPx, heightPx } = place;
    const typeScale = this.typeScaleIn(place);
    const where = [xPx, yPx, widthPx, heightPx, devicePixelRatio, typeScale].join(' ');
    const ticks = this.session?.played.ticks ?? 0;
    const isThere = drawn?.where === where;
    const isNews = drawn?.thought !== thought || drawn.ticks !== ticks;
    if (isThere && (!isNews || nowMs - drawn.atMs < drawEveryMs)) return;
    this.drawn = { where, thought, ticks, atMs: nowMs };
    const context = senses.begin(false, place);
    if (context === null) return;
    const taken = [...this.taken.at(nowMs), ...this.card.places];
    source.draw(context, senses.size, thought, taken, typeScale);
  }

  private join(session: RunSession | null): void {
    this.leave();
    this.session = session;
    if (session === null) return;
    const { entry } = session.run;
    this.source =
      entry.kind === 'live'
        ? new LiveSenses(entry)
        : new SimulatedSenses(session, () => this.ports.store.state.focusedArena);
    this.card.begin(entry.spec, this.source.placed);
    this.heard = session.agent.thoughts$.subscribe((thought) => {
      this.thought = thought;
      this.card.heard(thought);
    });
  }

  /** The agent tells of the arena in focus. */
  private follow(): void {
    const { session } = this;
    const arena = session === null ? -1 : this.ports.store.state.focusedArena;
    if (session === null || arena === this.arena) return;
    this.arena = arena;
    this.thought = null;
    session.agent.setThinking(arena).catch(() => {});
  }

  private leave(): void {
    this.session?.agent.setThinking(null).catch(() => {});
    this.heard.unsubscribe();
    this.session = null;
    this.source = null;
    this.arena = -1;
    this.thought = null;
  }
}
