import { aWholeNumber, checkValue } from '../options';
import type { SensorPen } from './pen';
import { isSensor, type Placed, type Sensor } from './sensor';

/**
 * What a sensor says now and said at the decisions before, newest first; at an episode's start, what it says then.
 *
 * @param decisions how many, the one now included.
 * @throws PlaytrainError `bad-environment` where one of the two cannot be meant.
 */
export function stack<Scene>(sensor: Sensor<Scene>, decisions: number): Sensor<Scene> {
  checkValue('stack', 'sensor', sensor, isSensor);
  checkValue('stack', 'decisions', decisions, aWholeNumber(1));
  return new Stack(sensor, decisions);
}

class Stack<Scene> implements Sensor<Scene> {
  readonly names: readonly string[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  private readonly sensor: Sensor<Scene>;
  /** By agent. */
  private readonly remembered: Float32Array[] = [];
  private readonly isFresh: boolean[] = [];

  constructor(sensor: Sensor<Scene>, decisions: number) {
    const times = Array.from({ length: decisions }, (_, before) => before);
    this.sensor = sensor;
    this.names = times.flatMap((before) =>
      sensor.names.map((name) => (before === 0 ? name : `${name}, ${before} before`)),
    );
    this.low = times.flatMap(() => sensor.low);
    this.high = times.flatMap(() => sensor.high);
  }

  begin(scene: Scene, who: number): void {
    this.sensor.begin?.(scene, who);
    this.isFresh[who] = true;
  }

  read(scene: Scene, into: Float32Array, offset: number, who: number): void {
    const { sensor } = this;
    const remembered = this.rememberedBy(who);
    const size = sensor.names.length;
    remembered.copyWithin(size, 0, remembered.length - size);
    sensor.read(scene, remembered, 0, who);
    if (this.isFresh[who] === true) {
      for (let at = size; at < remembered.length; at += size) remembered.copyWithin(at, 0, size);
    }
    this.isFresh[who] = false;
    into.set(remembered, offset);
  }

  draw(scene: Scene, pen: SensorPen, who: number): void {
    this.sensor.draw?.(scene, pen, who);
  }

  origin(scene: Scene, who: number): Readonly<Pick<Placed, 'x' | 'y'>> | null {
    return this.sensor.origin?.(scene, who) ?? null;
  }

  private rememberedBy(who: number): Float32Array {
    const known = this.remembered[who];
    if (known !== undefined) return known;
    const remembered = new Float32Array(this.names.length);
    this.remembered[who] = remembered;
    this.isFresh[who] = true;
    return remembered;
  }
}
