import type Phaser from 'phaser';
import {
  actionLayout,
  DecisionBatch,
  type DecisionEnvironment,
  decisionShape,
  type EnvironmentSpec,
  PlaytrainError,
  seatsOf,
  sentenceOf,
} from '../contract';
import { SeededRandom } from '../random/seeded-random';
import { type AgentDefinition, usualLimit } from './agent-definition';
import {
  type AgentFinding,
  differencesBetween,
  disturbedBy,
  endingsOf,
  faultsIn,
  type HeldAction,
  idleActions,
  leaksOf,
  rewardsOf,
  sightsOf,
  type Trace,
} from './agent-findings';
import { agentsOf } from './agents-of';
import { areAssets } from './headless-game';
import { type LiveOrigin, openGame, openLive } from './live-environment';
import { LiveScene } from './live-scene';
import { aFunction, aWholeNumber, checkOptions, type OptionRules, optional } from './options';
import { sceneLeaks } from './scene-leaks';

/** What a check came to. */
export interface AgentCheck {
  /** What was found; nothing where all is well. */
  readonly findings: readonly AgentFinding[];
  /** Of the twin in this realm, one game alone; null where it does not run. */
  readonly stepsPerSecond: number | null;
  /** How long 100,000 decisions take to gather at that rate; learning comes on top. */
  readonly secondsTo100kDecisions: number | null;
  /** What a second copy of the game in the same realm changes; null where it changes nothing, so that there may be several. */
  readonly sharedByCopies: AgentFinding | null;
}

/** What a check may need besides game and agent. */
export interface CheckOptions extends Pick<LiveOrigin, 'assets'> {
  /** Wall time in milliseconds, from any start. */
  readonly clock?: () => number;
  /** How many copies of the game are to share a realm; several where one changes the other are a finding. */
  readonly copies?: number;
}

const rules: OptionRules<CheckOptions> = {
  assets: optional(areAssets),
  clock: optional(aFunction),
  copies: optional(aWholeNumber(1)),
};

/** Decisions played by lot: at least so many, and as many as the longest episode takes, up to the most. */
const fewestPlayed = 600;
const mostPlayed = 2_000;
/** Decisions of one and the same action, to see what it changes. */
const decisionsHeld = 60;
/** To find out whether copies disturb each other. */
const decisionsBeside = 300;
const seed = 1;
const otherSeed = 2;

/**
 * Looks for what keeps an agent from learning before it tries, by playing its game headless for a second or so: in a
 * worker or in Node.
 *
 * @returns what was found; nothing where all is well.
 * @throws PlaytrainError `bad-environment` for options that there are not.
 */
export async function checkAgent<Scene extends Phaser.Scene>(
  config: Phaser.Types.Core.GameConfig,
  definition: AgentDefinition<Scene>,
  options: CheckOptions = {},
): Promise<AgentCheck> {
  checkOptions('checkAgent', options, rules);
  try {
    return await checked(config, definition, options);
  } catch (error) {
    const findings = [unfit(error)];
    return { findings, stepsPerSecond: null, secondsTo100kDecisions: null, sharedByCopies: null };
  }
}

