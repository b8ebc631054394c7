import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeSounds, soundFolder } from './make-sounds';

const headerBytes = 44;

const sounds = Object.entries(makeSounds());

describe('Volley’s sounds', () => {
  it('are committed, and no others', () => {
    expect(readdirSync(soundFolder).sort()).toEqual(sounds.map(([name]) => `${name}.wav`).sort());
  });

  it('are small: under 150 kB together', () => {
    expect(sounds.reduce((sum, [, bytes]) => sum + bytes.length, 0)).toBeLessThan(150_000);
  });

  it.each(sounds)('hold %s as its formula gives it', (name, bytes) => {
    expect(readFileSync(join(soundFolder, `${name}.wav`)).equals(bytes)).toBe(true);
  });

  it.each(sounds)('begin and end %s in silence, and never clip it', (_, bytes) => {
    const count = (bytes.length - headerBytes) / 2;
    const samples = Array.from({ length: count }, (__, i) => bytes.readInt16LE(headerBytes + 2 * i));
    const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(loudest).toBeGreaterThan(10_000);
    expect(loudest).toBeLessThan(32_000);
    expect(Math.abs(samples[0] ?? loudest)).toBeLessThan(0.02 * loudest);
    expect(Math.abs(samples.at(-1) ?? loudest)).toBeLessThan(0.02 * loudest);
  });
});
