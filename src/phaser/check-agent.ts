import type Phaser from 'phaser';
import {
  actionLayout,
  DecisionBatch,
  decisionShape,
  type EnvironmentSpec,
  seatsOf,
  sentenceOf,
} from '../contract';
import { SeededRandom } from '../random/seeded-random';
import type { AgentDefinition } from './agent-definition';
import { type LiveOrigin, openLive } from './live-environment';

/** What is wrong with an agent or its game. */
export type AgentFindingCode =
  | 'doesNotFit'
  | 'fault'
  | 'notRepeatable'
  | 'constantSight'
  | 'unscaledSight'
  | 'idleAction'
  | 'noReward';

export interface AgentFinding {
  readonly code: AgentFindingCode;
  /** What was found and what to do, for people. */
  readonly message: string;
}

export interface AgentCheck {
  readonly findings: readonly AgentFinding[];
  /** Of the twin in this realm; null where it does not run. */
  readonly stepsPerSecond: number | null;
  /** How long 100,000 decisions take to gather at that rate; learning comes on top. */
  readonly secondsTo100kDecisions: number | null;
}

/** Decisions played by lot. */
const decisionsPlayed = 600;
/** Decisions of one and the same action, to see what it changes. */
const decisionsHeld = 60;
const seed = 1;
/** What is larger was not scaled. */
const largestSight = 5;

/** What came of some decisions. */
interface Trace {
  readonly spec: EnvironmentSpec;
  /** `[T, agents · obs]` */
  readonly seen: readonly (readonly number[])[];
  /** `[T, agents · terms]` */
  readonly earned: readonly (readonly number[])[];
  readonly faults: readonly string[];
  readonly seconds: number;
}

export interface CheckOptions extends Pick<LiveOrigin, 'assets'> {
  /** Wall time in milliseconds, from any start. */
  readonly clock?: () => number;
}

/**
 * Looks for what keeps an agent from learning before it tries, by playing its game headless for a second or so: in a
 * worker or in Node.
 *
 * @returns what was found; nothing where all is well.
 */
export async function checkAgent<Scene extends Phaser.Scene>(
  config: Phaser.Types.Core.GameConfig,
  definition: AgentDefinition<Scene>,
  { clock = () => performance.now(), ...origin }: CheckOptions = {},
): Promise<AgentCheck> {
  const play = (decisions: number, act: (action: Float32Array) => void) =>
    traced(config, definition, { seed, ...origin }, decisions, act, clock);
  try {
    const first = await play(decisionsPlayed, byLot(definition));
    const second = await play(decisionsPlayed, byLot(definition));
    const { spec, seconds } = first;
    const stepsPerSecond = (decisionsPlayed * definition.every) / seconds;
    const held: (readonly [action: string, trace: Trace])[] = [];
    const actions = heldActions(spec);
    const nothing = actions[0]![1];
    for (let seat = 0; seat < seatsOf(spec); seat++) {
      // Each has keys of its own.
      const whose = seatsOf(spec) === 1 ? '' : ` of seat ${seat}`;
      for (const [name, action] of seat === 0 ? actions : actions.slice(1)) {
        const act = (into: Float32Array) => {
          for (let at = 0; at < into.length; at += nothing.length) into.set(nothing, at);
          into.set(action, seat * action.length);
        };
        held.push([`“${name}”${whose}`, await play(decisionsHeld, act)]);
      }
    }
    return {
      findings: [
        ...faultsIn(first),
        ...differencesBetween(first, second),
        ...sightsOf(first),
        ...idleActions(held),
        ...rewardsOf(first),
      ],
      stepsPerSecond,
      secondsTo100kDecisions: (100_000 * definition.every) / stepsPerSecond,
    };
  } catch (error) {
    const findings = [{ code: 'doesNotFit', message: sentenceOf(error) }] as const;
    return { findings, stepsPerSecond: null, secondsTo100kDecisions: null };
  }
}