async function checked<Scene extends Phaser.Scene>(
  config: Phaser.Types.Core.GameConfig,
  definition: AgentDefinition<Scene>,
  { clock = () => performance.now(), copies = 1, ...origin }: CheckOptions,
): Promise<AgentCheck> {
  const open = (from: number) => openLive(config, definition, { ...origin, seed: from });
  const { every, limit } = definition;
  const decisions = Math.min(mostPlayed, Math.max(fewestPlayed, Math.ceil(limit / every) + 1));
  const play = (count: number, act: Act) => tracedAlone(open, definition, act, count, clock);
  const first = await play(decisions, byLot(definition, seed));
  const differences = differencesBetween(first, await play(decisions, byLot(definition, seed)));
  const beside = await tracedBeside(open, definition, decisions, clock);
  // A game that does not repeat itself differs beside a copy, too.
  const [shared = null] = differences.length === 0 ? disturbedBy(first, beside) : [];
  const [nothing, ...others] = heldActions(first.spec);
  const still = await play(decisionsHeld, nothing!.act);
  const held: HeldAction[] = [];
  for (const { name, act } of others) held.push({ name, trace: await play(decisionsHeld, act) });
  const stepsPerSecond = (decisions * every) / first.seconds;
  const endings = endingsOf(first, every, limit === usualLimit);
  // Of episodes that are over at once nothing is seen.
  const isBlind = endings.some(({ code }) => code === 'endsAtOnce');
  return {
    findings: [
      ...faultsIn(first),
      ...differences,
      ...(shared === null || copies === 1 ? [] : [shared]),
      ...(isBlind
        ? []
        : [
            ...sightsOf(first, Object.keys(definition.sensors ?? {})),
            ...idleActions(still, held),
            ...rewardsOf(first),
          ]),
      ...endings,
      ...(await leaks(config, definition, origin)),
    ],
    stepsPerSecond,
    secondsTo100kDecisions: (100_000 * every) / agentsOf(definition) / stepsPerSecond,
    sharedByCopies: shared,
  };
}

/** Opens the game with all its chance from one seed. */
type OpenFrom = (from: number) => ReturnType<typeof openLive>;

/** Writes an action of all agents `[agents, actionSize]`. */
type Act = (actions: Float32Array) => void;

/** Somebody who plays one game, decision by decision. */
class Player {
  readonly environment: DecisionEnvironment;
  readonly batch: DecisionBatch;
  private readonly every: number;
  private readonly act: Act;

  constructor(environment: DecisionEnvironment, { every }: Pick<AgentDefinition<never>, 'every'>, act: Act) {
    this.environment = environment;
    this.batch = new DecisionBatch(decisionShape(environment.spec, environment.arenas));
    this.every = every;
    this.act = act;
    environment.takeDecision(this.batch);
  }

  async decide(): Promise<void> {
    const { environment, batch } = this;
    this.act(batch.actions);
    environment.applyActions(batch.actions);
    for (let step = 0; step < this.every; step++) {
      environment.tick();
      await environment.settle?.();
    }
    environment.takeDecision(batch);
  }
}

/** @param between is done after each decision. */
async function traced(
  player: Player,
  decisions: number,
  clock: () => number,
  between: () => Promise<void> = async () => {},
): Promise<Trace> {
  const { environment, batch } = player;
  const { spec } = environment;
  const weights = spec.rewardTerms.map(({ defaultWeight }) => defaultWeight);
  const agents = environment.arenas * seatsOf(spec);
  const [seen, earned, ended]: [number[][], number[][], number[][]] = [[], [], []];
  let cuts = 0;
  const startMs = clock();
  for (let decision = 0; decision < decisions; decision++) {
    await player.decide();
    await between();
    seen.push([...batch.observations]);
    const ofAgents = Array.from({ length: agents }, (_, agent) => agent);
    earned.push(
      ofAgents.map((agent) =>
        weights.reduce((sum, weight, t) => sum + weight * batch.rewardTerms[agent * weights.length + t]!, 0),
      ),
    );
    ended.push(ofAgents.map((agent) => Math.max(batch.terminated[agent]!, batch.truncated[agent]!)));
    cuts += ofAgents.filter((agent) => batch.truncated[agent] === 1).length;
  }
  const seconds = (clock() - startMs) / 1_000;
  return { spec, seen, earned, ended, cuts, faults: environment.takeFaults(), seconds };
}

/** Plays a game of its own, and lets go of it. */
async function tracedAlone<Scene extends Phaser.Scene>(
  open: OpenFrom,
  definition: AgentDefinition<Scene>,
  act: Act,
  decisions: number,
  clock: () => number,
): Promise<Trace> {
  const { environment, close } = await open(seed);
  try {
    return await traced(new Player(environment, definition, act), decisions, clock);
  } finally {
    close();
  }
}

