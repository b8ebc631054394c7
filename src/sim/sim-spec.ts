import { type ActionSpace, actionSize, maskSize, seatsOf } from '../contract';
import { hashBytes, hashText } from '../game/engine/state-hash';
import { type AutoresetMode, protocolVersion, requestTypes } from './protocol';
import type { ServedGame } from './served-game';
import type { StateColumn } from './state-block';

/** What a session adds to the game. */
export interface SpecParts {
  readonly autoreset: AutoresetMode;
  readonly opponent: string | null;
  readonly servedSeats: number;
  readonly payloadBytes: ReadonlyMap<number, number>;
  readonly outcomeBytes: number;
  readonly stateColumns: readonly StateColumn[];
}

/** All that the other side has to know, as JSON is made of it; docs/protocol.md lists the fields. */
export function simSpec(game: ServedGame, parts: SpecParts) {
  const { environment, repeatable } = game;
  const { spec, arenas } = environment;
  const { observationSpace, actionSpace } = spec;
  return {
    protocol: protocolVersion,
    game: spec.game,
    kind: game.kind,
    contract: hashText(contractHash(game)),
    rulesVersion: game.rulesVersion,
    arenas,
    seats: seatsOf(spec),
    agents: arenas * parts.servedSeats,
    opponent: parts.opponent,
    scriptedPlayers: game.scripted.map(({ id, name, summary }) => ({ id, name, summary })),
    observation: {
      size: observationSpace.size,
      names: observationSpace.names,
      low: observationSpace.low.map(finiteOrNull),
      high: observationSpace.high.map(finiteOrNull),
    },
    action: actionSpace,
    actionSize: actionSize(actionSpace),
    maskSize: maskSize(actionSpace),
    rewardTerms: spec.rewardTerms.map(({ name, description }, term) => ({
      name,
      description,
      weight: game.rewardWeights[term]!,
    })),
    winTerm: spec.winTerm ?? null,
    tickMs: spec.tickMs,
    decisionIntervalTicks: game.decisionIntervalTicks,
    timeLimitTicks: spec.timeLimitTicks,
    autoreset: parts.autoreset,
    canSeed: repeatable !== null,
    canSave: repeatable !== null,
    stateSize: repeatable?.stateSize ?? 0,
    state: parts.stateColumns,
    frames: {
      ...Object.fromEntries(
        Object.entries(requestTypes).map(([name, type]) => [name, parts.payloadBytes.get(type)!]),
      ),
      outcome: parts.outcomeBytes,
    },
  };
}

/** A hash of what an agent sees and does, and of the rules: what was saved or learned under another fits nothing here. */
export function contractHash({ environment: { spec }, rulesVersion, repeatable }: ServedGame): number {
  const { game, observationSpace, actionSpace, rewardTerms, tickMs } = spec;
  const facts = [
    game,
    rulesVersion,
    seatsOf(spec),
    observationSpace.names,
    observationSpace.low.map(finiteOrNull),
    observationSpace.high.map(finiteOrNull),
    withoutLabels(actionSpace),
    rewardTerms.map(({ name }) => name),
    tickMs,
    repeatable?.stateSize ?? 0,
  ];
  return hashBytes(new TextEncoder().encode(JSON.stringify(facts)));
}

/** Labels are for people, and may be mended. */
function withoutLabels(space: ActionSpace): unknown {
  return JSON.parse(
    JSON.stringify(space, (key, value: unknown) => (key === 'labels' || key === 'names' ? undefined : value)),
  );
}

function finiteOrNull(bound: number): number | null {
  return Number.isFinite(bound) ? bound : null;
}
