import '../src/phaser/stand-ins';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { driver } from '../examples/racer/driver.agent';
import { type RaceScene, racerConfig } from '../examples/racer/racer';
import { playPolicy } from '../src/phaser';
import { startHeadless } from '../src/phaser/headless-game';

const file = readFileSync(join(import.meta.dirname, '../assets/agents/racer/driver.play'));
// Somewhere within other bytes, as a file of an archive is.
const bytes = Uint8Array.of(...new Uint8Array(5), ...file, 0);
const policy = bytes.subarray(5, -1);
const seconds = 32;

/** What the cars that ship come to on a display of so many frames a second. */
async function drivenAt(framesPerSecond: number) {
  const game = await startHeadless(racerConfig, 1);
  game.loop.stop();
  // Nobody sees it.
  game.step = game.headlessStep.bind(game);
  const playing = playPolicy(game, driver, policy);
  game.headlessStep(0, 1000 / 60);
  await playing;
  const { callback } = game.loop as unknown as { callback: (nowMs: number) => void };
  for (let frame = 0; frame < seconds * framesPerSecond; frame++) callback((frame * 1_000) / framesPerSecond);
  const { cars } = game.scene.getScene<RaceScene>('RaceScene');
  const laps = cars.map(({ laps: { cleanLaps, bestSteps } }) => ({ cleanLaps, bestSteps }));
  game.destroy(true);
  game.headlessStep(0, 0);
  return laps;
}

describe('the cars that ship', () => {
  it('drive clean laps, as quickly at 144 frames a second as at 60', async () => {
    const slow = await drivenAt(60);
    expect(slow.filter(({ cleanLaps }) => cleanLaps >= 2).length).toBeGreaterThanOrEqual(12);
    const fast = await drivenAt(144);
    expect(fast).toEqual(slow);
  });

  it('fit into 12 kB', () => {
    expect(file.length).toBeLessThan(12_000);
  });
});
