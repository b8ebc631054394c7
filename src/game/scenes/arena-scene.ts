import Phaser from 'phaser';
import arrowheadUrl from '../../../assets/marks/arrowhead.svg?url&no-inline';
import chevronUrl from '../../../assets/marks/chevron.svg?url&no-inline';
import crossUrl from '../../../assets/marks/cross.svg?url&no-inline';
import glowUrl from '../../../assets/marks/glow.svg?url&no-inline';
import ringUrl from '../../../assets/marks/ring.svg?url&no-inline';
import starUrl from '../../../assets/marks/star.svg?url&no-inline';
import type { EpisodeEnding, Stage } from '../../contract';
import { type ArenaLayout, arenaAt, layoutArenas, type Rectangle } from './arena-layout';
import type { CanvasPair } from './canvas-pair';
import { Flourish, type Verdict } from './flourish';
import { arc, PaintedTextures, type Painter, roundRectangle } from './painted-textures';
import { cssColour, type Palette, paletteOf, playerSigns } from './palette';
import type { PictureSize } from './picture-size';
import { canvasesOf } from './scene-factory';

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
  /** Paints what never moves, once `arrange` was called, onto the canvas that lies behind everything. */
  paintGround(context: CanvasRenderingContext2D, palette: Palette): void;
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
const textFamily = 'ui-sans-serif, system-ui, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif';
/** Texts are drawn anew this often at most; a frame's figures cannot be read anyway. */
const textEveryMs = 100;
const tileMarkMs = 700;
/** Episodes can end many times a second; what is shown of it keeps this apart. */
const flourishEveryMs: Readonly<Record<Verdict, number>> = { success: 450, failure: 1500, neutral: 450 };
const progressPx = 4;

interface Arrangement {
  readonly size: PictureSize;
  readonly theme: 'dark' | 'light';
  readonly repaint: number;
}

/**
 * The scene that all games share: the focused arena large, every arena as a tile beside it, labels and flourishes.
 * It reads the stage, draws, and changes nothing but the focus.
 */
export class ArenaScene extends Phaser.Scene {
  private readonly stage: Stage;
  private readonly art: SceneArt;
  private layout: ArenaLayout = { focus: { xPx: 0, yPx: 0, widthPx: 1, heightPx: 1 }, tiles: [] };
  private palette: Palette = paletteOf('dark');
  /** What the picture was last arranged for. */
  private arranged: Arrangement | null = null;
  private focused = -1;
  private sinceTextMs = Number.POSITIVE_INFINITY;
  private sinceFlourishMs = Number.POSITIVE_INFINITY;
  private reducedMotion = false;

  private focusView!: FocusView;
  private tileViews!: TileViews;
  private flourish!: Flourish;
  private canvases!: CanvasPair;
  private progress!: Phaser.GameObjects.Image;
  private title!: Phaser.GameObjects.Text;
  private steps!: Phaser.GameObjects.Text;
  private playerDot!: Phaser.GameObjects.Image;
  private tileMarks: Phaser.GameObjects.Image[] = [];
  private outline!: Phaser.GameObjects.Image;
  private painted!: PaintedTextures;
  private readonly moments: { -readonly [Key in keyof ArenaMoment]: ArenaMoment[Key] }[];
  /** As last drawn, `[N, stateSize]`: an ended arena's states are already the next episode's. */
  private readonly drawnStates: Float64Array;
  private readonly tileMarkLeftMs: Float64Array; // [N]

