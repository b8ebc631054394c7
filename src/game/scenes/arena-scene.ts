import Phaser from 'phaser';
import arrowheadUrl from '../../../assets/marks/arrowhead.svg?url&no-inline';
import chevronUrl from '../../../assets/marks/chevron.svg?url&no-inline';
import crossUrl from '../../../assets/marks/cross.svg?url&no-inline';
import glowUrl from '../../../assets/marks/glow.svg?url&no-inline';
import ringUrl from '../../../assets/marks/ring.svg?url&no-inline';
import starUrl from '../../../assets/marks/star.svg?url&no-inline';
import type { EpisodeEnding, Stage } from '../../contract';
import { paintGround } from './arena-ground';
import { type ArenaLayout, arenaAt, layoutArenas, type Rectangle } from './arena-layout';
import { ArenaTexts } from './arena-texts';
import type { CanvasPair } from './canvas-pair';
import { Flourish, type Verdict } from './flourish';
import { PaintedTextures } from './painted-textures';
import { type Palette, paletteOf, playerSigns } from './palette';
import type { PictureSize } from './picture-size';
import { canvasesOf } from './scene-factory';
import { TileMarks } from './tile-marks';

/** A vector image to load: its file holds this many pixels a side, `scale` times as many are rasterised. */
export interface ArtFile {
  readonly key: string;
  readonly url: string;
  readonly scale: number;
}

/** One moment of one arena, blended between two ticks. The same object each frame. */
export interface ArenaMoment {
  readonly arena: number;
  /** Present state and the one before, of this arena. */
  readonly state: Float64Array;
  readonly previousState: Float64Array;
  /** Action in force. */
  readonly action: Float32Array;
  /** 0 at the previous state, 1 at the present one. */
  readonly blend: number;
  /** Wall time since the last frame. */
  readonly elapsedMs: number;
  /** Colour of who plays it. */
  readonly playerColour: number;
  /** True when motion that only pleases is to be left out. */
  readonly calm: boolean;
}

/** The focused arena's view. */
export interface FocusView {
  /** Stands in a new rectangle or under a new theme: paints what moves. */
  arrange(rectangle: Rectangle, palette: Palette, textures: PaintedTextures): void;
  /**
   * Paints what never moves, once `arrange` was called, onto the canvas that lies behind everything.
   *
   * @param typeScale how much larger letters are than usual.
   */
  paintGround(context: CanvasRenderingContext2D, palette: Palette, typeScale: number): void;
  draw(moment: ArenaMoment): void;
  /** The point at which an ending is marked, and the size of what stands there, in CSS pixels. */
  endingPoint(): { readonly xPx: number; readonly yPx: number; readonly sizePx: number };
  /** Another arena came into focus: forget what was smoothed over time. */
  settle(): void;
  /** Its episode ended; called before anything of the next one is drawn. */
  ended?(ending: EpisodeEnding): void;
  /** Leaves the last pose behind for a moment. */
  leaveGhost?(): void;
  /** Moves everything aside, for a shake. */
  shift?(byPx: number): void;
}

/** All tiles' views at once, since tiles share their textures. */
export interface TileViews {
  arrange(rectangles: readonly Rectangle[], palette: Palette, textures: PaintedTextures): void;
  /** Paints what never moves of one tile. */
  paintGround(context: CanvasRenderingContext2D, rectangle: Rectangle, palette: Palette): void;
  draw(moment: ArenaMoment): void;
}

/** What a game brings to the shared scene. */
export interface SceneArt {
  readonly files: readonly ArtFile[];
  /** Width over height of a tile. */
  readonly tileAspect: number;
  /** Width over height at which the whole of the focused arena shows something; for games that do not fill any. */
  readonly focusAspect?: number;
  readonly timeLimitTicks: number;
  readonly tickMs: number;
  createFocusView(scene: Phaser.Scene): FocusView;
  createTileViews(scene: Phaser.Scene, arenas: number): TileViews;
  /** How an ending is to be shown, given the state last drawn. */
  verdict(ending: EpisodeEnding, lastState: Float64Array): Verdict;
}

/** What is drawn over what. */
export const depths = { scenery: 10, pieces: 20, tiles: 40, flourish: 60, text: 70 } as const;

const markFiles: readonly ArtFile[] = [
  { key: 'mark-arrowhead', url: arrowheadUrl, scale: 1 },
  { key: 'mark-chevron', url: chevronUrl, scale: 1 },
  { key: 'mark-cross', url: crossUrl, scale: 2 },
  { key: 'mark-glow', url: glowUrl, scale: 1 },
  { key: 'mark-ring', url: ringUrl, scale: 3 },
  { key: 'mark-star', url: starUrl, scale: 2 },
];
/** Episodes can end many times a second; what is shown of it keeps this apart. */
const flourishEveryMs: Readonly<Record<Verdict, number>> = { success: 450, failure: 1500, neutral: 450 };