/** The same as alone, but for a second copy of the game that plays beside it. */
async function tracedBeside<Scene extends Phaser.Scene>(
  open: OpenFrom,
  definition: AgentDefinition<Scene>,
  decisions: number,
  clock: () => number,
): Promise<Trace> {
  const game = await open(seed);
  try {
    const copy = await open(otherSeed);
    try {
      const other = new Player(copy.environment, definition, byLot(definition, otherSeed));
      const player = new Player(game.environment, definition, byLot(definition, seed));
      return await traced(player, decisions, clock, () => other.decide());
    } finally {
      copy.close();
    }
  } finally {
    game.close();
  }
}

/**
 * Whether copies of a game in one realm keep out of each other's way, as far as a few hundred decisions show.
 *
 * @returns what a second copy changes; null where it changes nothing.
 */
export async function sharedByCopies<Scene extends Phaser.Scene>(
  config: Phaser.Types.Core.GameConfig,
  definition: AgentDefinition<Scene>,
  origin: Pick<LiveOrigin, 'assets'> = {},
): Promise<AgentFinding | null> {
  const open = (from: number) => openLive(config, definition, { ...origin, seed: from });
  const noClock = () => 0;
  const alone = await tracedAlone(open, definition, byLot(definition, seed), decisionsBeside, noClock);
  const [shared = null] = disturbedBy(alone, await tracedBeside(open, definition, decisionsBeside, noClock));
  return shared;
}

async function leaks<Scene extends Phaser.Scene>(
  config: Phaser.Types.Core.GameConfig,
  definition: AgentDefinition<Scene>,
  origin: Pick<LiveOrigin, 'assets'>,
): Promise<AgentFinding[]> {
  const { stepper, ambience, close } = await openGame(config, { ...origin, seed });
  try {
    const live = await LiveScene.open(stepper, definition, ambience);
    return leaksOf(await sceneLeaks(live, stepper, ambience));
  } finally {
    close();
  }
}

/** Draws every number of an action, the same ones each time that it is made. */
function byLot<Scene extends Phaser.Scene>({ does }: AgentDefinition<Scene>, from: number): Act {
  const { components } = actionLayout(does.space);
  const random = SeededRandom.fromSeed(from);
  return (actions) => {
    for (let index = 0; index < actions.length; index++) {
      const component = components[index % components.length]!;
      actions[index] =
        component.kind === 'choice'
          ? Math.floor(component.count * random.uniform())
          : component.low + (component.high - component.low) * random.uniform();
    }
  };
}

/** Doing nothing, then actions that differ from it in one number, of one seat at a time; bodies all do the same. */
function heldActions(spec: EnvironmentSpec): { readonly name: string; readonly act: Act }[] {
  const { components } = actionLayout(spec.actionSpace);
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
  const seats = seatsOf(spec);
  const held = (action: Float32Array, who: number): Act => {
    return (actions) => {
      for (let agent = 0; agent < actions.length / none.length; agent++) {
        actions.set(agent % seats === who ? action : none, agent * none.length);
      }
    };
  };
  const ofSeats = Array.from({ length: seats }, (_, who) => who);
  return [
    { name: '', act: held(none, 0) },
    ...ofSeats.flatMap((who) =>
      others.map(([name, action]) => ({
        name: `“${name}”${seats === 1 ? '' : ` of seat ${who}`}`,
        act: held(action, who),
      })),
    ),
  ];
}

/** Why the game or its agent cannot be played at all. */
function unfit(error: unknown): AgentFinding {
  const message = sentenceOf(error);
  return error instanceof PlaytrainError && error.code === 'needs-page'
    ? {
        code: 'needsPage',
        message,
        cure: 'Leave that out where there is no document, or let it learn in its page.',
      }
    : { code: 'doesNotFit', message, cure: cureOf(error) };
}

/** What to mend: where the game or the declaration throws, by the line that the original error names. */
function cureOf(error: unknown): string {
  const thrown = error instanceof PlaytrainError ? error.cause : error;
  if (!(thrown instanceof Error)) return 'Mend the agent’s declaration.';
  const place = /^.*:\d+:\d+\)?$/m.exec(thrown.stack ?? '')?.[0] ?? '';
  return `Mend what throws that: ${place.trim()}`;
}
