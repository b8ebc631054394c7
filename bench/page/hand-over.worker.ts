import { expose } from 'comlink';
import {
  answerDecisions,
  gatherRollouts,
  type HandOver,
  type Line,
  type Parcel,
  playAlone,
  playDecisions,
  readRollouts,
} from '../hand-over-run';

const clock = () => performance.now();

const handOverWorker = {
  /** Plays, and hands so many over. */
  give: (port: MessagePort, line: Omit<Line, 'port'>, parcel: Parcel, by: HandOver, count: number) =>
    parcel === 'decision'
      ? playDecisions({ ...line, port }, by, count, true, clock)
      : gatherRollouts({ ...line, port }, by, count, clock),
  take: (port: MessagePort, line: Omit<Line, 'port'>, parcel: Parcel, by: HandOver, count: number) =>
    parcel === 'decision'
      ? answerDecisions({ ...line, port }, by, count)
      : readRollouts({ ...line, port }, by, count),
  alone: (count: number) => playAlone(count, clock),
};
export type HandOverWorker = typeof handOverWorker;

expose(handOverWorker);
