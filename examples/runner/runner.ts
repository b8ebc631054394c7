import Phaser from 'phaser';
import { Controls } from './controls';
import { files } from './files';
import { frames } from './frames';
import { Hero } from './hero';
import { Hud } from './hud';

// A game as Phaser games are written: it knows of no agent. As many do, it keeps the run in variables of the module,
// which outlive the scene: a life that is lost restarts it.

const widthPx = 352;
const heightPx = 192;
const mostLives = 3;
const slimeSpeed = 24;
export const plankSpeed = 42;

export let score = 0;
export let lives = mostLives;
/** Where the next life begins; null at the level's start. */
export let checkpoint: Place | null = null;

interface Place {
  readonly x: number;
  readonly y: number;
}

/** A new run, from the level's start or from a checkpoint. */
export function newGame(from: Place | null = null): void {
  score = 0;
  lives = mostLives;
  checkpoint = from;
}

type Sprite = Phaser.Types.Physics.Arcade.SpriteWithDynamicBody;
type Still = Phaser.Types.Physics.Arcade.SpriteWithStaticBody;

/** A plank and the ends of its way. */
interface Plank {
  readonly image: Phaser.Types.Physics.Arcade.ImageWithDynamicBody;
  readonly left: number;
  readonly right: number;
}

export class RunnerScene extends Phaser.Scene {
  hero!: Hero;
  ground!: Phaser.Tilemaps.TilemapLayer;
  slimes!: Phaser.Physics.Arcade.Group;
  spikes!: Phaser.Physics.Arcade.StaticGroup;
  planks!: Phaser.Physics.Arcade.Group;
  isDead = false;
  hasWon = false;
  /** The level's, in pixels. */
  lengthPx = 0;
  /** Where its checkpoints are. */
  checkpoints: Place[] = [];
  private coins!: Phaser.Physics.Arcade.StaticGroup;
  private lanterns!: Phaser.Physics.Arcade.StaticGroup;
  private flag!: Still;
  private controls!: Controls;
  private hud!: Hud;
  private dust!: Phaser.GameObjects.Particles.ParticleEmitter;
  private ways: Plank[] = [];
  private backdrop: Phaser.GameObjects.TileSprite[] = [];
  private wasOnGround = true;

  constructor() {
    super('RunnerScene');
  }

  preload(): void {
    this.load.tilemapTiledJSON('level', files.level);
    for (const key of ['tiles', 'plank', 'font', 'sky', 'clouds', 'mountains', 'hills'] as const) {
      this.load.image(key, files[key]);
    }
    this.load.spritesheet('sprites', files.sprites, { frameWidth: 16, frameHeight: 16 });
    this.load.spritesheet('flag', files.flag, { frameWidth: 24, frameHeight: 48 });
  }

  create(): void {
    this.isDead = false;
    this.hasWon = false;
    this.wasOnGround = true;
    this.makeAnimations();
    this.layBackdrop();
    const things = this.buildLevel();
    const start = things.find(({ type }) => type === 'start') ?? { x: 0, y: 0 };
    const { x, y } = checkpoint ?? { x: start.x! + 24, y: start.y! + 8 };
    this.hero = new Hero(this, x, y);
    this.hero.sprite.setCollideWorldBounds(true);
    this.meet();
    this.controls = new Controls(this);
    this.hud = new Hud(this, mostLives);
    this.explain(start.x!);
    const pieces = { speed: { min: 10, max: 45 }, lifespan: 320, scale: { start: 1, end: 0 }, gravityY: -20 };
    this.dust = this.add.particles(0, 0, 'dot', { ...pieces, emitting: false }).setDepth(6);
    this.look();
  }

  override update(timeMs: number, deltaMs: number): void {
    this.controls.draw();
    for (const plank of this.ways) this.movePlank(plank);
    for (const slime of this.slimes.getChildren() as Sprite[]) this.moveSlime(slime);
    this.scrollBackdrop();
    const { sprite } = this.hero;
    this.hud.show(lives, score, sprite.x / this.flag.x);
    if (this.isDead || this.hasWon) return;
    if (this.hero.move(this.controls.wishes(), deltaMs)) this.dust.explode(5, sprite.x, sprite.y + 8);
    this.hero.pose(timeMs);
    if (this.hero.isOnGround && !this.wasOnGround) this.dust.explode(4, sprite.x, sprite.y + 8);
    this.wasOnGround = this.hero.isOnGround;
    if (sprite.y > heightPx + 12) this.die();
  }