  constructor(stage: Stage, art: SceneArt) {
    super({ key: 'arenas' });
    this.stage = stage;
    this.art = art;
    const { arenas, stateSize } = stage;
    const actionSize = stage.actions.length / arenas;
    this.drawnStates = stage.states.slice();
    this.tileMarkLeftMs = new Float64Array(arenas);
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
    const image = (depth: number) => this.add.image(0, 0, '__WHITE').setDepth(depth).setOrigin(0, 0);
    this.canvases = canvasesOf(this);
    this.progress = image(depths.scenery).setOrigin(0, 1);
    this.focusView = this.art.createFocusView(this);
    if (arenas > 1) {
      this.tileViews = this.art.createTileViews(this, arenas);
      this.tileMarks = Array.from({ length: arenas }, () =>
        this.add
          .image(0, 0, 'mark-star')
          .setDepth(depths.tiles + 5)
          .setVisible(false),
      );
      this.outline = image(depths.tiles + 8);
    }
    this.flourish = new Flourish(this, depths.flourish);
    this.playerDot = image(depths.text).setOrigin(0, 0.5);
    const text = () => this.add.text(0, 0, '', { fontFamily: textFamily }).setDepth(depths.text);
    this.title = text().setFontStyle('600');
    this.steps = text();

    // The page's own clicks rather than Phaser's pointers: a finger that scrolls the page is no click, and the canvas's
    // place is asked for when it matters.
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

  override update(_timeMs: number, deltaMs: number): void {
    const { size, repaintsRequired: repaint } = this.canvases;
    if (size === null) return;
    const theme = this.stage.theme();
    const { arranged } = this;
    if (size !== arranged?.size || theme !== arranged.theme || repaint !== arranged.repaint) {
      this.arranged = { size, theme, repaint };
      this.arrange(size, paletteOf(theme));
    }
    const elapsedMs = Math.min(deltaMs, 100);
    this.followFocus();
    this.showEndings(elapsedMs);
    this.drawArenas(elapsedMs);
    this.writeTexts(elapsedMs);
  }

  private arrange({ widthPx, heightPx, pixelRatio }: PictureSize, palette: Palette): void {
    this.palette = palette;
    this.layout = layoutArenas(widthPx, heightPx, this.stage.arenas, this.art.tileAspect);
    this.cameras.main.setZoom(pixelRatio);
    this.painted.begin(pixelRatio);
    this.arrangeFocus(pixelRatio);
    if (this.stage.arenas > 1) this.arrangeTiles();
    this.paintGround(widthPx, heightPx);
    this.painted.finish();
    this.focused = -1;
    this.sinceTextMs = Number.POSITIVE_INFINITY;
  }

  /** All that stands still is painted once, on the canvas behind: a layer over the whole of it costs a frame dearly. */
  private paintGround(widthPx: number, heightPx: number): void {
    const context = this.canvases.beginGround();
    if (context === null) return;
    context.imageSmoothingQuality = 'high';
    this.groundPainter()(context, widthPx, heightPx);
  }

  private groundPainter(): Painter {
    const { layout, palette } = this;
    const fill = (context: CanvasRenderingContext2D, rectangle: Rectangle, radiusPx: number) => {
      const { xPx, yPx, widthPx, heightPx } = rectangle;
      roundRectangle(context, xPx + 0.5, yPx + 0.5, widthPx - 1, heightPx - 1, radiusPx);
      context.fill();
      context.strokeStyle = cssColour(palette.line);
      context.stroke();
    };
    return (context, widthPx, heightPx) => {
      context.fillStyle = cssColour(palette.ground);
      context.fillRect(0, 0, widthPx, heightPx);

      const { focus, tiles } = layout;
      const gradient = context.createLinearGradient(0, focus.yPx, 0, focus.yPx + focus.heightPx);
      gradient.addColorStop(0, cssColour(palette.panel));
      gradient.addColorStop(1, cssColour(palette.panelShade));
      context.fillStyle = gradient;
      fill(context, focus, 8);
      context.save();
      this.focusView.paintGround(context, palette);
      context.restore();

      for (const tile of tiles) {
        context.fillStyle = cssColour(palette.panel);
        fill(context, tile, 5);
        context.save();
        this.tileViews.paintGround(context, tile, palette);
        context.restore();
      }
    };
  }

  private arrangeFocus(ratio: number): void {
    const { focus } = this.layout;
    const { palette, painted } = this;
    this.progress.setPosition(focus.xPx + 8, focus.yPx + focus.heightPx - 6);

    const small = focus.widthPx < 420;
    const sizePx = small ? 13 : 15;
    for (const text of [this.title, this.steps]) {
      // A halo, since what is behind may be of any colour: a sky, a cloud, the sun.
      text
        .setResolution(ratio)
        .setFontSize(sizePx)
        .setColor(cssColour(palette.text))
        .setStroke(cssColour(palette.panel), 3);
    }
    painted.paint(
      'dot',
      10,
      10,
      (context) => {
        arc(context, 5, 5, 4.5);
        context.fillStyle = '#ffffff';
        context.fill();
      },
      [this.playerDot],
    );
    const lineY = focus.yPx + 12;
    this.playerDot.setPosition(focus.xPx + 14, lineY + sizePx / 2 + 2);
    this.title.setPosition(focus.xPx + 30, lineY);
    this.steps.setOrigin(1, 0).setPosition(focus.xPx + focus.widthPx - 14, lineY);
    this.focusView.arrange(focus, palette, painted);
    this.flourish.hide();
  }

  private arrangeTiles(): void {
    const { tiles } = this.layout;
    const { palette, painted } = this;
    const { widthPx, heightPx } = tiles[0]!;
    painted.paint(
      'outline',
      widthPx + 6,
      heightPx + 6,
      (context) => {
        context.lineWidth = 2.5;
        context.strokeStyle = '#ffffff';
        roundRectangle(context, 1.5, 1.5, widthPx + 3, heightPx + 3, 7);
        context.stroke();
      },
      [this.outline],
    );
    tiles.forEach((tile, arena) => {
      // In a corner: where episodes are short there is always a mark, and it must not hide the game.
      const markPx = Math.max(9, Math.min(tile.widthPx, tile.heightPx) * 0.24);
      const insetPx = markPx / 2 + 4;
      this.tileMarks[arena]!.setPosition(
        tile.xPx + tile.widthPx - insetPx,
        tile.yPx + insetPx,
      ).setDisplaySize(markPx, markPx);
    });
    this.tileViews.arrange(tiles, palette, painted);
  }

  private followFocus(): void {
    const arena = Math.min(Math.max(0, this.stage.focusedArena()), this.stage.arenas - 1);
    if (arena === this.focused) return;
    this.focused = arena;
    this.sinceTextMs = Number.POSITIVE_INFINITY;
    this.focusView.settle();
    this.flourish.hide();
    const tile = this.layout.tiles[arena];
    if (tile !== undefined) this.outline.setPosition(tile.xPx - 3, tile.yPx - 3);
  }

  private showEndings(elapsedMs: number): void {
    const { stage, art, palette } = this;
    this.sinceFlourishMs += elapsedMs;
    for (const ending of stage.takeEndings()) {
      const { arena } = ending;
      const from = arena * stage.stateSize;
      const verdict = art.verdict(ending, this.drawnStates.subarray(from, from + stage.stateSize));
      const colour = palette[verdict];
      const mark = this.tileMarks[arena];
      if (mark !== undefined && verdict !== 'neutral') {
        mark.setTexture(verdict === 'failure' ? 'mark-cross' : 'mark-star').setTint(colour);
        this.tileMarkLeftMs[arena] = tileMarkMs;
      }
      if (arena === this.focused) this.focusView.ended?.(ending);
      if (arena === this.focused && this.sinceFlourishMs >= flourishEveryMs[verdict]) {
        this.sinceFlourishMs = 0;
        const { xPx, yPx, sizePx } = this.focusView.endingPoint();
        this.flourish.start(verdict, xPx, yPx, sizePx, colour, this.reducedMotion);
        if (verdict === 'failure') this.focusView.leaveGhost?.();
      }
    }
    this.flourish.update(elapsedMs);
    this.focusView.shift?.(this.flourish.shakePx());
    this.tileMarks.forEach((mark, arena) => {
      const leftMs = Math.max(0, this.tileMarkLeftMs[arena]! - elapsedMs);
      this.tileMarkLeftMs[arena] = leftMs;
      mark.setVisible(leftMs > 0).setAlpha(Math.min(1, (2 * leftMs) / tileMarkMs));
    });
  }

  private drawArenas(elapsedMs: number): void {
    const { stage } = this;
    const blend = stage.blend();
    for (const moment of this.moments) {
      moment.blend = blend;
      moment.elapsedMs = elapsedMs;
      moment.calm = this.reducedMotion;
      moment.playerColour = playerSigns(this.palette, stage.controller(moment.arena)).colour;
      if (this.stage.arenas > 1) this.tileViews.draw(moment);
    }
    this.focusView.draw(this.moments[this.focused]!);
    this.drawnStates.set(stage.states);
  }

  private writeTexts(elapsedMs: number): void {
    const { stage, art, palette, focused } = this;
    const { focus } = this.layout;
    const ticks = stage.episodeTicks[focused]!;
    const share = Math.min(1, ticks / art.timeLimitTicks);
    this.progress
      .setDisplaySize(Math.max(1, (focus.widthPx - 16) * share), progressPx)
      .setTint(this.moments[focused]!.playerColour);

    this.sinceTextMs += elapsedMs;
    if (this.sinceTextMs < textEveryMs) return;
    this.sinceTextMs = 0;
    this.reducedMotion = stage.reducedMotion();
    // A match has a score of its own.
    const shown = (stage.match?.() ?? null) === null;
    for (const sign of [this.progress, this.playerDot, this.title, this.steps]) sign.setVisible(shown);
    const player = playerSigns(palette, stage.controller(focused));
    this.playerDot.setTint(player.colour);
    this.outline?.setTint(player.colour);
    // setText draws nothing where the words are the same.
    this.title.setText(`Arena ${focused + 1} · ${player.words}`);
    const seconds = ((ticks * art.tickMs) / 1000).toFixed(1);
    this.steps.setText(
      focus.widthPx < 360 ? `step ${ticks}` : `step ${ticks} of ${art.timeLimitTicks} · ${seconds} s`,
    );
  }
}
