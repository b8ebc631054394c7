/**
 * `npm run build:sounds`: computes Volley's sounds from the formulae below and writes them as WAV files (mono, 22.05 kHz,
 * 16 bit) into assets/sounds/volley. The same files every time.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const soundFolder = fileURLToPath(new URL('../assets/sounds/volley/', import.meta.url));

const samplesPerSecond = 22_050;
/** Every sound ends in a fade of so long, so that none ends with a click. */
const fadeSeconds = 0.012;
const loudest = 0.9;

/** A sound's amplitude at a time in seconds. */
type Part = (time: number) => number;

interface Tone {
  /** Frequencies in Hz; `to` is `from` where it is not named. */
  readonly from: number;
  readonly to?: number;
  readonly bend?: number;
  readonly decay: number;
  readonly partials?: readonly number[];
  readonly startSeconds?: number;
  readonly attackSeconds?: number;
}

interface Noise {
  readonly cutoff: number;
  readonly decay: number;
  readonly attackSeconds?: number;
}

/**
 * A tone whose frequency goes from `from` to `to` Hz, the faster the larger `bend` is, with `partials` as the loudness of
 * its overtones, dying away at `decay` a second.
 */
function tone(wanted: Tone): Part {
  const {
    from,
    to = from,
    bend = 8,
    decay,
    partials = [1],
    startSeconds = 0,
    attackSeconds = 0.002,
  } = wanted;
  return (time) => {
    const t = time - startSeconds;
    if (t < 0) return 0;
    // The integral of to + (from − to) e^(−bend t).
    const turns = to * t + ((from - to) * (1 - Math.exp(-bend * t))) / bend;
    let sum = 0;
    partials.forEach((loudness, i) => {
      sum += loudness * Math.sin(2 * Math.PI * turns * (i + 1));
    });
    return sum * Math.min(1, t / attackSeconds) * Math.exp(-decay * t);
  };
}

/** Noise through a low pass at `cutoff` Hz, dying away at `decay` a second. */
function noise({ cutoff, decay, attackSeconds = 0.001 }: Noise): Part {
  // Numerical Recipes' linear congruential generator; any would serve, but it must be the same everywhere.
  let seed = 12_345;
  let level = 0;
  const share = 1 - Math.exp((-2 * Math.PI * cutoff) / samplesPerSecond);
  return (time) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    level += (seed / 2 ** 31 - 1 - level) * share;
    return level * Math.min(1, time / attackSeconds) * Math.exp(-decay * time);
  };
}

/** Parts with their loudness, heard together. */
const mix =
  (parts: readonly (readonly [loudness: number, part: Part])[]): Part =>
  (time) =>
    parts.reduce((sum, [loudness, part]) => sum + loudness * part(time), 0);

/** Soft clipping: the larger `drive`, the harsher. */
const driven =
  (drive: number, part: Part): Part =>
  (time) =>
    Math.tanh(drive * part(time));

/** Notes one after the other, each ringing on. */
const melody = (
  frequencies: readonly number[],
  everySeconds: number,
  decay: number,
  partials: readonly number[],
): Part =>
  mix(
    frequencies.map((from, i) => [
      1,
      tone({ from, decay, partials, startSeconds: i * everySeconds, attackSeconds: 0.006 }),
    ]),
  );

/** Seconds, loudness and formula of each sound. */
const recipes: Readonly<Record<string, readonly [seconds: number, loudness: number, formula: Part]>> = {
  touch: [
    0.15,
    0.8,
    mix([
      [1, tone({ from: 430, to: 210, bend: 40, decay: 24, partials: [1, 0.25] })],
      [0.5, noise({ cutoff: 2600, decay: 130 })],
    ]),
  ],
  smash: [
    0.28,
    0.9,
    driven(
      2.2,
      mix([
        [1, tone({ from: 320, to: 70, bend: 26, decay: 13 })],
        [1.1, noise({ cutoff: 4200, decay: 34 })],
      ]),
    ),
  ],
  wall: [
    0.13,
    0.6,
    mix([
      [1, tone({ from: 620, to: 520, bend: 50, decay: 34, partials: [1, 0.1, 0.3] })],
      [0.4, noise({ cutoff: 3500, decay: 150 })],
    ]),
  ],
  net: [
    0.2,
    0.6,
    mix([
      [1, tone({ from: 196, decay: 20 })],
      [0.5, tone({ from: 541, decay: 26 })],
      [0.3, tone({ from: 1063, decay: 38 })],
      [0.5, noise({ cutoff: 1500, decay: 90 })],
    ]),
  ],
  jump: [
    0.15,
    0.45,
    tone({ from: 230, to: 720, bend: 9, decay: 14, partials: [1, 0.2], attackSeconds: 0.012 }),
  ],
  land: [
    0.12,
    0.6,
    mix([
      [1, tone({ from: 130, to: 55, bend: 30, decay: 30 })],
      [0.9, noise({ cutoff: 700, decay: 42 })],
    ]),
  ],
  'point-won': [0.6, 0.7, melody([523.25, 659.25, 783.99, 1046.5], 0.085, 7.5, [1, 0.3, 0.12])],
  'point-lost': [0.5, 0.65, melody([392, 329.63, 246.94], 0.12, 8, [1, 0.35, 0.2])],
  countdown: [0.13, 0.55, tone({ from: 660, decay: 16, partials: [1, 0.2, 0.1], attackSeconds: 0.004 })],
  go: [0.34, 0.65, melody([990, 1320], 0.07, 9, [1, 0.25, 0.1])],
};

/**
 * Computes every sound.
 *
 * @returns the files' bytes by their names without ending.
 */
export function makeSounds(): Record<string, Buffer> {
  return Object.fromEntries(
    Object.entries(recipes).map(([name, [seconds, loudness, formula]]) => [
      name,
      wavOf(samplesOf(seconds, loudness, formula)),
    ]),
  );
}

/** Samples from −32768 to 32767, the loudest of them `loudness` × 0.9 of that. */
function samplesOf(seconds: number, loudness: number, formula: Part): Int16Array {
  const values = Float64Array.from({ length: Math.round(seconds * samplesPerSecond) }, (_, i) => {
    const time = i / samplesPerSecond;
    return formula(time) * Math.min(1, (seconds - time) / fadeSeconds);
  });
  const peak = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return Int16Array.from(values, (value) => Math.round((value / peak) * loudness * loudest * 32_767));
}

/** A RIFF file with one `fmt ` and one `data` chunk. */
function wavOf(samples: Int16Array): Buffer {
  const headerBytes = 44;
  const bytes = Buffer.alloc(headerBytes + 2 * samples.length);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20); // PCM
  bytes.writeUInt16LE(1, 22); // channels
  bytes.writeUInt32LE(samplesPerSecond, 24);
  bytes.writeUInt32LE(2 * samplesPerSecond, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(2 * samples.length, 40);
  samples.forEach((sample, i) => {
    bytes.writeInt16LE(sample, headerBytes + 2 * i);
  });
  return bytes;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(soundFolder, { recursive: true });
  let total = 0;
  for (const [name, bytes] of Object.entries(makeSounds())) {
    writeFileSync(join(soundFolder, `${name}.wav`), bytes);
    total += bytes.length;
  }
  console.log(`Wrote ${Object.keys(recipes).length} sounds, ${(total / 1000).toFixed(0)} kB.`);
}
