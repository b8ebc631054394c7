import { type MatchSpeed, matchKind, mayBeLearnedFrom } from '../../contract';
import type { CourtState } from '../matches/play-state';

export const speedLabels: Readonly<Record<MatchSpeed, string>> = {
  '0.5': '½×',
  '1': '1×',
  '4': '4×',
  '16': '16×',
  max: 'Max',
};
export const speedNames: Readonly<Record<MatchSpeed, string>> = {
  '0.5': 'half real time',
  '1': 'real time',
  '4': 'four times real time',
  '16': 'sixteen times real time',
  max: 'as fast as it goes',
};

/**
 * A match that is learned from runs at game speed, as the updates from it do; also while learning is switched off, since
 * it stands in the run's own arena.
 */
export function isSpeedRefused({ kind, setup, learning }: CourtState, speed: MatchSpeed): boolean {
  const standsInRun = kind === 'match' && setup.learns && mayBeLearnedFrom(setup);
  return (learning || standsInRun) && speed !== '1';
}

/** What a speed means in this match. */
export function matchSpeedMeaning(court: CourtState, speed: MatchSpeed): string {
  const name = speedNames[speed];
  if (isSpeedRefused(court, speed)) return `${name}: not while the agent learns from the match`;
  const byHand = court.kind === 'match' && matchKind(court.setup) !== 'agents';
  if (!byHand || speed === '1') return name;
  if (speed === '0.5') return `${name}, for practice: the match counts for no rating`;
  return speed === '4' ? `${name}, hard to play by hand` : `${name}, too fast to play by hand`;
}
