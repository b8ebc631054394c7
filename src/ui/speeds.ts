import type { Speed } from './page-state';
import type { CourtState } from './play-state';
import { matchKind } from './seats';

export const speedLabels: Readonly<Record<Speed, string>> = { '1': '1×', '4': '4×', '16': '16×', max: 'Max' };
export const speedNames: Readonly<Record<Speed, string>> = {
  '1': 'real time',
  '4': 'four times real time',
  '16': 'sixteen times real time',
  max: 'as fast as it goes',
};

/** While a match is learned from it runs at game speed, as the updates from it do. */
export function isSpeedRefused({ learning }: CourtState, speed: Speed): boolean {
  return learning && speed !== '1';
}

/** What a speed means in this match. */
export function matchSpeedMeaning(court: CourtState, speed: Speed): string {
  const name = speedNames[speed];
  if (isSpeedRefused(court, speed)) return `${name}: not while the agent learns from the match`;
  const byHand = court.kind === 'match' && matchKind(court.setup) !== 'agents';
  if (!byHand || speed === '1') return name;
  return speed === '4' ? `${name}, hard to play by hand` : `${name}, too fast to play by hand`;
}
