import Phaser from 'phaser';
import { Car, carLengthPx, carWidthPx, topSpeed } from './car';
import { fill } from './fill';
import { chooseOutline, keepOutline, outlineToDrive } from './kept-track';
import { carScale, carTexture, paintCar } from './look/car-art';
import { gridPlace, paintGround, paintShade, paintSurroundings } from './look/ground';
import { Hud } from './look/hud';
import { accent, beyond, liveries } from './look/palette';
import { RaceCamera } from './look/race-camera';
import { SkidMarks } from './look/skid-marks';
import { Smoke } from './look/smoke';
import { Race } from './race';
import { refusals, Sketch } from './sketch';
import { Track, wallPx } from './track';
import { Wheel } from './wheel';
import { worldHeightPx, worldWidthPx } from './world';

// A game as Phaser games are written: it knows of no agent.

export const carCount = 16;
/** Whose the keys are. */
const own = 0;
const lapsOfARace = 3;
/** Steps after which a race is left that nobody drives in. */
const mostIdleSteps = 1_200;
/** How much is seen of those whom one races against, and drives through. */
const rivalAlpha = 0.82;
/** How much sharper than one pixel a world pixel the ground is painted. */
const groundScale = 2;
const shadeSize = 256;

/** What the visitor is about. */
type Mode = 'watch' | 'race' | 'draw';

export class RaceScene extends Phaser.Scene {
  track!: Track;
  cars: Car[] = [];
  walls: MatterJS.BodyType[] = [];
  /** Says, where nobody races, how one begins. */
  protected readonly invitation: string = 'Press an arrow key to race';
  private mode: Mode = 'watch';
  private race: Race | null = null;
  private wheel!: Wheel;
  private sketch!: Sketch;
  private hud!: Hud;
  private view!: RaceCamera;
  private marks!: SkidMarks;
  private smoke!: Smoke;
  private shadows: Phaser.GameObjects.Image[] = [];
  /** Around the car that a person drives. */
  private ring!: Phaser.GameObjects.Arc;
  private idleSteps = 0;
  private cleanLaps = 0;
  /** Who holds the quickest clean lap, and in how many steps. */
  private record: { readonly car: number; readonly steps: number } | null = null;

  constructor() {
    super('RaceScene');
  }

  create(): void {
    this.mode = 'watch';
    this.race = null;
    this.record = null;
    this.cleanLaps = 0;
    this.track = new Track(outlineToDrive(this));
    const layers = ['ground', 'marks', 'cars', 'air'].map(() => this.add.layer());
    const [ground, marks, cars, air] = layers as [Phaser.GameObjects.Layer, ...Phaser.GameObjects.Layer[]];
    this.layGround(ground);
    this.marks = new SkidMarks(this, marks!);
    this.smoke = new Smoke(this, air!);
    this.walls = this.track
      .walls()
      .map(({ x, y, lengthPx, angle }) =>
        this.matter.add.rectangle(x, y, lengthPx, wallPx, { isStatic: true, angle, friction: 0 }),
      );
    // Cars drive through each other: nobody's lap is spoilt by another.
    const group = this.matter.world.nextGroup(true);
    this.shadows = [];
    this.ring = this.add.circle(0, 0, 27).setStrokeStyle(3, accent, 0.9).setVisible(false);
    marks!.add(this.ring);
    this.cars = liveries.slice(0, carCount).map((livery, index) => this.addCar(cars!, livery, index, group));
    this.lineUp();
    this.sketch = new Sketch(this, air!);
    this.wheel = new Wheel(this);
    this.lookAt(layers);
    this.listen();
    this.matter.world.on('beforeupdate', () => this.beforePass());
    this.matter.world.on('afterupdate', () => this.afterPass());
  }

  override update(_time: number, deltaMs: number): void {
    const { image } = this.cars[own]!;
    const body = image.body as MatterJS.BodyType;
    const followed = this.mode === 'race' ? { x: image.x, y: image.y, velocity: body.velocity } : null;
    this.view.update(followed, deltaMs);
    this.cars.forEach((car, index) => {
      const isRival = this.mode === 'race' && index !== own;
      car.image.setVisible(car.isDriven).setAlpha(isRival ? rivalAlpha : 1);
      this.shadows[index]!.setVisible(car.isDriven)
        .setPosition(car.image.x + 3, car.image.y + 5)
        .setRotation(car.image.rotation);
    });
    this.ring.setVisible(this.mode === 'race').setPosition(image.x, image.y);
    this.showHud();
  }