  private buildLevel(): Phaser.Types.Tilemaps.TiledObject[] {
    const map = this.make.tilemap({ key: 'level' });
    const tiles = map.addTilesetImage('tiles')!;
    this.lengthPx = map.widthInPixels;
    this.ground = map.createLayer('ground', tiles)! as Phaser.Tilemaps.TilemapLayer;
    this.ground.setCollisionByExclusion([-1]).setDepth(2);
    map.createLayer('decor', tiles)!.setDepth(3);
    this.physics.world.setBounds(0, -64, this.lengthPx, heightPx + 128, true, true, false, false);
    this.coins = this.physics.add.staticGroup();
    this.spikes = this.physics.add.staticGroup();
    this.lanterns = this.physics.add.staticGroup();
    this.slimes = this.physics.add.group();
    this.planks = this.physics.add.group({ allowGravity: false, immovable: true });
    this.ways = [];
    const things = map.getObjectLayer('things')?.objects ?? [];
    this.checkpoints = [];
    for (const thing of things) this.place(thing);
    return things;
  }

  private place({ type, x = 0, y = 0, width = 0 }: Phaser.Types.Tilemaps.TiledObject): void {
    const [middleX, middleY] = [x + 8, y + 8];
    if (type === 'coin')
      this.coins.create(middleX, middleY, 'sprites', frames.coin).setCircle(6, 2, 2).play('coin');
    if (type === 'spikes') {
      const spikes = this.spikes.create(middleX, middleY, 'sprites', frames.spikes) as Still;
      spikes.body.setSize(12, 8).setOffset(2, 8);
    }
    if (type === 'checkpoint') {
      this.checkpoints.push({ x: middleX, y: middleY });
      const isLit = checkpoint !== null && checkpoint.x >= middleX;
      this.lanterns
        .create(middleX, middleY, 'sprites', isLit ? frames.lanternLit : frames.lanternOut)
        .setDepth(2);
    }
    if (type === 'slime') {
      const slime = this.slimes.create(middleX, middleY, 'sprites', frames.slime) as Sprite;
      slime.setBodySize(12, 11).setOffset(2, 5).setVelocityX(-slimeSpeed).setDepth(4).play('slime');
    }
    if (type === 'flag') {
      this.flag = this.physics.add.staticSprite(middleX + 4, y - 8, 'flag').play('flag') as Still;
      this.flag.setDepth(2);
    }
    if (type === 'plank') {
      const image = this.planks.create(x + 16, y + 4, 'plank') as Plank['image'];
      image.setVelocityX(plankSpeed).setDepth(2);
      Object.assign(image.body.checkCollision, { down: false, left: false, right: false });
      this.ways.push({ image, left: x + 16, right: x + width - 16 });
    }
  }

  private meet(): void {
    const { sprite } = this.hero;
    this.physics.add.collider(sprite, this.ground);
    this.physics.add.collider(sprite, this.planks);
    this.physics.add.collider(this.slimes, this.ground);
    this.physics.add.overlap(sprite, this.coins, (_hero, coin) => this.take(coin as Still));
    this.physics.add.overlap(sprite, this.lanterns, (_hero, lantern) => this.light(lantern as Still));
    this.physics.add.overlap(sprite, this.slimes, (_hero, slime) => this.touch(slime as Sprite));
    this.physics.add.overlap(sprite, this.spikes, () => this.die());
    this.physics.add.overlap(sprite, this.flag, () => this.win());
  }

  private movePlank({ image, left, right }: Plank): void {
    if (image.x <= left) image.setVelocityX(plankSpeed);
    if (image.x >= right) image.setVelocityX(-plankSpeed);
  }

  /** To and fro: it turns at walls and edges. */
  private moveSlime(slime: Sprite): void {
    const { body } = slime;
    if (!body.enable || !body.blocked.down) return;
    const way = Math.sign(body.velocity.x) || -1;
    const isAtEdge = this.ground.getTileAtWorldXY(slime.x + 9 * way, body.bottom + 4) === null;
    const isAtWall = way < 0 ? body.blocked.left : body.blocked.right;
    slime.setVelocityX((isAtEdge || isAtWall ? -way : way) * slimeSpeed);
  }

  private take(coin: Still): void {
    if (!coin.body.enable) return;
    score += 1;
    coin.disableBody(false, false);
    this.tweens.add({
      targets: coin,
      y: coin.y - 18,
      alpha: 0,
      duration: 260,
      onComplete: () => coin.destroy(),
    });
  }

  private light(lantern: Still): void {
    if (this.isDead || checkpoint?.x === lantern.x || (checkpoint?.x ?? 0) > lantern.x) return;
    checkpoint = { x: lantern.x, y: lantern.y };
    lantern.setFrame(frames.lanternLit);
    this.dust.explode(8, lantern.x, lantern.y - 4);
  }

