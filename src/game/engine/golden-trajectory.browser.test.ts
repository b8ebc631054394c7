import { describe, expect, it } from 'vitest';
import { balance } from '../balance/simulation';
import { swing } from '../swing/simulation';
import { volley } from '../volley/simulation';
import { goldenTrajectory } from './golden-trajectory';

// The same hashes as in the simulations' own tests, which run in Node.
describe('a browser', () => {
  it('reaches the states of Balance that Node reaches', () => {
    expect(goldenTrajectory(balance, (tick, arena) => (tick >> arena) & 1)).toBe('9f799736');
  });

  it('reaches the states of Swing that Node reaches', () => {
    const torque = (tick: number, arena: number) => ((tick * (arena + 1)) % 9) / 2 - 2;
    expect(goldenTrajectory(swing, torque)).toBe('986aadbe');
  });

  it('reaches the states of Volley that Node reaches', () => {
    const runsAndJumps = (tick: number, agent: number, component: number) =>
      component === 0 ? ((tick >> 4) + agent) % 3 : (tick >> (agent + 2)) & 1;
    expect(goldenTrajectory(volley, runsAndJumps)).toBe('553338fa');
  });
});