  /** Drives a car that is no person's. Nothing happens to the one that a person drives. */
  drive(index: number, steer: number, gas: number): void {
    if (this.mode === 'race' && index === own) return;
    this.cars[index]!.drive(steer, gas);
  }

  /** Puts all cars onto the grid: those that are driven in front, of them a person's last. */
  lineUp(): void {
    const back = (car: Car, index: number) => (car.isDriven ? 0 : 2) + (index === own ? 1 : 0);
    const order = this.cars.map((car, index) => ({ car, back: back(car, index) }));
    order.sort((a, b) => a.back - b.back);
    order.forEach(({ car }, place) => {
      const { distancePx, asidePx } = gridPlace(place);
      car.start(distancePx, asidePx);
    });
  }

  /** Begins a race of a person against all cars that are driven. */
  startRace(): void {
    this.setMode('race');
    this.cars[own]!.drive(0, 0);
    this.lineUp();
    this.race = new Race(lapsOfARace);
  }

  private setMode(mode: Mode): void {
    this.mode = mode;
    this.race = null;
    this.sketch.clear();
    this.hud.setButtons(
      mode === 'watch'
        ? [
            { label: '▶ Race', press: () => this.startRace() },
            { label: '✎ Draw a track', press: () => this.setMode('draw') },
          ]
        : [{ label: '✕ Leave', press: () => this.setMode('watch') }],
    );
  }

  private beforePass(): void {
    const { race, wheel } = this;
    if (race !== null) {
      this.idleSteps = wheel.isHeld || race.isHeld ? 0 : this.idleSteps + 1;
      this.cars[own]!.drive(wheel.steer(), wheel.gas());
      if (this.idleSteps > mostIdleSteps) this.setMode('watch');
    }
    for (const car of this.cars) {
      if (race?.isHeld === true) car.rest();
      car.beforePass();
    }
  }

  private afterPass(): void {
    this.cars.forEach((car, index) => {
      if (car.afterPass()) this.lapMade(index);
      if (car.isDriven) this.leaveTraces(car);
    });
    this.marks.fade();
    this.stepRace();
  }

  private stepRace(): void {
    const { race, cars } = this;
    if (race === null) return;
    const { counts, arrived } = race.step(cars);
    if (counts === 0) {
      // Laps are timed from now on.
      this.lineUp();
      this.hud.announce('Go!', '', 'well', 600);
    } else if (counts !== null) this.hud.announce(String(counts), '', 'plain', 500);
    if (arrived.includes(own)) {
      const place = race.placeOf(own, cars);
      const rivals = cars.filter(({ isDriven }) => isDriven).length;
      this.hud.announce(
        place === 1 ? 'You won!' : `${ordinal(place)} of ${rivals}`,
        'Enter races again, Esc leaves',
        place === 1 ? 'well' : 'plain',
        4_000,
      );
    }
  }

  private lapMade(index: number): void {
    const { laps } = this.cars[index]!;
    const steps = laps.lastSteps!;
    const isClean = laps.wasClean;
    const isBest = isClean && laps.bestSteps === steps;
    const isRecord = isClean && steps < (this.record?.steps ?? Number.POSITIVE_INFINITY);
    if (isRecord) this.record = { car: index, steps };
    if (isClean) this.cleanLaps += 1;
    if (index !== own || this.mode !== 'race' || this.race?.hasFinished(own) === true) return;
    if (laps.laps >= lapsOfARace) return;
    this.hud.announce(seconds(steps), isRecord ? 'Fastest lap' : isBest ? 'Your best' : '', 'well', 1_100);
  }

