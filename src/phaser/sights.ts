import type Phaser from 'phaser';
import { type ObservationSpace, PlaytrainError, sentenceOf } from '../contract';
import type { AgentDefinition, Sight } from './agent-definition';
import { said } from './options';
import type { Sensor } from './sensors/sensor';

/** What is beyond is taken for a fault by `checkAgent`: such numbers should have been scaled. */
const bound = 5;

/** The one order in which what an agent sees and senses becomes numbers. Sizes come from what is seen first. */
export class Sights<Scene extends Phaser.Scene> {
  readonly space: ObservationSpace;
  private readonly definition: Pick<AgentDefinition<Scene>, 'name' | 'sees'>;
  private readonly names: readonly string[];
  private readonly sizes: readonly number[];
  private readonly sensors: readonly Sensor<Scene>[];
  private readonly sensorNames: readonly string[];

  /** @param scene at an episode's start. */
  constructor(definition: Pick<AgentDefinition<Scene>, 'name' | 'sees' | 'sensors'>, scene: Scene) {
    const { name, sees, sensors = {} } = definition;
    const seen = sees?.(scene, 0) ?? {};
    this.definition = definition;
    this.names = Object.keys(seen);
    for (const sight of this.names) if (!isSight(seen[sight])) throw noSight(name, sight, seen[sight]);
    this.sizes = this.names.map((sight) => sizeOf(seen[sight]!));
    this.sensors = Object.values(sensors);
    this.sensorNames = Object.keys(sensors);
    const seenNames = this.names.flatMap((sight, index) => namesOf(sight, seen[sight]!, this.sizes[index]!));
    const sensed = Object.entries(sensors).flatMap(([sensor, { names }]) =>
      names.map((each) => `${sensor} ${each}`),
    );
    const names = [...seenNames, ...sensed];
    if (names.length === 0) {
      throw new PlaytrainError(
        'bad-environment',
        `The agent “${name}” sees nothing; give it at least one number.`,
      );
    }
    this.space = {
      size: names.length,
      names,
      low: [...seenNames.map(() => -bound), ...this.sensors.flatMap(({ low }) => low)],
      high: [...seenNames.map(() => bound), ...this.sensors.flatMap(({ high }) => high)],
    };
  }

  /** An episode begins: sensors forget. */
  begin(scene: Scene, who: number): void {
    for (const sensor of this.sensors) sensor.begin?.(scene, who);
  }

  /**
   * Writes what one of its agents sees in `scene` into `into` `[N, obs]`, from `offset` on.
   *
   * @throws PlaytrainError `bad-environment` where other names, or another number of numbers, came than at first.
   */
  write(scene: Scene, into: Float32Array, offset: number, who: number): void {
    let next = offset;
    const seen = this.definition.sees?.(scene, who) ?? {};
    for (let i = 0; i < this.names.length; i++) {
      const name = this.names[i]!;
      const sight = seen[name];
      if (!isSight(sight) || sizeOf(sight) !== this.sizes[i]) throw this.changed(name, sight);
      if (typeof sight === 'object') into.set(sight, next);
      else into[next] = Number(sight);
      next += this.sizes[i]!;
    }
    for (let i = 0; i < this.sensors.length; i++) {
      const sensor = this.sensors[i]!;
      try {
        sensor.read(scene, into, next, who);
      } catch (cause) {
        throw new PlaytrainError(
          'bad-environment',
          `The sensor “${this.sensorNames[i]}” cannot read what it is given (${sentenceOf(cause)}); it must be in the scene.`,
          { cause },
        );
      }
      next += sensor.names.length;
    }
  }

  private changed(name: string, sight: unknown): PlaytrainError {
    if (sight !== undefined && !isSight(sight)) return noSight(this.definition.name, name, sight);
    const count = sight === undefined ? 'nothing' : `${sizeOf(sight)} numbers`;
    const first = this.sizes[this.names.indexOf(name)];
    return new PlaytrainError(
      'bad-environment',
      `The agent “${this.definition.name}” sees ${count} as “${name}”, where it saw ${first} at first; what it sees must always have the same size.`,
    );
  }
}

/** Whether it is what `Sight` says. Of lists their first element tells, since this is asked at every decision. */
function isSight(sight: unknown): sight is Sight {
  switch (typeof sight) {
    case 'number':
    case 'boolean':
      return true;
    case 'object':
      return sight instanceof Float32Array || (Array.isArray(sight) && isNumber(sight[0] ?? 0));
    default:
      return false;
  }
}

const isNumber = (value: unknown) => typeof value === 'number';

function noSight(agent: string, name: string, sight: unknown): PlaytrainError {
  return new PlaytrainError(
    'bad-environment',
    `The agent “${agent}” sees ${said(sight)} as “${name}”: give a number, true or false, or a list of numbers.`,
  );
}

function sizeOf(sight: Sight): number {
  return typeof sight === 'object' ? sight.length : 1;
}

function namesOf(name: string, sight: Sight, size: number): string[] {
  return typeof sight === 'object' ? Array.from({ length: size }, (_, i) => `${name} ${i + 1}`) : [name];
}
