import type Phaser from 'phaser';
import type { Sensor } from './sensor';

/** What a sensor says now and said at the decisions before, newest first; at an episode's start, what it says then. */
export function stack<Scene>(sensor: Sensor<Scene>, decisions: number): Sensor<Scene> {
  return new Stack(sensor, decisions);
}

class Stack<Scene> implements Sensor<Scene> {
  readonly names: readonly string[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  private readonly sensor: Sensor<Scene>;
  private readonly remembered: Float32Array;
  private isFresh = true;

  constructor(sensor: Sensor<Scene>, decisions: number) {
    const times = Array.from({ length: decisions }, (_, before) => before);
    this.sensor = sensor;
    this.names = times.flatMap((before) =>
      sensor.names.map((name) => (before === 0 ? name : `${name}, ${before} before`)),
    );
    this.low = times.flatMap(() => sensor.low);
    this.high = times.flatMap(() => sensor.high);
    this.remembered = new Float32Array(this.names.length);
  }

  begin(scene: Scene): void {
    this.sensor.begin?.(scene);
    this.isFresh = true;
  }

  read(scene: Scene, into: Float32Array, offset: number): void {
    const { sensor, remembered } = this;
    const size = sensor.names.length;
    remembered.copyWithin(size, 0, remembered.length - size);
    sensor.read(scene, remembered, 0);
    if (this.isFresh) {
      for (let at = size; at < remembered.length; at += size) remembered.copyWithin(at, 0, size);
    }
    this.isFresh = false;
    into.set(remembered, offset);
  }

  draw(scene: Scene, pen: Phaser.GameObjects.Graphics): void {
    this.sensor.draw?.(scene, pen);
  }
}
