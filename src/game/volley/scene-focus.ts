import type Phaser from 'phaser';
import { drawsInSoftware, type EpisodeEnding, type MatchView, type Stage } from '../../contract';
import { SeededRandom } from '../../random/seeded-random';
import type { Rectangle } from '../scenes/arena-layout';
import { type ArenaMoment, depths, type FocusView } from '../scenes/arena-scene';
import { type PaintedTextures, type Painter, roundRectangle } from '../scenes/painted-textures';
import { cssColour, type Palette } from '../scenes/palette';
import { canvasesOf } from '../scenes/scene-factory';
import { court, playerState, type Seat, volleyState, volleyStateSize } from './court';
import { Backdrop, paintBackdrop } from './scene-backdrop';
import { Ball } from './scene-ball';
import { noEvents, type RallyEvents, readEvents } from './scene-events';
import { paintCourt } from './scene-ground';
import { CameraKick } from './scene-kick';
import { LandingMark } from './scene-landing';
import { type CourtPalette, courtPaletteOf } from './scene-palette';
import { Particles } from './scene-particles';
import { TouchPips } from './scene-pips';
import { Player, type PlayerPose } from './scene-player';
import { RallyPose } from './scene-pose';
import { Score } from './scene-score';
import { VolleySounds } from './scene-sounds';
import { type CourtView, viewOf, xPxOf, yPxOf } from './scene-view';
import { Walls } from './scene-walls';
import { volley } from './simulation';

/** Beyond this many times real time, single events are too many to be shown. */
const fastestShown = 2.6;
/** Speeds at which things look their strongest, in metres a second. */
const hardTouch = 14;
const hardLanding = 9.6;
const smashSpeed = 12.7;
/** Dust of running feet: from this speed, this often. */
const dustySpeed = 3.5;
const dustEveryMs = 85;
const moodMs = 1300;
const upwards = -Math.PI / 2;

/** The focused court: everything that moves in it. */
export class VolleyFocus implements FocusView {
  private readonly scene: Phaser.Scene;
  private readonly stage: Stage;
  /** Null where it stands still: drawn in software, moving so much of the picture takes a third of a frame. */
  private readonly backdrop: Backdrop | null;
  private readonly walls: Walls;
  private readonly net: Phaser.GameObjects.Image;
  private readonly players: readonly [Player, Player];
  private readonly ball: Ball;
  private readonly landing: LandingMark;
  private readonly pips: TouchPips;
  private readonly particles: Particles;
  private readonly score: Score;
  private readonly sounds: VolleySounds;
  private readonly kick = new CameraKick();
  private readonly events: RallyEvents = noEvents();

  private view: CourtView = viewOf({ xPx: 0, yPx: 0, widthPx: 1, heightPx: 1 });
  private palette: CourtPalette = courtPaletteOf('dark');
  private sparkColours: readonly number[] = [];
  private dustColours: readonly number[] = [];

  /** The state last drawn from, for what happened since, and the ticks of its episode. */
  private readonly seen = new Float64Array(volleyStateSize);
  private seenTicks = -1;
  private readonly pose = new RallyPose();
  private readonly playerPose: PlayerPose = { x: 0, y: 0, velocityX: 0, velocityY: 0 };
  private slowEnough = true;
  private readonly sinceDustMs = new Float64Array(2);
  private readonly scored: [number, number] = [0, 0];
  private phase: MatchView['phase'] | null = null;
  private countdown = 0;

  constructor(scene: Phaser.Scene, stage: Stage) {
    const random = SeededRandom.fromSeed(7);
    this.scene = scene;
    this.stage = stage;
    this.backdrop = drawsInSoftware(scene.game.renderer) ? null : new Backdrop(scene);
    this.walls = new Walls(scene);
    this.net = scene.add
      .image(0, 0, '__WHITE')
      .setOrigin(0.5, 0)
      .setDepth(depths.pieces + 7);
    const [left, right] = stage.looks?.() ?? [null, null];
    this.players = [new Player(scene, 0, random, left), new Player(scene, 1, random, right)];
    this.ball = new Ball(scene);
    this.landing = new LandingMark(scene);
    this.pips = new TouchPips(scene);
    this.particles = new Particles(scene, random);
    this.score = new Score(scene);
    this.sounds = new VolleySounds();
    // A scene's DESTROY event comes with the game's end.
    scene.events.once('destroy', () => this.sounds.dispose());
  }

