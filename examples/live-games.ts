import { duelGoal, duelSettings } from './duel/settings';
import { flapGoal, flapSettings } from './flap/settings';
import type { LiveExample } from './live-example';
import { racerGoal, racerSettings } from './racer/settings';
import { runnerGoal, runnerSettings } from './runner/settings';

/** The games with agents by the name of their folder. What one consists of is fetched when it is asked for. */
export const liveGames: Readonly<Record<string, () => Promise<LiveExample>>> = {
  flap: async () => {
    const [{ flapConfig }, { bird }] = await withoutPage(
      () => import('./flap/flap'),
      () => import('./flap/bird.agent'),
    );
    return { config: flapConfig, definition: bird, settings: flapSettings, goal: flapGoal };
  },
  racer: async () => {
    const [{ racerConfig }, { driver }] = await withoutPage(
      () => import('./racer/racer'),
      () => import('./racer/driver.agent'),
    );
    return { config: racerConfig, definition: driver, settings: racerSettings, goal: racerGoal };
  },
  duel: async () => {
    const [{ duelConfig }, { duelist }] = await withoutPage(
      () => import('./duel/duel'),
      () => import('./duel/duel.agent'),
    );
    return { config: duelConfig, definition: duelist, settings: duelSettings, goal: duelGoal };
  },
  runner: async () => {
    const [{ runnerConfig }, { fox }] = await withoutPage(
      () => import('./runner/runner'),
      () => import('./runner/fox.agent'),
    );
    return { config: runnerConfig, definition: fox, settings: runnerSettings, goal: runnerGoal };
  },
};

/** Fetches a game and its agent after what stands in for a page, which Phaser asks for as it comes. */
async function withoutPage<Game, Agent>(
  game: () => Promise<Game>,
  agent: () => Promise<Agent>,
): Promise<readonly [Game, Agent]> {
  await import('playtrain/phaser/twin');
  return [await game(), await agent()];
}
