import { checkAgent } from 'playtrain/phaser/twin';
import { describe, expect, it } from 'vitest';
import { driver } from './driver.agent';
import { racerConfig } from './racer';
import { trajectory } from './trajectory';

describe('cars in a game that knows of no agent', () => {
  it('see the same to the bit over 3,000 steps, every time', async () => {
    const [first, second] = [await trajectory(3_000), await trajectory(3_000)];
    expect(second).toEqual(first);
    expect(first.endings.length).toBeGreaterThan(100);
    expect(first.faults).toEqual([]);
  });

  it('have nothing that the check of agents finds', async () => {
    expect((await checkAgent(racerConfig, driver)).findings).toEqual([]);
  });
});