  arrange(rectangle: Rectangle, _palette: Palette, textures: PaintedTextures): void {
    const view = viewOf(rectangle);
    const palette = courtPaletteOf(this.stage.theme());
    this.view = view;
    this.palette = palette;
    this.sparkColours = [palette.light, 0xffffff];
    this.dustColours = [palette.dust];
    this.backdrop?.arrange(view, palette, textures);
    this.walls.arrange(view, palette, textures);
    const netPx = {
      width: Math.max(4, 2 * court.netRadius * view.metrePx),
      height: (court.netHeight + court.netRadius) * view.metrePx,
    };
    textures.paint('net', netPx.width + 6, netPx.height + 4, netPainter(palette, netPx.width), [this.net]);
    this.net.setPosition(view.netXPx, yPxOf(view, court.netHeight + court.netRadius) - 1);
    for (const player of this.players) player.arrange(view, palette, textures);
    this.ball.arrange(view, palette, textures, 2);
    this.landing.arrange(view, palette, textures);
    this.pips.arrange(view, palette, textures);
    this.particles.arrange(view.metrePx);
    this.score.arrange(view, palette, textures.pixelRatio, this.stage.typeScale?.() ?? 1);
  }

  paintGround(context: CanvasRenderingContext2D): void {
    paintCourt(context, this.view, this.palette, this.stage.theme() === 'dark');
    if (this.backdrop === null) paintBackdrop(context, this.view, this.palette);
  }

  draw(moment: ArenaMoment): void {
    const match = this.stage.match?.() ?? null;
    this.sounds.listen(match !== null && (this.stage.sound?.() ?? false));
    this.followMatch(match, moment.calm);
    this.followRally(moment, match);
    this.pose.take(moment);
    this.drawPieces(moment);
    this.particles.update(moment.elapsedMs);
    this.score.update(match, moment.elapsedMs, moment.calm);
    this.drawKick(moment.elapsedMs);
  }

  ended({ rewardTerms }: EpisodeEnding): void {
    // A match's points are its score's to tell.
    if (this.stage.match?.() != null || !this.slowEnough) return;
    const terms = volley.rewardTerms.length;
    const won = volley.rewardTerms.findIndex(({ name }) => name === volley.winTerm);
    const difference = (rewardTerms[won] ?? 0) - (rewardTerms[terms + won] ?? 0);
    if (difference !== 0) this.celebrate(difference > 0 ? 0 : 1, this.stage.reducedMotion());
  }

  endingPoint(): { xPx: number; yPx: number; sizePx: number } {
    // Of no size: what is to be seen of a point, `celebrate` shows.
    return { xPx: this.ball.xPx, yPx: this.ball.yPx, sizePx: 0 };
  }

  settle(): void {
    this.seenTicks = -1;
    this.phase = null;
    this.pose.settle();
    for (const player of this.players) player.settle();
    this.ball.settle();
    this.particles.clear();
  }

  /** Shows what the match's score and phase say has just happened. */
  private followMatch(match: MatchView | null, calm: boolean): void {
    if (match === null) {
      this.phase = null;
      if (this.pose.isHeld) this.pose.settle();
      return;
    }
    for (let seat = 0; seat < 2; seat++) {
      const points = match.score[seat as Seat];
      if (this.phase !== null && points === this.scored[seat]! + 1) {
        this.celebrate(seat as Seat, calm);
        const lost = match.person !== null && match.person !== seat;
        this.sounds.play(lost ? 'pointLost' : 'pointWon', 1, 0);
      }
      this.scored[seat] = points;
    }
    const pausing = match.phase === 'point' || match.phase === 'over';
    if (pausing && this.phase === 'rally') this.pose.hold(this.focusedState());
    else if (!pausing && this.pose.isHeld) this.letGo();
    if (match.phase === 'over' && this.phase !== 'over' && match.winner !== null) {
      this.showMoods(match.winner, Number.POSITIVE_INFINITY);
    }
    if (match.phase === 'countdown') {
      const seconds = Math.ceil(match.countdownSeconds);
      if (seconds !== this.countdown && seconds > 0) this.sounds.play('countdown', 0.8, 0);
      this.countdown = seconds;
    } else if (this.phase === 'countdown') {
      this.countdown = 0;
      this.sounds.play('go', 0.9, 0);
    }
    this.phase = match.phase;
  }