/** What the picture was last arranged for. */
interface Arrangement {
  readonly size: PictureSize;
  readonly theme: 'dark' | 'light';
  readonly repaint: number;
  readonly typeScale: number;
}

/** All tiles, and the page's marks on them. */
interface Tiles {
  readonly views: TileViews;
  readonly marks: TileMarks;
}

/**
 * The scene that all games share: the focused arena large, every arena as a tile beside it, texts and flourishes.
 * It reads the stage, draws, and changes nothing but the focus.
 */
export class ArenaScene extends Phaser.Scene {
  private readonly stage: Stage;
  private readonly art: SceneArt;
  private readonly moments: { -readonly [Key in keyof ArenaMoment]: ArenaMoment[Key] }[];
  /** As last drawn, `[N, stateSize]`: an ended arena's states are already the next episode's. */
  private readonly drawnStates: Float64Array;
  private layout: ArenaLayout = { focus: { xPx: 0, yPx: 0, widthPx: 1, heightPx: 1 }, tiles: [] };
  private palette: Palette = paletteOf('dark');
  private arranged: Arrangement | null = null;
  private focused = -1;
  /** Whether the arena in focus has been drawn, so that its pieces stand where they are. */
  private isFocusDrawn = false;
  /** How often the stage had jumped when it was last drawn. */
  private seenCuts = 0;
  private sinceFlourishMs = Number.POSITIVE_INFINITY;
  private calm = false;

  private canvases!: CanvasPair;
  private painted!: PaintedTextures;
  private focusView!: FocusView;
  private texts!: ArenaTexts;
  private flourish!: Flourish;
  /** Null where there is only one arena. */
  private tiles: Tiles | null = null;

  constructor(stage: Stage, art: SceneArt) {
    super({ key: 'arenas' });
    this.stage = stage;
    this.art = art;
    const { arenas, stateSize } = stage;
    const actionSize = stage.actions.length / arenas;
    this.drawnStates = stage.states.slice();
    this.moments = Array.from({ length: arenas }, (_, arena) => ({
      arena,
      state: stage.states.subarray(arena * stateSize, (arena + 1) * stateSize),
      previousState: stage.previousStates.subarray(arena * stateSize, (arena + 1) * stateSize),
      action: stage.actions.subarray(arena * actionSize, (arena + 1) * actionSize),
      blend: 1,
      elapsedMs: 0,
      playerColour: 0xffffff,
      calm: false,
    }));
  }

  preload(): void {
    for (const { key, url, scale } of [...markFiles, ...this.art.files]) {
      // A scene before this one may have brought it.
      if (!this.textures.exists(key)) this.load.svg(key, url, { scale });
    }
  }

  create(): void {
    const { arenas } = this.stage;
    this.painted = new PaintedTextures(this, 'painted');
    this.cameras.main.setOrigin(0, 0);
    this.canvases = canvasesOf(this);
    this.calm = this.stage.reducedMotion();
    this.focusView = this.art.createFocusView(this);
    if (arenas > 1) {
      this.tiles = {
        views: this.art.createTileViews(this, arenas),
        marks: new TileMarks(this, arenas, depths.tiles + 5),
      };
    }
    this.flourish = new Flourish(this, depths.flourish);
    this.texts = new ArenaTexts(this, depths);
    this.listen();
  }

  override update(_timeMs: number, deltaMs: number): void {
    const { size, repaintsRequired: repaint } = this.canvases;
    if (size === null) return;
    const wanted = { size, theme: this.stage.theme(), repaint, typeScale: this.stage.typeScale?.() ?? 1 };
    if (!isSame(wanted, this.arranged)) {
      this.arranged = wanted;
      this.arrange(wanted);
    }
    const elapsedMs = Math.min(deltaMs, 100);
    this.followFocus();
    this.showEndings(elapsedMs);
    this.drawArenas(elapsedMs);
    this.writeTexts(elapsedMs);
  }

  /**
   * The page's own clicks rather than Phaser's pointers: a finger that scrolls the page is no click, and the canvas's
   * place is asked for when it matters.
   */
  private listen(): void {
    const { canvas } = this.game;
    const focusAt = ({ clientX, clientY }: MouseEvent) => {
      const { left, top } = canvas.getBoundingClientRect();
      const arena = arenaAt(this.layout, clientX - left, clientY - top);
      if (arena !== null && arena !== this.stage.focusedArena()) this.stage.focus(arena);
    };
    canvas.addEventListener('click', focusAt);
    this.events.once(Phaser.Scenes.Events.DESTROY, () => {
      canvas.removeEventListener('click', focusAt);
      this.painted.dispose();
    });
  }

