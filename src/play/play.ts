const functions = {
  tanh: Math.tanh,
  relu: (sum: number) => Math.max(0, sum),
  swish: (sum: number) => sum / (1 + Math.exp(-sum)),
};

/** Why a file cannot be played. */
export class PlayFileError extends Error {}

/** What was handed to a policy is not what it sees. */
export class PlayInputError extends Error {}

/** What is to be known of a policy besides its weights; written by `encodePlayFile`. */
export interface PlayHeader {
  /** Which form of file this is. */
  readonly format: 'playtrain-play-1';
  /** Names of what it sees, in order. */
  readonly sees: readonly string[];
  /** Units of each layer, from what it sees to what it puts out. */
  readonly sizes: readonly number[];
  /** What layers but the last put their sums through. */
  readonly activation: 'tanh' | 'relu' | 'swish';
  /** Of each number of an action: how many choices there are, and where their flags begin; or the bounds of an amount. */
  readonly does: readonly (
    | {
        /** How many there are to choose from. */
        readonly choices: number;
        /** Where their flags begin among those of what is allowed; null where all always are. */
        readonly mask: number | null;
      }
    | {
        /** The least of an amount. */
        readonly low: number;
        /** The most of it. */
        readonly high: number;
      }
  )[];
  /** What is seen is normalised by these, and clipped; null where it is not. */
  readonly normal: {
    /** What is subtracted from each number. */
    readonly mean: readonly number[];
    /** What it is multiplied by then. */
    readonly scale: readonly number[];
    /** How far from 0 it may be in the end. */
    readonly clip: number;
  } | null;
}

/**
 * Answers what is seen `[obs]` with the likeliest action `[actionSize]`: choices by number, amounts within their bounds.
 *
 * @throws PlayInputError where there are more or fewer numbers than it sees.
 * @param allowed one flag for each choice, where some may be forbidden; all may be taken where it is left out.
 */
export type Play = (seen: ArrayLike<number>, allowed?: ArrayLike<number>) => number[];

/**
 * Reads a policy to play by, and nothing else: to be shipped with a game.
 *
 * @throws PlayFileError where the file is none, or cut short.
 */
export function play(file: ArrayBuffer | Uint8Array): Play {
  const { header, weights } = read(file);
  const { sees, sizes, activation, does, normal } = header;
  return (seen, allowed) => {
    if (seen.length !== sizes[0]) {
      throw new PlayInputError(
        `It sees ${sizes[0]} numbers (${sees.join(', ')}), and was given ${seen.length}.`,
      );
    }
    let values = Array.from(seen);
    if (normal !== null) {
      const { mean, scale, clip } = normal;
      values = values.map((value, i) => Math.max(-clip, Math.min(clip, (value - mean[i]!) * scale[i]!)));
    }
    let at = 0;
    for (let layer = 1; layer < sizes.length; layer++) {
      const outputs = sizes[layer]!;
      const biases = at + values.length * outputs;
      const sums = Array.from({ length: outputs }, (_, output) => {
        let sum = weights[biases + output]!;
        for (let input = 0; input < values.length; input++)
          sum += values[input]! * weights[at + input * outputs + output]!;
        return sum;
      });
      at = biases + outputs;
      const isLast = layer + 1 === sizes.length;
      values = isLast ? sums : sums.map(functions[activation]);
    }
    let output = 0;
    return does.map((what) => {
      if ('low' in what) return Math.max(what.low, Math.min(what.high, values[output++]!));
      let best = 0;
      let highest = -Infinity;
      for (let choice = 0; choice < what.choices; choice++, output++) {
        const isForbidden = what.mask !== null && allowed?.[what.mask + choice] === 0;
        if (isForbidden || values[output]! <= highest) continue;
        highest = values[output]!;
        best = choice;
      }
      return best;
    });
  };
}

function read(file: ArrayBuffer | Uint8Array) {
  try {
    // Node's buffers are parts of larger ones.
    const bytes = ArrayBuffer.isView(file) ? file : new Uint8Array(file);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const length = view.getUint32(0, true);
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as PlayHeader;
    const { sizes } = header;
    const count = sizes.slice(1).reduce((sum, size, layer) => sum + (sizes[layer]! + 1) * size, 0);
    const weights = Float32Array.from({ length: count }, (_, i) =>
      half(view.getUint16(4 + length + 2 * i, true)),
    );
    if (header.format === 'playtrain-play-1') return { header, weights };
  } catch {
    // Told below.
  }
  throw new PlayFileError(
    'This is no policy to play by, or it was cut short; save it again from where it learned.',
  );
}

/** The number that 16 bits stand for (IEEE 754, binary16). */
function half(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = (bits & 1023) / 1024;
  const size = exponent === 0 ? 2 ** -14 * fraction : 2 ** (exponent - 15) * (1 + fraction);
  return bits >> 15 ? -size : size;
}