  /** Finds what happened in the rally since the last frame and sets off what shows it. */
  private followRally(moment: ArenaMoment, match: MatchView | null): void {
    const { state, elapsedMs, arena } = moment;
    const ticks = this.stage.episodeTicks[arena]!;
    const passed = ticks - this.seenTicks;
    const atMost = (fastestShown * elapsedMs) / volley.tickMs + 2;
    this.slowEnough = passed <= atMost;
    if (this.seenTicks >= 0 && passed > 0 && this.slowEnough && !this.pose.isHeld) {
      readEvents(this.seen, state, this.events);
      this.show(moment);
    }
    if (this.seenTicks < 0 || passed < 0) {
      if (match === null) this.ball.settle();
      this.sinceDustMs.fill(0);
    }
    this.seen.set(state);
    this.seenTicks = ticks;
  }

  private show({ state, calm }: ArenaMoment): void {
    const { events, view, sounds } = this;
    const ballX = state[volleyState.ballX]!;
    const ballY = state[volleyState.ballY]!;
    const pan = ballX / court.halfWidth;
    if (events.touch >= 0) {
      const strength = Math.min(1, events.touchSpeed / hardTouch);
      const player = this.players[events.touch]!;
      if (!calm) player.blow(-0.35 - 0.4 * strength);
      if (!calm) this.ball.blow(-0.2 - 0.4 * strength);
      const first = volleyState.players[events.touch]!;
      const dx = ballX - state[first + playerState.x]!;
      const dy = ballY - state[first + playerState.y]!;
      const count = calm ? 0 : 4 + Math.round(7 * strength);
      const reach = court.playerRadius / Math.max(0.1, Math.sqrt(dx * dx + dy * dy));
      this.particles.burst(
        'spark',
        count,
        xPxOf(view, ballX - dx * (1 - reach)),
        yPxOf(view, ballY - dy * (1 - reach)),
        Math.atan2(-dy, dx),
        1.25,
        2 + 5 * strength,
        this.sparkColours,
      );
      if (events.touchSpeed > smashSpeed) sounds.play('smash', 0.9, pan);
      else sounds.play('touch', 0.45 + 0.5 * strength, pan, 0.92 + 0.22 * strength);
    }
    if (events.bounce !== 'none') {
      const strength = Math.min(1, events.bounceSpeed / hardTouch);
      if (!calm) this.ball.blow(-0.25 * strength - 0.1);
      sounds.play(events.bounce, 0.35 + 0.6 * strength, pan);
    }
    for (let seat = 0; seat < 2; seat++) this.showFeet(state, seat, calm);
  }

  private showFeet(state: Float64Array, seat: number, calm: boolean): void {
    const { events, sounds, view } = this;
    const x = state[volleyState.players[seat]! + playerState.x]!;
    const jump = events.jumps[seat]!;
    const landing = events.landings[seat]!;
    if (jump === 0 && landing === 0) return;
    const strength = Math.min(1, (jump === 0 ? landing : jump) / hardLanding);
    if (jump > 0) sounds.play('jump', 0.5, x / court.halfWidth, seat === 0 ? 1 : 1.12);
    else sounds.play('land', 0.3 + 0.4 * strength, x / court.halfWidth);
    if (calm) return;
    this.players[seat]!.blow(jump > 0 ? 0.35 : -0.75 * strength);
    const count = jump > 0 ? 3 : 2 + Math.round(4 * strength);
    for (const side of [-1, 1]) {
      this.particles.burst(
        'dust',
        count,
        xPxOf(view, x + side * 0.25),
        view.floorYPx - 2,
        side > 0 ? -0.25 : -Math.PI + 0.25,
        0.3,
        1 + 1.6 * strength,
        this.dustColours,
      );
    }
  }

  /** Where the ball came down, in the winner's colour, and how both players take it. */
  private celebrate(winner: Seat, calm: boolean): void {
    const { palette, ball, particles } = this;
    this.showMoods(winner, moodMs);
    if (calm) return;
    const colours = [palette.seats[winner], palette.light, 0xffffff];
    particles.burst('confetti', 26, ball.xPx, ball.yPx, upwards, 1.1, 8.5, colours);
    particles.burst('dust', 8, ball.xPx, this.view.floorYPx - 3, upwards, 1.5, 2.6, this.dustColours);
    // The whole picture, but where tiles stand beside it only what is in it: they are no part of the point.
    if (this.stage.arenas === 1) this.kick.start(winner === 0 ? 9 : -9);
  }