  private leaveTraces(car: Car): void {
    const { image, speed } = car;
    const angle = image.rotation;
    const isBraking = car.gas < -0.3 && speed > 2;
    if (car.impact > 1.2) {
      this.smoke.spark(image.x, image.y, Math.min(14, Math.round(3 * car.impact)));
      if (this.mode === 'race' && car === this.cars[own]) this.cameras.main.shake(110, 0.0012 * car.impact);
    }
    if (!car.isSliding && !isBraking) return;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const strength = car.isSliding ? Math.min(0.62, 0.28 * Math.abs(car.slide)) : 0.22;
    const { velocity } = image.body as MatterJS.BodyType;
    const goes = Math.atan2(velocity.y, velocity.x);
    const covered = Math.sqrt(velocity.x ** 2 + velocity.y ** 2);
    for (const side of [-1, 1]) {
      const x = image.x - 11 * cos - side * 6.5 * sin;
      const y = image.y - 11 * sin + side * 6.5 * cos;
      this.marks.print(x, y, goes, covered, strength);
      if (Math.abs(car.slide) > 1.8) this.smoke.puff(x, y);
    }
  }

  private showHud(): void {
    const { mode, race, record, cars } = this;
    const { laps, speed } = cars[own]!;
    const fastest =
      record === null ? [] : [`Fastest clean lap ${seconds(record.steps)}, car ${record.car + 1}`];
    const clean = this.cleanLaps === 0 ? [] : [`Clean laps ${this.cleanLaps}`];
    if (mode === 'race' && race !== null) {
      const lap = Math.min(lapsOfARace, laps.laps + 1);
      const best = laps.bestSteps === null ? [] : [`Your best ${seconds(laps.bestSteps)}`];
      const touched = laps.isClean ? [] : ['Wall touched: this lap is not clean'];
      const rivals = cars.filter(({ isDriven }) => isDriven).length;
      this.hud.show({
        clock: race.isHeld ? seconds(0, 1) : seconds(laps.steps, 1),
        notes: [`Lap ${lap} of ${lapsOfARace}`, ...best, ...fastest, ...touched],
        place: rivals > 1 ? `${ordinal(race.placeOf(own, cars))} of ${rivals}` : null,
        speed: Math.abs(speed) / topSpeed,
        hint: 'Arrow keys, W A S D, or touch: sides steer, middle brakes · R puts you back · Esc leaves',
      });
      return;
    }
    this.hud.show({
      clock: null,
      notes: [...clean, ...fastest],
      place: null,
      speed: null,
      hint:
        mode === 'draw'
          ? 'Draw a loop in the direction of the race; the start is where you begin'
          : this.invitation,
    });
  }

  private addCar(layer: Phaser.GameObjects.Layer, livery: string, index: number, group: number): Car {
    const key = `car ${index + 1}`;
    this.paint(key, carTexture.width, carTexture.height, (pen) => paintCar(pen, livery, index + 1));
    this.paint('car shadow', carTexture.width, carTexture.height, (pen) => {
      pen.fillStyle = 'rgba(6, 14, 10, 0.4)';
      pen.beginPath();
      pen.roundRect(128 - 3 * carLengthPx, 64 - 3 * carWidthPx, 6 * carLengthPx, 6 * carWidthPx, 34);
      pen.fill();
    });
    const shadow = this.add.image(0, 0, 'car shadow').setScale(1 / carScale);
    const image = this.matter.add.image(0, 0, key).setScale(1 / carScale);
    image.setBody(
      { type: 'rectangle', width: carLengthPx, height: carWidthPx },
      { frictionAir: 0, friction: 0, restitution: 0.25, collisionFilter: { group, category: 1, mask: 1 } },
    );
    layer.add([shadow, image]);
    layer.bringToTop(image);
    this.shadows.push(shadow);
    return new Car(image, this.track);
  }

  private layGround(layer: Phaser.GameObjects.Layer): void {
    this.paint('ground', groundScale * worldWidthPx, groundScale * worldHeightPx, (pen) =>
      paintGround(pen, this.track, groundScale),
    );
    this.paint('surroundings', worldWidthPx, worldHeightPx, paintSurroundings);
    for (const column of [-1, 0, 1]) {
      for (const row of [-1, 0, 1]) {
        if (column === 0 && row === 0) continue;
        const image = this.add.image(column * worldWidthPx, row * worldHeightPx, 'surroundings');
        layer.add(image.setOrigin(0));
      }
    }
    layer.add(
      this.add
        .image(0, 0, 'ground')
        .setOrigin(0)
        .setScale(1 / groundScale),
    );
  }