async function traced<Scene extends Phaser.Scene>(
  config: Phaser.Types.Core.GameConfig,
  definition: AgentDefinition<Scene>,
  origin: LiveOrigin,
  decisions: number,
  act: (action: Float32Array) => void,
  clock: () => number,
): Promise<Trace> {
  const { environment, close } = await openLive(config, definition, origin);
  try {
    const batch = new DecisionBatch(decisionShape(environment.spec, environment.arenas));
    const seen: number[][] = [];
    const earned: number[][] = [];
    const startMs = clock();
    environment.takeDecision(batch);
    for (let decision = 0; decision < decisions; decision++) {
      act(batch.actions);
      environment.applyActions(batch.actions);
      for (let step = 0; step < definition.every; step++) {
        environment.tick();
        await environment.settle?.();
      }
      environment.takeDecision(batch);
      seen.push([...batch.observations]);
      earned.push([...batch.rewardTerms]);
    }
    const seconds = (clock() - startMs) / 1_000;
    const faults = environment.takeFaults().map(({ message }) => message);
    return {
      spec: environment.spec,
      seen,
      earned,
      faults,
      seconds,
    };
  } finally {
    close();
  }
}

/** Draws every number of an action, the same ones each time that it is made. */
function byLot({ does }: Pick<AgentDefinition<never>, 'does'>): (action: Float32Array) => void {
  const { components } = actionLayout(does.space);
  const random = SeededRandom.fromSeed(seed);
  return (action) => {
    for (let index = 0; index < action.length; index++) {
      const component = components[index % components.length]!;
      action[index] =
        component.kind === 'choice'
          ? Math.floor(component.count * random.uniform())
          : component.low + (component.high - component.low) * random.uniform();
    }
  };
}

/** Actions that differ in one number from the first, each with the name of what it differs by. */
function heldActions({ actionSpace }: EnvironmentSpec): (readonly [name: string, action: Float32Array])[] {
  const { components } = actionLayout(actionSpace);
  const none = Float32Array.from(components, (component) =>
    component.kind === 'choice' ? 0 : component.low,
  );
  const others = components.flatMap((component, index) => {
    const instead: [name: string, value: number][] =
      component.kind === 'choice'
        ? component.labels.slice(1).map((label, choice) => [label, choice + 1])
        : [[component.name, component.high]];
    return instead.map(([name, value]) => [name, none.with(index, value)] as const);
  });
  return [['', none], ...others];
}

function faultsIn({ faults }: Trace): AgentFinding[] {
  const [message] = faults;
  return message === undefined ? [] : [{ code: 'fault', message }];
}

function differencesBetween({ spec, seen }: Trace, { seen: again }: Trace): AgentFinding[] {
  for (let decision = 0; decision < seen.length; decision++) {
    const index = seen[decision]!.findIndex((value, i) => value !== again[decision]![i]);
    if (index === -1) continue;
    const name = spec.observationSpace.names[index % spec.observationSpace.size];
    return [
      {
        code: 'notRepeatable',
        message: `The same seed and actions came to another “${name}” at decision ${decision + 1}: something outlives the scene, such as a variable of a module, or comes from outside of it, such as a request. Set it in the scene’s create, or in the agent’s reset.`,
      },
    ];
  }
  return [];
}

function sightsOf({ spec, seen }: Trace): AgentFinding[] {
  return spec.observationSpace.names.flatMap((name, index): AgentFinding[] => {
    const { size } = spec.observationSpace;
    const values = seen.flatMap((row) => row.filter((_, component) => component % size === index));
    const [least, most] = [Math.min(...values), Math.max(...values)];
    if (least === most) {
      return [
        {
          code: 'constantSight',
          message: `“${name}” is ${least} all the time, so it tells nothing; is it read from where it changes?`,
        },
      ];
    }
    const largest = Math.max(-least, most);
    if (largest <= largestSight) return [];
    return [
      {
        code: 'unscaledSight',
        message: `“${name}” comes to ${largest.toPrecision(3)}; divide it by what it is at most, so that it stays near ±1.`,
      },
    ];
  });
}

/** Actions that come to what the first one does. */
function idleActions([first, ...others]: readonly (readonly [
  action: string,
  trace: Trace,
])[]): AgentFinding[] {
  return others.flatMap(([name, { seen }]): AgentFinding[] => {
    const changes = seen.some((row, decision) =>
      row.some((value, i) => value !== first![1].seen[decision]![i]),
    );
    if (changes) return [];
    return [
      {
        code: 'idleAction',
        message: `${name} changes nothing that the agent sees, held for ${decisionsHeld} decisions; does the game listen for it in this scene, and does the agent see what it moves?`,
      },
    ];
  });
}

function rewardsOf({ earned }: Trace): AgentFinding[] {
  if (earned.some((row) => row.some((amount) => amount !== 0))) return [];
  return [
    {
      code: 'noReward',
      message: `Nothing was earned in ${decisionsPlayed} decisions by lot, so there is nothing to begin to learn from; pay for a smaller step on the way, such as coming nearer.`,
    },
  ];
}