  /** From above, it is squashed; from anywhere else, it is the end of a life. */
  private touch(slime: Sprite): void {
    if (this.isDead || this.hasWon || !slime.body.enable) return;
    const { body } = this.hero.sprite;
    if (body.velocity.y <= 0 || body.bottom > slime.body.top + 8) {
      this.die();
      return;
    }
    slime.anims.stop();
    slime.setFrame(frames.slimeSquashed).disableBody(false, false);
    this.tweens.add({
      targets: slime,
      alpha: 0,
      delay: 350,
      duration: 250,
      onComplete: () => slime.destroy(),
    });
    this.hero.jump(220);
    this.dust.explode(6, slime.x, slime.y + 6);
  }

  private die(): void {
    if (this.isDead || this.hasWon) return;
    this.isDead = true;
    lives -= 1;
    this.hero.fall();
    this.cameras.main.stopFollow();
    this.cameras.main.shake(140, 0.01);
    if (lives === 0) this.hud.say('GAME OVER');
    this.time.delayedCall(lives === 0 ? 1_300 : 800, () => {
      if (lives === 0) newGame();
      this.scene.restart();
    });
  }

  private win(): void {
    if (this.isDead || this.hasWon) return;
    this.hasWon = true;
    this.hero.sprite.setVelocity(0, -160).setFrame(frames.jump);
    this.hud.say(`WELL RUN! ${score} COINS`);
    this.dust.explode(24, this.flag.x, this.flag.y - 10);
    this.time.delayedCall(1_400, () => {
      newGame();
      this.scene.restart();
    });
  }

  private look(): void {
    const camera = this.cameras.main;
    camera.setBounds(0, 0, this.lengthPx, heightPx);
    camera.startFollow(this.hero.sprite, true, 0.14, 0.14, -48, 0);
    camera.centerOn(this.hero.sprite.x + 48, heightPx / 2);
  }

  private layBackdrop(): void {
    if (!this.textures.exists('dot'))
      this.make.graphics().fillStyle(0xfff1dc).fillRect(0, 0, 2, 2).generateTexture('dot', 2, 2).destroy();
    const strips = [
      ['sky', 0, heightPx],
      ['clouds', 8, 80],
      ['mountains', heightPx - 138, 110],
      ['hills', heightPx - 100, 80],
    ] as const;
    this.backdrop = strips.map(([key, top, height]) =>
      this.add.tileSprite(0, top, widthPx, height, key).setOrigin(0).setScrollFactor(0).setDepth(0),
    );
    this.add
      .rectangle(0, heightPx - 24, widthPx, 24, 0x5aa583)
      .setOrigin(0)
      .setScrollFactor(0)
      .setDepth(0);
  }

  /** What is farther off passes more slowly. */
  private scrollBackdrop(): void {
    const { scrollX } = this.cameras.main;
    this.backdrop.forEach((strip, index) => {
      strip.tilePositionX = Math.round(scrollX * [0, 0.08, 0.18, 0.36][index]!);
    });
  }

  private explain(x: number): void {
    this.add
      .bitmapText(
        x + 56,
        74,
        'letters',
        'RUN: ARROWS, OR A AND D\nJUMP: SPACE, HOLD IT TO\nJUMP HIGHER. OR TOUCH\nFOR BUTTONS',
      )
      .setDepth(1);
  }

  private makeAnimations(): void {
    if (this.anims.exists('coin')) return;
    const numbers = (key: string, list: readonly number[]) =>
      this.anims.generateFrameNumbers(key, { frames: [...list] });
    this.anims.create({ key: 'coin', frames: numbers('sprites', [8, 9, 10, 11]), frameRate: 8, repeat: -1 });
    this.anims.create({
      key: 'slime',
      frames: numbers('sprites', [frames.slime, frames.slimeFlat]),
      frameRate: 4,
      repeat: -1,
    });
    this.anims.create({ key: 'flag', frames: numbers('flag', [0, 1]), frameRate: 4, repeat: -1 });
  }
}

export const runnerConfig: Phaser.Types.Core.GameConfig = {
  type: Phaser.AUTO,
  width: widthPx,
  height: heightPx,
  pixelArt: true,
  backgroundColor: '#9bd3f5',
  physics: { default: 'arcade', arcade: { gravity: { x: 0, y: 900 } } },
  scale: { mode: Phaser.Scale.FIT, autoCenter: Phaser.Scale.CENTER_BOTH },
  scene: RunnerScene,
};