  /** Paints a texture, where there is none of that name yet. */
  private paint(
    key: string,
    width: number,
    height: number,
    paint: (pen: CanvasRenderingContext2D) => void,
  ): void {
    if (this.textures.exists(key)) return;
    const texture = this.textures.createCanvas(key, width, height);
    if (texture === null) return;
    paint(texture.getContext());
    texture.refresh();
  }

  /** One camera looks at the world, one at what stands over the picture. */
  private lookAt(layers: readonly Phaser.GameObjects.Layer[]): void {
    const over = this.add.layer();
    const screen = this.cameras.add(0, 0, this.scale.width, this.scale.height, false, 'screen');
    screen.ignore([...layers]);
    this.cameras.main.ignore(over);
    this.view = new RaceCamera(this.cameras.main);
    this.paint('shade', shadeSize, shadeSize, (pen) => paintShade(pen, shadeSize));
    const shade = this.add.image(0, 0, 'shade').setOrigin(0);
    over.add(shade);
    this.hud = new Hud(this, over);
    this.setMode('watch');
    const resize = () => {
      const { width, height } = this.scale;
      for (const camera of this.cameras.cameras) camera.setSize(width, height);
      shade.setDisplaySize(width, height);
      this.view.cut();
      this.hud.layOut();
    };
    resize();
    this.scale.on('resize', resize);
    this.events.once('shutdown', () => this.scale.off('resize', resize));
  }

  private listen(): void {
    const keyboard = this.input.keyboard;
    for (const key of ['LEFT', 'RIGHT', 'UP', 'DOWN']) {
      keyboard?.on(`keydown-${key}`, () => {
        if (this.mode === 'watch') this.startRace();
      });
    }
    keyboard?.on('keydown-ENTER', () => {
      if (this.mode === 'race') this.startRace();
    });
    keyboard?.on('keydown-ESC', () => this.setMode('watch'));
    keyboard?.on('keydown-R', () => {
      if (this.mode === 'race') this.cars[own]!.putBack();
    });
    const at = ({ x, y }: Phaser.Input.Pointer) => this.cameras.main.getWorldPoint(x, y);
    this.input.on('pointerdown', (pointer: Phaser.Input.Pointer) => {
      if (this.mode === 'draw') this.sketch.begin(at(pointer));
    });
    this.input.on('pointermove', (pointer: Phaser.Input.Pointer) => {
      if (this.mode === 'draw' && pointer.isDown) this.sketch.go(at(pointer));
    });
    this.input.on('pointerup', () => {
      if (this.mode === 'draw') this.endSketch();
    });
  }

  private endSketch(): void {
    const drawn = this.sketch.end();
    if ('refusal' in drawn) {
      this.hud.announce('', refusals[drawn.refusal], 'alarm', 3_000);
      return;
    }
    keepOutline(drawn.outline);
    this.driveOn(drawn.outline);
  }

  /** Changes to another course. */
  private driveOn(outline: Parameters<typeof chooseOutline>[1]): void {
    chooseOutline(this, outline);
    this.textures.remove('ground');
    this.scene.restart();
  }
}

function seconds(steps: number, digits = 2): string {
  return (steps / 60).toFixed(digits);
}

function ordinal(place: number): string {
  return `${place}${['st', 'nd', 'rd'][place - 1] ?? 'th'}`;
}

export const racerConfig: Phaser.Types.Core.GameConfig = {
  type: Phaser.AUTO,
  // Until it is known how large its place is.
  scale: { mode: Phaser.Scale.NONE, width: worldWidthPx, height: worldHeightPx },
  callbacks: { postBoot: fill },
  backgroundColor: beyond,
  physics: { default: 'matter', matter: { gravity: { x: 0, y: 0 } } },
  render: { mipmapFilter: 'LINEAR_MIPMAP_LINEAR' },
  scene: RaceScene,
};
