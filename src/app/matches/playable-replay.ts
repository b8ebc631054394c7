import type { MatchRecord } from '../../match/record';
import type { SeekableReplay } from '../../match/seekable-replay';
import type { Playable } from './court-session';

/** A replay of `record` as a session plays it, from anywhere. */
export function playableReplay(seeking: SeekableReplay, record: MatchRecord): Playable {
  const { replay } = seeking;
  return {
    state: replay.state,
    previousState: replay.previousState,
    actions: replay.actions,
    get view() {
      return replay.view;
    },
    get episodeTicks() {
      return replay.episodeTicks;
    },
    tick: () => replay.tick(),
    takeEndings: () => replay.takeEndings(),
    record: () => record,
    hash: () => replay.hash(),
    tickDigest: () => replay.tickDigest(),
    seeking,
  };
}