  private showMoods(winner: Seat, forMs: number): void {
    this.players[winner].feel('cheer', forMs);
    this.players[winner === 0 ? 1 : 0].feel('glum', forMs);
  }

  /** The next rally begins: nothing of it has been seen. */
  private letGo(): void {
    this.pose.letGo(this.focusedState());
    this.seenTicks = -1;
    for (const player of this.players) player.settle();
  }

  private focusedState(): Float64Array {
    const from = this.stage.focusedArena() * volleyStateSize;
    return this.stage.states.subarray(from, from + volleyStateSize);
  }

  private drawPieces(moment: ArenaMoment): void {
    const { players, ball } = this;
    const pose = this.pose.drawn;
    const { elapsedMs, calm } = moment;
    const ballX = pose[volleyState.ballX]!;
    const ballY = pose[volleyState.ballY]!;
    this.backdrop?.update(calm ? 0 : ballX / court.halfWidth, elapsedMs);
    for (let seat = 0; seat < 2; seat++) {
      const first = volleyState.players[seat]!;
      const { playerPose } = this;
      playerPose.x = pose[first + playerState.x]!;
      playerPose.y = pose[first + playerState.y]!;
      playerPose.velocityX = pose[first + playerState.velocityX]!;
      playerPose.velocityY = pose[first + playerState.velocityY]!;
      players[seat]!.draw(playerPose, ballX, ballY, elapsedMs, calm);
      if (!calm && this.slowEnough) this.raiseDust(seat, elapsedMs);
    }
    ball.draw(ballX, ballY, pose[volleyState.ballAngle]!, this.lastTouch(moment), elapsedMs, calm);
    // While the ball waits for the countdown it says nothing.
    const tellsLanding = !this.pose.isHeld && this.slowEnough && this.phase !== 'countdown';
    this.landing.draw(tellsLanding ? moment.state : null);
    this.pips.update(moment.state);
  }

  private raiseDust(seat: number, elapsedMs: number): void {
    const { x, y, velocityX } = this.playerPose;
    const running = y <= court.playerRadius + 0.01 && Math.abs(velocityX) > dustySpeed;
    this.sinceDustMs[seat] = running ? this.sinceDustMs[seat]! + elapsedMs : 0;
    if (this.sinceDustMs[seat]! < dustEveryMs) return;
    this.sinceDustMs[seat] = 0;
    const behind = velocityX > 0 ? -1 : 1;
    this.particles.burst(
      'dust',
      1,
      xPxOf(this.view, x + behind * 0.35),
      this.view.floorYPx - 2,
      behind < 0 ? -Math.PI + 0.5 : -0.5,
      0.3,
      1.1,
      this.dustColours,
    );
  }

  private lastTouch({ state }: ArenaMoment): number {
    return this.pose.isHeld ? -1 : state[volleyState.lastTouch]!;
  }

  private drawKick(elapsedMs: number): void {
    if (!this.kick.update(elapsedMs)) return;
    canvasesOf(this.scene).shift(this.kick.xPx, this.kick.yPx);
  }
}

/** A striped post with a round top. */
function netPainter(palette: CourtPalette, postPx: number): Painter {
  return (context, widthPx, heightPx) => {
    const leftPx = (widthPx - postPx) / 2;
    roundRectangle(context, leftPx, 1, postPx, heightPx + postPx, postPx / 2);
    context.fillStyle = cssColour(palette.post);
    context.fill();
    context.save();
    context.clip();
    context.fillStyle = cssColour(palette.postStripe);
    const stripePx = heightPx / 9;
    for (let i = 1; i < 9; i += 2) context.fillRect(leftPx, i * stripePx, postPx, stripePx);
    const shade = context.createLinearGradient(leftPx, 0, leftPx + postPx, 0);
    shade.addColorStop(0, '#ffffff40');
    shade.addColorStop(0.45, '#ffffff00');
    shade.addColorStop(1, '#00000066');
    context.fillStyle = shade;
    context.fillRect(leftPx, 0, postPx, heightPx);
    context.restore();
    context.strokeStyle = '#23263f';
    context.globalAlpha = 0.6;
    context.lineWidth = 1.2;
    roundRectangle(context, leftPx, 1, postPx, heightPx + postPx, postPx / 2);
    context.stroke();
  };
}
