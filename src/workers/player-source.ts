import { decodePolicy } from '../agent/policy-file';
import { PlaytrainError, type Simulation } from '../contract';
import { environmentSpec } from '../game/engine/vector-environment';
import { type MatchPlayer, policyPlayer, scriptedMatchPlayer } from '../match/player';

/** Where a player comes from, as plain data that crosses to workers. */
export type PlayerSource =
  | { readonly kind: 'scripted'; readonly id: string }
  | {
      readonly kind: 'policy';
      readonly id: string;
      readonly name: string;
      /** A policy file, or a checkpoint. */
      readonly bytes: Uint8Array<ArrayBuffer>;
    };

/**
 * The player that sits in `seat` of a match from `seed`.
 *
 * @throws PlaytrainError `bad-file` for a policy of another game; `bad-settings` for a scripted player nobody knows.
 */
export function playerFrom(
  source: PlayerSource,
  simulation: Simulation,
  seat: 0 | 1,
  seed: number,
): MatchPlayer {
  if (source.kind === 'policy') {
    const policy = decodePolicy(source.bytes, environmentSpec(simulation));
    return policyPlayer(source.id, { ...policy, name: source.name });
  }
  const scripted = simulation.scriptedPlayers?.find(({ id }) => id === source.id);
  if (scripted === undefined) {
    throw new PlaytrainError(
      'bad-settings',
      `“${simulation.game}” has no player “${source.id}”; choose another.`,
    );
  }
  return scriptedMatchPlayer(scripted, seed, seat);
}
