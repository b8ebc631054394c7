import type { EnvironmentSpec, ScriptedPlayer } from '../../contract';

/** A game for two that nobody plays: for tests of who meets whom. */
export const duelSpec: EnvironmentSpec = {
  game: 'duel',
  seats: 2,
  winTerm: 'won',
  observationSpace: { size: 1, names: ['x'], low: [-1], high: [1] },
  actionSpace: { kind: 'discrete', count: 2, labels: ['a', 'b'] },
  rewardTerms: [{ name: 'won', description: 'Pays 1 for a win.', defaultWeight: 1 }],
  tickMs: 20,
  timeLimitTicks: 100,
};

/** Scripted players of it, who do nothing. */
export function idlePlayers(...ids: readonly string[]): readonly ScriptedPlayer[] {
  return ids.map((id) => ({ id, name: id, summary: 'Does nothing.', act: () => undefined }));
}
