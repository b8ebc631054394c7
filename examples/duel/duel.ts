import Phaser from 'phaser';
import type { Bout, Happening } from './bout';
import { Controls } from './controls';
import { Orb } from './orb';
import { field, matchRules, middle, orbRules, type Seat, stage, wizardRules } from './rules';
import { sharpness } from './sharpness';
import { View } from './view/view';
import { type Wish, Wizard } from './wizard';

// A game as Phaser games are written: it knows of no agent.

/** When nobody looks, only the latest are kept. */
const mostHappenings = 32;

/** Two wizards throw orbs at each other, over and over: who is hit becomes a frog. First to five. */
export class DuelScene extends Phaser.Scene implements Bout {
  wizards!: readonly [Wizard, Wizard];
  orbs!: readonly [Orb, Orb];
  phase: Bout['phase'] = 'ready';
  readonly score: [number, number] = [0, 0];
  /** Orbs of the other's that each has caught. */
  readonly caught: [number, number] = [0, 0];
  readonly happenings: Happening[] = [];
  /** Into the phase. */
  phaseMs = 0;
  /** Into the round. */
  roundMs = 0;
  private controls!: Controls;
  private view: View | null = null;

  constructor() {
    super('DuelScene');
  }

  create(): void {
    const { left, top, right, bottom } = field;
    this.score.fill(0);
    this.caught.fill(0);
    this.happenings.length = 0;
    this.view = null;
    this.cameras.main.setOrigin(0, 0).setZoom(sharpness);
    this.physics.world.setBounds(left, top, right - left, bottom - top);
    this.wizards = [new Wizard(this, 0), new Wizard(this, 1)];
    this.orbs = [new Orb(this, 0), new Orb(this, 1)];
    this.controls = new Controls(this);
    this.physics.world.on('worldbounds', (body: Phaser.Physics.Arcade.Body) => this.rebound(body));
    // What is only seen is made and moved when it is drawn.
    const draw = () => this.draw();
    this.events.on('prerender', draw);
    this.events.once('shutdown', () => this.events.off('prerender', draw));
    this.beginRound();
  }

  override update(_time: number, deltaMs: number): void {
    this.phaseMs += deltaMs;
    if (this.phase === 'hit') this.pause();
    else if (this.phase === 'match') this.celebrate();
    else this.play(deltaMs);
  }

  /** Orbs in the air that a wizard has to fear. */
  isFeared(orb: Orb, seat: Seat): boolean {
    return !orb.isHeld && orb.owner === 1 - seat;
  }

  /** Pixels a second. */
  get throwSpeed(): number {
    const { speed, calmMs, hurryPerSecond, fastest } = orbRules;
    const lateSeconds = Math.max(0, this.roundMs - calmMs) / 1_000;
    return Math.min(fastest, speed + hurryPerSecond * lateSeconds);
  }

  private draw(): void {
    this.view ??= new View(this);
    this.view.draw(this.game.loop.delta);
  }

  private beginRound(): void {
    const across = (field.right - field.left) / 5;
    this.wizards.forEach((wizard, seat) => {
      const x = seat === 0 ? field.left + across : field.right - across;
      wizard.begin(x, middle.y + Phaser.Math.Between(-90, 90), this.orbs[seat as Seat]);
      wizard.carry();
    });
    this.roundMs = 0;
    this.enter('ready');
    this.tell('round', middle.x, middle.y, 0);
  }

  private play(deltaMs: number): void {
    if (this.phase === 'ready' && this.phaseMs >= matchRules.readyMs) this.enter('play');
    this.roundMs += deltaMs;
    for (const orb of this.orbs) orb.ageMs += deltaMs;
    for (const wizard of this.wizards) {
      const wish = this.controls.wish(wizard.seat);
      wizard.move(wish);
      this.use(wizard, wish);
      if (this.phase === 'play') this.tellThrow(wizard, wizard.pass(deltaMs, this.throwSpeed));
      wizard.carry();
    }
    for (const wizard of this.wizards) this.meet(wizard);
  }

  private use(wizard: Wizard, { use, y }: Wish): void {
    if (!use) wizard.isArmed = true;
    if (!use || !wizard.isReady || this.phase !== 'play') return;
    wizard.isArmed = false;
    if (this.tellThrow(wizard, wizard.throw(y, this.throwSpeed))) return;
    wizard.ward();
    this.tell('ward', wizard.x, wizard.y, wizard.seat);
  }

  /** What a wizard and the orbs come to. */
  private meet(wizard: Wizard): void {
    for (const orb of this.orbs) {
      if (orb.isHeld) continue;
      const apart = Phaser.Math.Distance.Between(wizard.x, wizard.y, orb.x, orb.y);
      const touch = wizardRules.radius + orbRules.radius;
      if (!this.isFeared(orb, wizard.seat)) {
        const isFresh = orb.rebounds === 0 && orb.ageMs < orbRules.freshMs;
        if (apart <= touch && !isFresh) this.pick(wizard, orb);
      } else if (wizard.isWarding && apart <= wizardRules.wardRadius + orbRules.radius) {
        this.caught[wizard.seat] += 1;
        this.tell('catch', orb.x, orb.y, wizard.seat);
        wizard.hold(orb);
      } else if (apart <= touch && this.phase === 'play') this.hit(wizard);
    }
  }

  private pick(wizard: Wizard, orb: Orb): void {
    this.tell('pick', orb.x, orb.y, wizard.seat);
    wizard.hold(orb);
  }

  private hit({ seat, x, y }: Wizard): void {
    const other: Seat = seat === 0 ? 1 : 0;
    this.score[other] += 1;
    this.tell('hit', x, y, seat);
    this.enter('hit');
    for (const orb of this.orbs) orb.stop();
    for (const wizard of this.wizards) wizard.stop();
  }

  private pause(): void {
    if (this.phaseMs < matchRules.hitMs) return;
    if (Math.max(...this.score) < matchRules.goal) this.beginRound();
    else {
      this.enter('match');
      this.tell('match', middle.x, middle.y, this.score[0] > this.score[1] ? 0 : 1);
    }
  }

  private celebrate(): void {
    if (this.phaseMs >= matchRules.cheerMs) this.scene.restart();
  }

  private rebound(body: Phaser.Physics.Arcade.Body): void {
    const orb = this.orbs.find((one) => one.body === body);
    if (orb === undefined) return;
    orb.rebound(this.roundMs < orbRules.calmMs);
    this.tell('rebound', orb.x, orb.y, orb.owner ?? 0);
  }

  private enter(phase: Bout['phase']): void {
    this.phase = phase;
    this.phaseMs = 0;
  }

  /** @returns whether there is anything to tell. */
  private tellThrow({ seat }: Wizard, orb: Orb | null): boolean {
    if (orb !== null) this.tell('throw', orb.x, orb.y, seat);
    return orb !== null;
  }

  private tell(kind: Happening['kind'], x: number, y: number, seat: Seat): void {
    this.happenings.push({ kind, x, y, seat });
    if (this.happenings.length > mostHappenings) this.happenings.shift();
  }
}

export const duelConfig: Phaser.Types.Core.GameConfig = {
  type: Phaser.AUTO,
  width: stage.width * sharpness,
  height: stage.height * sharpness,
  backgroundColor: '#0a1026',
  physics: { default: 'arcade' },
  input: { activePointers: 4 },
  scene: DuelScene,
};
