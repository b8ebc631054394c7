import { type ArenaFault, type EnvironmentSpec, seatsOf } from '../contract';
import { isUnscaled, tellsNothing } from '../doctor/limits';
import type { Growth } from './scene-leaks';

/** What is wrong with an agent or its game. */
export type AgentFindingCode =
  | 'doesNotFit'
  | 'needsPage'
  | 'fault'
  | 'notFinite'
  | 'notRepeatable'
  | 'sharedByCopies'
  | 'constantSight'
  | 'unscaledSight'
  | 'idleAction'
  | 'noReward'
  | 'endless'
  | 'endsAtOnce'
  | 'leak'
  | 'timersLeft';

/** Something that keeps an agent from learning, and what to do about it. */
export interface AgentFinding {
  /** Which kind, for programs. */
  readonly code: AgentFindingCode;
  /** What was found, and where. */
  readonly message: string;
  /** What to do about it. */
  readonly cure: string;
}

/** What came of some decisions of all of a game’s agents. */
export interface Trace {
  readonly spec: EnvironmentSpec;
  /** `[T, agents · obs]` */
  readonly seen: readonly (readonly number[])[];
  /** Weighted, `[T, agents]`. */
  readonly earned: readonly (readonly number[])[];
  /** 1 where an agent’s episode ended, `[T, agents]`. */
  readonly ended: readonly (readonly number[])[];
  /** How many of those were cut. */
  readonly cuts: number;
  readonly faults: readonly ArenaFault[];
  readonly seconds: number;
}

/** One and the same action for some decisions. */
export interface HeldAction {
  /** As it is told: in quotes, and whose. */
  readonly name: string;
  readonly trace: Trace;
}

/** The first fault of each kind. */
export function faultsIn({ faults }: Trace): AgentFinding[] {
  const codes = { notFinite: 'notFinite', threw: 'fault', noChoice: 'fault' } as const;
  const cures = {
    notFinite: 'Give numbers that are always there: 0 where there is nothing to see, and no division by 0.',
    fault: 'Mend it: while such an episode is learned from, it is begun anew each time.',
  } as const;
  const firsts = new Map(faults.toReversed().map((fault) => [codes[fault.kind], fault]));
  return [...firsts].map(([code, { message }]) => ({ code, message, cure: cures[code] }));
}

/** Where the same seed and actions came to something else. */
export function differencesBetween(first: Trace, again: Trace): AgentFinding[] {
  const difference = firstDifference(first, again);
  if (difference === null) return [];
  return [
    {
      code: 'notRepeatable',
      message: `The same seed and actions came to another “${difference.name}” at decision ${difference.decision}: something outlives the scene, such as a variable of a module, or comes from outside of it, such as a request.`,
      cure: 'Set it in the scene’s create, or in the agent’s reset.',
    },
  ];
}

/** Where a copy of the game in the same realm changed what came of it. */
export function disturbedBy(alone: Trace, beside: Trace): AgentFinding[] {
  const difference = firstDifference(alone, beside);
  if (difference === null) return [];
  return [
    {
      code: 'sharedByCopies',
      message: `A second copy of the game beside it changes “${difference.name}” at decision ${difference.decision}: they share something, such as a variable of a module.`,
      cure: 'Keep it in the scene, or leave copies at 1: then each game has a worker of its own.',
    },
  ];
}

function firstDifference(
  { spec, seen }: Trace,
  { seen: other }: Trace,
): { readonly name: string; readonly decision: number } | null {
  for (let decision = 0; decision < seen.length; decision++) {
    const index = seen[decision]!.findIndex((value, i) => value !== other[decision]![i]);
    if (index === -1) continue;
    const { names, size } = spec.observationSpace;
    return { name: names[index % size] ?? '', decision: decision + 1 };
  }
  return null;
}

/**
 * What is seen but tells nothing, or is too large. Parts of a sensor may rest, such as a ray that meets no coin for a
 * while; a sensor that rests as a whole may not.
 *
 * @param sensors their names.
 */
export function sightsOf(trace: Trace, sensors: readonly string[] = []): AgentFinding[] {
  const ranges = rangesOf(trace);
  const sensorOf = (name: string) => sensors.find((sensor) => name.startsWith(`${sensor} `)) ?? null;
  const moving = new Set(ranges.flatMap(({ name, least, most }) => (least === most ? [] : [sensorOf(name)])));
  const resting = new Map<string, SightRange>();
  for (const range of ranges) {
    const sensor = sensorOf(range.name);
    if (range.least !== range.most || (sensor !== null && moving.has(sensor))) continue;
    const what = sensor ?? range.name;
    if (!resting.has(what)) resting.set(what, range);
  }
  return [...[...resting].map(([what, { least }]) => restingSight(what, least)), ...ranges.flatMap(unscaled)];
}

