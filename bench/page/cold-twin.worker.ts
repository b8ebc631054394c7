import { liveGames } from '../../examples/live-games';
import type { HandedAssets } from '../../src/phaser/assets/assets';
import { openLive } from '../../src/phaser/live-environment';
import { checkAgent } from '../../src/phaser/twin';
import { serveCollected } from '../../src/workers/serve-collected';
import type { ColdNews } from '../cold-run';
import { GoalWatch } from '../goal-watch';
import { MetScripted } from '../met-scripted';

/** As `serveTwin`, for the game that the worker is named after; and the page hears when its goal is reached. */
serveCollected(
  async ({ share, hyperparameters, decisions, handed }) => {
    const { config, definition, goal } = await liveGames[self.name]!();
    const { environment, scripted } = await openLive(config, definition, {
      ...(handed !== undefined && { assets: handed as HandedAssets }),
      seed: hyperparameters.seed,
      generation: decisions,
      arena: share.firstArena,
    });
    const watch = new GoalWatch(goal, environment.spec);
    const met = new MetScripted(scripted, environment.spec);
    const takeDecision = environment.takeDecision.bind(environment);
    let episodes = 0;
    let isReached = false;
    environment.takeDecision = (into) => {
      takeDecision(into);
      for (const ending of environment.takeEndings()) {
        episodes += 1;
        watch.add(ending, met.of(ending));
        if (isReached || (watch.reached ?? -Infinity) < goal.least) continue;
        isReached = true;
        postMessage({ episodesToGoal: episodes } satisfies ColdNews);
      }
    };
    return { environment, scripted: met.players };
  },
  {
    // Which costs a page what it costs everybody’s.
    checkAgent: async (handed: HandedAssets | undefined) => {
      const { config, definition } = await liveGames[self.name]!();
      return checkAgent(config, definition, handed === undefined ? {} : { assets: handed });
    },
  },
);
