import { Subscription } from 'rxjs';
import type { Thought } from '../../contract';
import { largeTypeScale } from '../../ui/kit/type-scale';
import { OverlayLayer } from '../../ui/overlay/overlay-layer';
import { TakenPlaces } from '../../ui/overlay/taken-places';
import { ThoughtCard } from '../../ui/overlay/thought-card';
import type { RunSession } from '../runs/run-session';
import { LiveSenses } from './live-senses';
import type { OverlayPorts } from './overlay-ports';
import type { CardPlace, SenseSource } from './sense-source';
import { SimulatedSenses } from './simulated-senses';

/** Thirty times a second at most: every second frame of a usual display, every one of a game that is drawn in software. */
const drawEveryMs = 30;
/** A frame that comes so long after the one before is late, and so much passes between two drawings then. */
const lateMs = 25;
const drawLateMs = 100;
/** So long without a frame of the game it is drawn without. */
const aloneAfterMs = 100;
/** So wide a picture has room for usual letters. */
const roomyPx = 420;

/** What senses were last drawn for. */
interface Drawn {
  readonly where: string;
  readonly thought: Thought | null;
  readonly ticks: number;
  readonly atMs: number;
}

/**
 * What the agent in focus senses and thinks, over the picture. It is drawn in frames in which the game is drawn: one more
 * in which the page is put together anew costs more than all that is drawn here.
 */
export class Overlay {
  private readonly ports: OverlayPorts;
  private readonly all = new Subscription();
  private readonly senses: OverlayLayer;
  private readonly card: ThoughtCard;
  private session: RunSession | null = null;
  private heard: Subscription = new Subscription();
  private source: SenseSource | null = null;
  private arena = -1;
  private thought: Thought | null = null;
  private readonly taken: TakenPlaces;
  private drawn: Drawn | null = null;
  private frameMs = 0;
  private intervalMs = 0;
  /** When the game last drew a frame. */
  private gameDrewMs = Number.NEGATIVE_INFINITY;

  constructor(ports: OverlayPorts) {
    const place = ports.window.document.querySelector<HTMLElement>('.game');
    if (place === null) throw new Error('There is no place for a game.');
    this.ports = ports;
    const isDrawnInSoftware = () => ports.screen.isDrawnInSoftware;
    this.senses = new OverlayLayer(place, isDrawnInSoftware);
    this.taken = new TakenPlaces(place);
    this.card = new ThoughtCard(place, this.taken, isDrawnInSoftware);
    this.all.add(
      ports.frames$.subscribe((nowMs) => {
        this.intervalMs = nowMs - this.frameMs;
        this.frameMs = nowMs;
        // Once everybody else has done what the frame brings.
        queueMicrotask(() => this.frame());
      }),
    );
    this.all.add(
      ports.screen.drawn$.subscribe(() => {
        this.gameDrewMs = this.frameMs;
        // Outside of the game's own step, whose time and chance may be others.
        queueMicrotask(() => this.draw());
      }),
    );
  }

  end(): void {
    this.all.unsubscribe();
    this.leave();
    this.senses.end();
    this.card.end();
  }

  private frame(): void {
    if (this.all.closed) return;
    const { session } = this.ports.desk;
    if (session !== this.session) this.join(session);
    this.follow();
    // Of a game that stands still, or is not there, what is switched on and off is seen all the same.
    if (this.frameMs - this.gameDrewMs > aloneAfterMs) this.draw();
  }

  private draw(): void {
    if (this.all.closed) return;
    const { store, play } = this.ports;
    const { overlay, status } = store.state;
    const { senses, frameMs } = this;
    const isHidden = play.isOnCourt || this.session === null || status.phase === 'starting';
    const place = this.source?.cardPlace(senses.size) ?? null;
    const isDrawn = this.drawSenses(isHidden || !overlay.parts.includes('senses'), place);
    const thought = isHidden ? null : this.thought;
    const { size } = senses;
    this.card.draw({
      thought,
      parts: overlay.parts,
      place,
      size,
      inSight: () => this.source?.keptInSight(size, thought) ?? [],
      nowMs: frameMs,
      typeScale: this.typeScaleIn(place),
      mayWait: isDrawn || this.isLate,
    });
  }

  /** Whether the page has no time to spare. */
  private get isLate(): boolean {
    return this.intervalMs > lateMs;
  }

  /** Large type grows with the picture: on a small one it would leave nothing of that. */
  private typeScaleIn(place: CardPlace | null): number {
    if (!this.ports.store.state.large || place === null) return 1;
    return Math.max(1, Math.min(largeTypeScale, place.widthPx / roomyPx));
  }

  /** As something moves or is decided, and not oftener than people see. @returns whether they were drawn anew. */
  private drawSenses(isHidden: boolean, place: CardPlace | null): boolean {
    const { senses, source, thought, drawn, frameMs } = this;
    if (isHidden || source === null || place === null) {
      senses.hide();
      this.drawn = null;
      return false;
    }
    const { xPx, yPx, widthPx, heightPx } = place;
    const typeScale = this.typeScaleIn(place);
    const where = [xPx, yPx, widthPx, heightPx, devicePixelRatio, typeScale].join(' ');
    const ticks = this.session?.played.ticks ?? 0;
    const isThere = drawn?.where === where;
    const isNews = drawn?.thought !== thought || drawn.ticks !== ticks;
    const everyMs = this.isLate ? drawLateMs : drawEveryMs;
    if (isThere && (!isNews || frameMs - drawn.atMs < everyMs)) return false;
    this.drawn = { where, thought, ticks, atMs: frameMs };
    const taken = [...this.taken.at(frameMs), ...this.card.places];
    senses.draw(source.draw(senses.size, thought, taken, typeScale), place);
    return true;
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