  private arrange({ size, theme, typeScale }: Arrangement): void {
    const { painted, stage, art, tiles } = this;
    const palette = paletteOf(theme);
    const { widthPx, heightPx, pixelRatio } = size;
    const layout = layoutArenas(widthPx, heightPx, stage.arenas, art.tileAspect, art.focusAspect);
    this.palette = palette;
    this.layout = layout;
    this.cameras.main.setZoom(pixelRatio);
    painted.begin(pixelRatio);
    this.texts.arrange(layout.focus, palette, painted, { pixelRatio, typeScale });
    this.focusView.arrange(layout.focus, palette, painted);
    this.flourish.hide();
    tiles?.marks.arrange(layout.tiles, painted);
    tiles?.views.arrange(layout.tiles, palette, painted);
    const context = this.canvases.beginGround();
    if (context !== null) {
      paintGround(context, size, layout, palette, {
        paintFocus: (focus) => this.focusView.paintGround(focus, palette, typeScale),
        paintTile: (tile, rectangle) => tiles?.views.paintGround(tile, rectangle, palette),
      });
    }
    painted.finish();
    this.focused = -1;
  }

  private followFocus(): void {
    const arena = Math.min(Math.max(0, this.stage.focusedArena()), this.stage.arenas - 1);
    const cuts = this.stage.cuts?.() ?? 0;
    if (arena === this.focused && cuts === this.seenCuts) return;
    this.focused = arena;
    this.isFocusDrawn = false;
    this.seenCuts = cuts;
    this.texts.renew();
    this.focusView.settle();
    this.flourish.hide();
    this.tiles?.marks.focus(arena);
  }

  private showEndings(elapsedMs: number): void {
    const { stage, art, palette } = this;
    this.sinceFlourishMs += elapsedMs;
    for (const ending of stage.takeEndings()) {
      const { arena } = ending;
      const from = arena * stage.stateSize;
      const verdict = art.verdict(ending, this.drawnStates.subarray(from, from + stage.stateSize));
      this.tiles?.marks.ended(arena, verdict, palette[verdict]);
      if (arena === this.focused) this.showFocusEnding(ending, verdict);
    }
    this.flourish.update(elapsedMs);
    this.focusView.shift?.(this.flourish.shakePx());
  }

  private showFocusEnding(ending: EpisodeEnding, verdict: Verdict): void {
    const { focusView, palette } = this;
    focusView.ended?.(ending);
    // What ended before anybody saw it has no place.
    if (!this.isFocusDrawn || this.sinceFlourishMs < flourishEveryMs[verdict]) return;
    this.sinceFlourishMs = 0;
    const { xPx, yPx, sizePx } = focusView.endingPoint();
    this.flourish.start(verdict, xPx, yPx, sizePx, palette[verdict], this.calm);
    if (verdict === 'failure') focusView.leaveGhost?.();
  }

  private drawArenas(elapsedMs: number): void {
    const { stage, tiles } = this;
    const blend = stage.blend();
    for (const moment of this.moments) {
      moment.blend = blend;
      moment.elapsedMs = elapsedMs;
      moment.calm = this.calm;
      moment.playerColour = playerSigns(this.palette, stage.controller(moment.arena)).colour;
      tiles?.views.draw(moment);
    }
    const focus = this.moments[this.focused]!;
    tiles?.marks.update(elapsedMs, focus.playerColour);
    this.focusView.draw(focus);
    this.isFocusDrawn = true;
    this.drawnStates.set(stage.states);
  }

  private writeTexts(elapsedMs: number): void {
    const { stage, art, palette, focused } = this;
    const wasWritten = this.texts.update(elapsedMs, {
      arena: focused,
      player: playerSigns(palette, stage.controller(focused)),
      ticks: stage.episodeTicks[focused]!,
      timeLimitTicks: art.timeLimitTicks,
      tickMs: art.tickMs,
      isShown: (stage.match?.() ?? null) === null && stage.captions?.() !== false,
    });
    // Asking the browser costs too much for every frame.
    if (wasWritten) this.calm = stage.reducedMotion();
  }
}

function isSame(wanted: Arrangement, present: Arrangement | null): boolean {
  return (
    wanted.size === present?.size &&
    wanted.theme === present.theme &&
    wanted.repaint === present.repaint &&
    wanted.typeScale === present.typeScale
  );
}
