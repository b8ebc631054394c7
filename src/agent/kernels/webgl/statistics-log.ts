import type { StatisticsRow } from '../../minibatch-trainer';
import type { DeviceMemory } from './device-memory';
import type { ReadRequest } from './device-read';
import type { DrawTarget } from './float-texture';
import { logWidth } from './minibatch-statistics';
import type { TexelRectangle } from './program-context';

/**
 * Where minibatches leave their statistics until the update ends: two textures of two layers that take turns, as
 * `minibatch-statistics.ts` says.
 */
export class StatisticsLog {
  /** How many minibatches it has room for. */
  readonly capacity: number;
  private readonly memory: DeviceMemory;
  private readonly even: DrawTarget;
  private readonly odd: DrawTarget;

  /** Room for so many minibatches, in `memory`. */
  constructor(memory: DeviceMemory, minibatches: number) {
    const height = Math.max(1, Math.ceil(minibatches / 2 / logWidth));
    this.capacity = 2 * logWidth * height;
    this.memory = memory;
    this.even = memory.layered(logWidth, height, 2);
    this.odd = memory.layered(logWidth, height, 2);
  }

  /** Of a minibatch: its texture, and its texel there. */
  place(minibatch: number): TexelRectangle & { readonly target: DrawTarget } {
    const entry = Math.floor(minibatch / 2);
    const target = minibatch % 2 === 0 ? this.even : this.odd;
    return { target, x: entry % logWidth, y: Math.floor(entry / logWidth), width: 1, height: 1 };
  }

  /** What is to be read of the first so many minibatches. */
  requests(minibatches: number): ReadRequest[] {
    const both = (target: DrawTarget, entries: number) =>
      entries === 0
        ? []
        : [0, 1].map((attachment) => ({ target, attachment, x: 0, y: 0, ...sizeOf(entries) }));
    return [...both(this.even, Math.ceil(minibatches / 2)), ...both(this.odd, Math.floor(minibatches / 2))];
  }

  dispose(): void {
    this.memory.release(this.even);
    this.memory.release(this.odd);
  }
}

/** Of the texels that hold a texture's first entries. */
function sizeOf(entries: number): { readonly width: number; readonly height: number } {
  return { width: Math.min(entries, logWidth), height: Math.ceil(entries / logWidth) };
}

/** Takes apart what was read for `requests`. */
export function statisticsRows(numbers: Float32Array, minibatches: number): StatisticsRow[] {
  const layerSize = (entries: number) => 4 * sizeOf(entries).width * sizeOf(entries).height;
  const evenLayer = layerSize(Math.ceil(minibatches / 2));
  const oddLayer = layerSize(Math.floor(minibatches / 2));
  return Array.from({ length: minibatches }, (_, minibatch) => {
    const isEven = minibatch % 2 === 0;
    const losses = (isEven ? 0 : 2 * evenLayer) + 4 * Math.floor(minibatch / 2);
    const others = losses + (isEven ? evenLayer : oddLayer);
    return {
      policyLoss: numbers[losses]!,
      valueLoss: numbers[losses + 1]!,
      entropy: numbers[losses + 2]!,
      approximateKl: numbers[losses + 3]!,
      clipFraction: numbers[others]!,
      gradientNorm: numbers[others + 1]!,
      ratioDeviation: numbers[others + 2]!,
    };
  });
}