/** What one of the numbers that are seen came to. */
interface SightRange {
  readonly name: string;
  readonly least: number;
  readonly most: number;
}

function rangesOf({ spec, seen }: Trace): SightRange[] {
  const { names, size } = spec.observationSpace;
  return names.map((name, index) => {
    let [least, most] = [Infinity, -Infinity];
    for (const row of seen) {
      for (let component = index; component < row.length; component += size) {
        least = Math.min(least, row[component]!);
        most = Math.max(most, row[component]!);
      }
    }
    return { name, least, most };
  });
}

function restingSight(what: string, value: number): AgentFinding {
  return {
    code: 'constantSight',
    message: `“${what}” is ${value} all the time, so it tells nothing.`,
    cure: 'Read it from where it changes, or leave it out.',
  };
}

function unscaled({ name, least, most }: SightRange): AgentFinding[] {
  const largest = Math.max(-least, most);
  if (least === most || !isUnscaled(largest)) return [];
  return [
    {
      code: 'unscaledSight',
      message: `“${name}” comes to ${largest.toPrecision(3)}.`,
      cure: 'Divide it by what it is at most, so that it stays near ±1.',
    },
  ];
}

/** Actions that come to what doing nothing does. @param nothing is the first action, held. */
export function idleActions(nothing: Trace, held: readonly HeldAction[]): AgentFinding[] {
  const idle = held.filter(({ trace }) => firstDifference(nothing, trace) === null);
  return idle.map(({ name }) => ({
    code: 'idleAction',
    message: `${name} changes nothing that the agent sees, held for ${nothing.seen.length} decisions.`,
    cure: 'Does the game listen for it in this scene, and does the agent see what it moves?',
  }));
}

/** Rewards that do not tell one decision from another. */
export function rewardsOf({ earned, ended }: Trace): AgentFinding[] {
  const amounts = earned.flatMap((row, t) => row.filter((_, agent) => ended[t]![agent] === 0));
  const usual = amounts[0] ?? 0;
  // An episode’s last decision may be cut short, so that it pays a part of what others pay.
  const isUsual = (amount: number) => Math.abs(amount - usual / 2) <= Math.abs(usual / 2) + 1e-9;
  if (!tellsNothing(amounts) || !earned.every((row) => row.every(isUsual))) return [];
  const what = usual === 0 ? 'earned nothing' : `earned the same, ${usual.toPrecision(2)}`;
  return [
    {
      code: 'noReward',
      message: `Each of ${earned.length} decisions by lot ${what}, so there is nothing to begin to learn from.`,
      cure: 'Pay for a smaller step on the way, such as coming nearer.',
    },
  ];
}

/**
 * Episodes that never end, or end before anything was done. That all of them were cut may be meant, and is where somebody
 * gave a limit.
 *
 * @param isLimitUsual whether it is the one of agents that give none.
 */
export function endingsOf(trace: Trace, stepsADecision: number, isLimitUsual: boolean): AgentFinding[] {
  const { spec, ended, cuts } = trace;
  const agents = ended[0]?.length ?? 0;
  const endings = ended.reduce((sum, row) => sum + row.reduce((a, b) => a + b, 0), 0);
  if (endings === 0 || (cuts === endings && isLimitUsual)) {
    const seconds = ((ended.length * stepsADecision) / 60).toFixed(0);
    return [
      {
        code: 'endless',
        message: `No episode was over by itself within ${ended.length} decisions by lot, ${seconds} seconds of the game: each goes on to its limit of ${spec.timeLimitTicks} steps.`,
        cure: 'Say in “ends” when it is over, such as when the player has lost; where it has no end, give a “limit” of its own.',
      },
    ];
  }
  if (endings < (ended.length * agents) / 2) return [];
  return [
    {
      code: 'endsAtOnce',
      message: `Episodes are over after one or two decisions: ${endings / seatsOf(spec)} of them in ${ended.length} decisions.`,
      cure: 'Is “ends” true from the beginning, or does the scene keep from before what it is told by? Set that in its create.',
    },
  ];
}

/** What there is more of each time that the scene begins. */
export function leaksOf(growths: readonly Growth[]): AgentFinding[] {
  return growths.map(({ what, from, to, restarts }) =>
    what === 'timers'
      ? {
          code: 'timersLeft',
          message: `${to} timers of setInterval go on after the scene is shut down.`,
          cure: 'Use this.time.addEvent, which ends with the scene, or clear them at its shutdown: in the page they pile up.',
        }
      : {
          code: 'leak',
          message: `There are more ${what} each time that the scene begins: ${from} at first, ${to} after ${restarts} restarts.`,
          cure: 'Take away at the scene’s shutdown what it made or listened to outside of itself: this.events, game.events, the registry and other scenes outlive it.',
        },
  );
}
