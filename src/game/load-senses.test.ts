import { describe, expect, it } from 'vitest';
import { type SensePen, seatsOf } from '../contract';
import { SeededRandom } from '../random/seeded-random';
import { games, loadGame } from './catalogue';
import { loadSenses } from './load-senses';

describe.each(games.map(({ id }) => id))('the senses of %s', (id) => {
  it('say of every number that its agents see what it is, at places that are numbers, all through an episode', async () => {
    const { simulation } = await loadGame(id);
    const { senses } = await loadSenses(id);
    const random = SeededRandom.fromSeed(4);
    const state = new Float64Array(simulation.stateSize);
    const seats = seatsOf(simulation);
    const actions = new Float32Array(seats * 2);
    const rewards = new Float64Array(seats * simulation.rewardTerms.length);
    simulation.reset(state, random);
    for (let tick = 0; tick < 60; tick++) {
      for (let seat = 0; seat < seats; seat++) {
        const said = new Set<number>();
        const places: number[] = [];
        const pen: SensePen = {
          line: (from, to) => places.push(...from, ...to),
          arrow: (from, to) => places.push(...from, ...to),
          arc: (around, ...rest) => places.push(...around, ...rest.slice(0, 3).map(Number)),
          dot: (at) => places.push(...at),
          label: (components, at, text) => {
            for (const component of components) said.add(component);
            places.push(...at);
            expect(text).not.toMatch(/NaN|undefined/);
          },
        };
        senses.draw(pen, state, seat);
        expect(said.size).toBe(simulation.observationSpace.size);
        expect(places.every(Number.isFinite)).toBe(true);
      }
      if (simulation.step(state, actions, rewards)) simulation.reset(state, random);
    }
  });

  it('lie in the picture of its scene', async () => {
    const { sceneFrame } = await loadSenses(id);
    const rectangle = { xPx: 10, yPx: 20, widthPx: 500, heightPx: 400 };
    const { originXPx, originYPx, unitPx } = sceneFrame.of(rectangle);
    expect(originXPx).toBe(260);
    expect(originYPx).toBeGreaterThan(20);
    expect(originYPx).toBeLessThan(420);
    expect(unitPx).toBeGreaterThan(0);
  });
});
