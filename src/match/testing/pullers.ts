import { SeededRandom } from '../../random/seeded-random';
import type { MatchPlayer } from '../player';

/** Plays `duel` by always pulling as much; `asked` counts its decisions. */
export function puller(pull: number): MatchPlayer & { readonly asked: () => number } {
  let asked = 0;
  return {
    id: `pull-${pull}`,
    name: `Pull ${pull}`,
    asked: () => asked,
    act(_observations, _seat, action) {
      asked++;
      action[0] = pull;
      action[1] = 0;
    },
  };
}

/** Chooses by lot among three and two choices, as `duel` and volley have them. */
export function wildPlayer(seed: number): MatchPlayer {
  const random = SeededRandom.fromSeed(seed);
  return {
    id: `wild-${seed}`,
    name: `Wild ${seed}`,
    act(_observations, _seat, action) {
      action[0] = random.below(3);
      action[1] = random.below(2);
    },
  };
}
