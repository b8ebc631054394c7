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
 * it stands in the run's own arena. Where a person plays, at most sixteen times as fast: faster, nobody would see it.
 */
export function isSpeedRefused(court: CourtState, speed: MatchSpeed): boolean {
  return (isLearnedFrom(court) && speed !== '1') || (isByHand(court) && speed === 'max');
}

function isLearnedFrom({ kind, setup, learning }: CourtState): boolean {
  return learning || (kind === 'match' && setup.learns && mayBeLearnedFrom(setup));
}

function isByHand({ kind, setup }: CourtState): boolean {
  return kind === 'match' && matchKind(setup) !== 'agents';
}

/** What a speed means in this match. */
export function matchSpeedMeaning(court: CourtState, speed: MatchSpeed): string {
  const name = speedNames[speed];
  if (isSpeedRefused(court, speed)) {
    return isLearnedFrom(court)
      ? `${name}: not while the agent learns from the match`
      : `${name}: not while a person plays`;
  }
  if (!isByHand(court) || speed === '1') return name;
  if (speed === '0.5') return `${name}, for practice: the match counts for no rating`;
  return speed === '4' ? `${name}, hard to play by hand` : `${name}, too fast to play by hand`;
}
