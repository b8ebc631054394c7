import { type Senses, seatsOf, type Thought } from '../../contract';
import { loadSenses } from '../../game/load-senses';
import { layoutArenas } from '../../game/scenes/arena-layout';
import type { SceneFrame } from '../../game/scenes/scene-frame';
import type { Box } from '../../ui/overlay/box';
import type { DisplayList } from '../../ui/overlay/display-list';
import { FramePen } from '../../ui/overlay/frame-pen';
import { SightPen } from '../../ui/overlay/sight-pen';
import type { RunSession } from '../runs/run-session';
import type { CardPlace, SenseSource, SizePx } from './sense-source';

/** Along the upper edge it is written who plays and for how long. */
const captionPx = 34;

/** What the agent of a simulation's focused arena sees, at the moment that is drawn. */
export class SimulatedSenses implements SenseSource {
  readonly placed: number;
  private readonly session: Pick<RunSession, 'arenas' | 'run'>;
  private readonly focusedArena: () => number;
  private readonly pen = new FramePen();
  private readonly state: Float64Array;
  private loaded: { readonly senses: Senses; readonly sceneFrame: SceneFrame } | null = null;

  constructor(session: Pick<RunSession, 'arenas' | 'run'>, focusedArena: () => number) {
    this.session = session;
    this.focusedArena = focusedArena;
    this.placed = session.run.entry.spec.observationSpace.size;
    this.state = new Float64Array(session.arenas?.driver.environment.stateSize ?? 0);
    loadSenses(session.run.entry.spec.game).then(
      (loaded) => (this.loaded = loaded),
      // A game without any has thoughts all the same.
      () => {},
    );
  }

  draw(size: SizePx, thought: Thought | null, taken: readonly Box[], typeScale: number): DisplayList {
    const { loaded, session } = this;
    const items: DisplayList = [];
    if (loaded === null || session.arenas === null) return items;
    const seats = seatsOf(session.run.entry.spec);
    this.blend();
    const place = this.cardPlace(size);
    const { xPx, yPx, widthPx } = place;
    const caption = { xPx, yPx, widthPx, heightPx: captionPx * typeScale };
    const seat = (thought?.agent ?? 0) % seats;
    const frame = loaded.sceneFrame.of(place);
    const sight = new SightPen(frame, place, 'middle');
    loaded.senses.draw(sight, this.state, seat);
    this.pen.begin(items, frame, place, [...taken, caption, ...sight.boxes], typeScale);
    loaded.senses.draw(this.pen, this.state, seat);
    return items;
  }

  keptInSight(size: SizePx, thought: Thought | null): readonly Box[] {
    const { loaded, session } = this;
    if (loaded === null || session.arenas === null) return [];
    this.blend();
    const place = this.cardPlace(size);
    const pen = new SightPen(loaded.sceneFrame.of(place), place, 'whole');
    loaded.senses.draw(pen, this.state, (thought?.agent ?? 0) % seatsOf(session.run.entry.spec));
    return pen.boxes;
  }

  cardPlace({ widthPx, heightPx }: SizePx): CardPlace {
    const { loaded, session } = this;
    const arenas = session.arenas?.driver.environment.arenas ?? 1;
    const { tileAspect = 1, focusAspect } = loaded?.sceneFrame ?? {};
    const { focus } = layoutArenas(widthPx, heightPx, arenas, tileAspect, focusAspect);
    return { ...focus, corner: 'top' };
  }

  /** As the scene draws it, between the last two states. */
  private blend(): void {
    const { driver } = this.session.arenas!; // asked for where there are arenas
    const { states, previousStates, stateSize } = driver.environment;
    const first = this.focusedArena() * stateSize;
    const share = driver.blend();
    for (let i = 0; i < stateSize; i++) {
      const before = previousStates[first + i]!;
      this.state[i] = before + (states[first + i]! - before) * share;
    }
  }
}
