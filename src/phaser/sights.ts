import { type ObservationSpace, PlaytrainError } from '../contract';
import type { Sight } from './agent-definition';

/** What is beyond is taken for a fault by `checkAgent`: such numbers should have been scaled. */
const bound = 5;

/** The one order in which what an agent sees by name becomes numbers. Sizes come from what is seen first. */
export class Sights {
  readonly space: ObservationSpace;
  private readonly agent: string;
  private readonly names: readonly string[];
  private readonly sizes: readonly number[];

  /** @param seen what the agent sees at an episode's start. */
  constructor(agent: string, seen: Readonly<Record<string, Sight>>) {
    this.agent = agent;
    this.names = Object.keys(seen);
    this.sizes = this.names.map((name) => sizeOf(seen[name]!));
    const names = this.names.flatMap((name, index) =>
      typeof seen[name] === 'object'
        ? Array.from({ length: this.sizes[index]! }, (_, i) => `${name} ${i + 1}`)
        : [name],
    );
    if (names.length === 0) {
      throw new PlaytrainError(
        'bad-environment',
        `The agent “${agent}” sees nothing; give it at least one number.`,
      );
    }
    this.space = {
      size: names.length,
      names,
      low: names.map(() => -bound),
      high: names.map(() => bound),
    };
  }

  /** @throws PlaytrainError `bad-environment` where other names, or another number of numbers, came than at first. */
  write(seen: Readonly<Record<string, Sight>>, into: Float32Array): void {
    let next = 0;
    for (let i = 0; i < this.names.length; i++) {
      const name = this.names[i]!;
      const sight = seen[name];
      if (sight === undefined || sizeOf(sight) !== this.sizes[i]) throw this.changed(name, sight);
      if (typeof sight === 'object') into.set(sight, next);
      else into[next] = Number(sight);
      next += this.sizes[i]!;
    }
  }

  private changed(name: string, sight: Sight | undefined): PlaytrainError {
    const count = sight === undefined ? 'nothing' : `${sizeOf(sight)} numbers`;
    const first = this.sizes[this.names.indexOf(name)];
    return new PlaytrainError(
      'bad-environment',
      `The agent “${this.agent}” sees ${count} as “${name}”, where it saw ${first} at first; what it sees must always have the same size.`,
    );
  }
}

function sizeOf(sight: Sight): number {
  return typeof sight === 'object' ? sight.length : 1;
}
