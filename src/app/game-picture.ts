import type { Stage } from '../contract';
import { pictureTexts } from '../texts/picture';
import { largeTypeScale } from '../ui/kit/type-scale';
import { prefersReducedMotion, resolvedTheme } from '../ui/shell/theme';
import { createStage, type StageLooks } from './game-stage';
import type { Loading } from './loading/loading';
import type { RunSession } from './runs/run-session';
import type { Screen } from './screen';
import { failureNotice, type NoticeBoard } from './shell/notice-board';
import type { PageStore } from './shell/page-store';

export interface GamePicturePorts {
  readonly store: PageStore;
  readonly board: NoticeBoard;
  readonly screen: Pick<Screen, 'show' | 'showLive'>;
  readonly loading: Pick<Loading, 'until'>;
  /** Of the run in front; null before the first. */
  readonly session: () => Pick<RunSession, 'arenas' | 'run' | 'view'> | null;
  readonly focusArena: (arena: number) => void;
}

/**
 * What may lie over the run's arenas, each put there and taken away by one part of the page, the topmost last: a game
 * that a program plays, a moment of an update, a match.
 */
const layers = ['served', 'moment', 'match'] as const;
export type PictureLayer = (typeof layers)[number];

/** What is seen of the run in front: its arenas, or what lies over them; and what to say where nothing is. */
export class GamePicture {
  /** How everything is drawn, as it is wished now. */
  readonly looks: StageLooks;
  private readonly ports: GamePicturePorts;
  private readonly over = new Map<PictureLayer, Stage>();

  constructor(ports: GamePicturePorts) {
    this.ports = ports;
    this.looks = {
      theme: () => resolvedTheme(ports.store.state.theme),
      reducedMotion: prefersReducedMotion,
      typeScale: () => (ports.store.state.large ? largeTypeScale : 1),
    };
  }

  /** Puts a stage into a layer, or, for null, takes what is there away; what is topmost then is drawn. */
  put(layer: PictureLayer, stage: Stage | null): void {
    const before = this.topmost;
    if (stage === null) this.over.delete(layer);
    else this.over.set(layer, stage);
    if (this.topmost !== before) this.draw();
  }

  /** Draws what is topmost anew, as where another session is in front. */
  draw(): void {
    const { screen, loading, board } = this.ports;
    const session = this.ports.session();
    if (session === null) return;
    const { entry } = session.run;
    const shown =
      entry.kind === 'live'
        ? screen.showLive(entry.visible)
        : screen.show(entry.spec.game, this.topmost ?? this.arenasOf(session));
    loading.until(shown);
    shown.then(
      () => board.settled('scene'),
      (error: unknown) => board.tell(failureNotice('scene', error)),
    );
  }

  /** The browser took the picture away and does not give it back; or it did after all. */
  tellLost(isLost: boolean): void {
    const { board } = this.ports;
    const actions = [{ label: pictureTexts.reload, intent: { kind: 'reload' } }] as const;
    if (isLost) board.tell({ id: 'picture', severity: 'error', message: pictureTexts.lost, actions });
    else board.settled('picture');
  }

  /** Null where the arenas are seen. */
  private get topmost(): Stage | null {
    const layer = layers.findLast((each) => this.over.has(each));
    return layer === undefined ? null : (this.over.get(layer) ?? null);
  }

  private arenasOf(session: Pick<RunSession, 'arenas' | 'view'>): Stage {
    const { arenas } = session;
    if (arenas === null) throw new Error('A live game has no arenas to draw.');
    // What ended while a match was drawn is no news any more.
    arenas.takeEndings();
    return createStage(arenas, {
      ...this.looks,
      focusedArena: () => session.view.focusedArena,
      focus: (arena) => this.ports.focusArena(arena),
    });
  }
}
