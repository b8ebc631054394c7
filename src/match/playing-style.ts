import type { PlayingStyle, Simulation } from '../contract';
import type { MatchRecord } from './record';
import { Replay } from './replay';

/** A match, and where the player sat whose style is asked for. */
export interface SeatOfMatch {
  readonly record: MatchRecord;
  readonly seat: 0 | 1;
}

/**
 * How somebody plays, by matches that are played again.
 *
 * @returns null for a game that measures no style.
 * @throws PlaytrainError what `Replay` throws.
 */
export function measureStyle(simulation: Simulation, matches: readonly SeatOfMatch[]): PlayingStyle | null {
  const meter = simulation.styleMeter?.();
  if (meter === undefined) return null;
  for (const { record, seat } of matches) {
    const replay = new Replay({ simulation, record, countdownTicks: 0, pointTicks: 0 });
    let isNewRally = true;
    while (!replay.isOver) {
      const { ticks } = replay;
      replay.tick();
      if (replay.ticks === ticks) continue;
      if (isNewRally) meter.begin(replay.previousState, seat);
      isNewRally = replay.takeEndings().length > 0;
      meter.look(replay.previousState, replay.state, isNewRally);
    }
  }
  return meter.style();
}
