import { surprises } from '../inspector/surprises';
import { cellOf, type Moment, usedMoment, worked } from './moment';

/** Steps that a lesson speaks of, wherever they are in this rollout. */
export const places = {
  /** Whichever step somebody has chosen. */
  chosen: ({ step }) => [step],
  /** Steps that pay what most do: what comes of an answer that was late is paid for several at once. */
  ordinary: (moment) => {
    const usual = usualReward(moment);
    return stepsWhere(moment, (cell, { rewards }) => rewards[cell] === usual);
  },
  /** The largest advantages, the largest first. */
  surprise: (moment) =>
    surprises(moment.captured, worked(usedMoment(moment)).advantages, moment.captured.agent),
  /** Where an episode really ended. */
  end: ends,
  /** Two steps before one really ended, all of one episode. */
  nearEnd: (moment) =>
    ends(moment)
      .map((step) => step - 2)
      .filter((step) => step >= 0 && isOneStretch(moment, step, 2)),
  /** Where a time limit cut an episode. */
  cut: cuts,
  /** The steps before such a cut, whose advantages reach across it. */
  beforeCut: (moment) =>
    cuts(moment)
      .map((step) => step - 1)
      .filter((step) => step >= 0 && isOneStretch(moment, step, 1)),
  /** Steps after which the episode goes on for some more, so that later surprises reach back. */
  within: (moment) => stepsWhere(moment, () => true).filter((step) => isOneStretch(moment, step, reachSteps)),
  /** The actions whose probability the update changed most, of those that it learned from; the most changed first. */
  moved: ({ captured }) =>
    Array.from(captured.ratios.keys())
      .filter((step) => captured.ratios[step]! > 0 && !Number.isNaN(captured.normalised[step]))
      .sort((left, right) => change(captured.ratios[right]!) - change(captured.ratios[left]!) || left - right)
      .slice(0, movedShown),
} as const satisfies Record<string, (moment: Moment) => readonly number[]>;

export type Place = keyof typeof places;
export const placeNames = Object.keys(places) as [Place, ...Place[]];

const reachSteps = 4;
const movedShown = 5;

/** Half as likely is as far away as twice as likely. */
const change = (ratio: number) => Math.abs(Math.log(ratio));

function ends(moment: Moment): number[] {
  return stepsWhere(moment, (cell, { terminated }) => terminated[cell] !== 0);
}

function cuts(moment: Moment): number[] {
  return stepsWhere(
    moment,
    (cell, { truncated, terminated }) => truncated[cell] !== 0 && terminated[cell] === 0,
  );
}

function stepsWhere(
  { captured }: Moment,
  holds: (cell: number, captured: Moment['captured']) => boolean,
): number[] {
  const { steps, agents } = captured.shape;
  return Array.from({ length: steps }, (_, step) => step).filter((step) => {
    const cell = step * agents + captured.agent;
    return captured.valid[cell] !== 0 && holds(cell, captured);
  });
}

/** What most steps pay; of several such, the one that came first. */
function usualReward(moment: Moment): number {
  const { rewards } = moment.captured;
  const counts = new Map<number, number>();
  for (const cell of stepsWhere(moment, () => true).map((step) => cellOf({ ...moment, step }))) {
    counts.set(rewards[cell]!, (counts.get(rewards[cell]!) ?? 0) + 1);
  }
  return [...counts].reduce((most, each) => (each[1] > most[1] ? each : most), [Number.NaN, 0])[0];
}

/** Whether a step and so many after it are the learner's, and of one episode. */
function isOneStretch({ captured }: Moment, step: number, more: number): boolean {
  const { steps, agents } = captured.shape;
  if (step + more >= steps) return false;
  for (let at = step; at <= step + more; at++) {
    const cell = at * agents + captured.agent;
    const isOver = captured.terminated[cell] !== 0 || captured.truncated[cell] !== 0;
    if (captured.valid[cell] === 0 || (isOver && at < step + more)) return false;
  }
  return true;
}
