import {
  type ActionComponent,
  type ActionLayout,
  type ActionSpace,
  actionLayout,
  actionSize,
  DecisionBatch,
  decisionShape,
  maskSize,
  type ObservationSpace,
  type PersonInput,
  type ProductSpace,
  type Simulation,
  seatsOf,
  sentenceOf,
} from '../../contract';
import { SeededRandom } from '../../random/seeded-random';
import { heapGrowthPerCall } from './heap-growth';
import { emptyHash, hashBytes } from './state-hash';
import { createVectorEnvironment } from './vector-environment';

/** Episodes, and ticks of each at most, that the behaviour checks play. */
const episodesPlayed = 20;
const episodeTicksPlayed = 1000;
/** Written around and into arrays before a call, to see afterwards what it wrote. */
const guardNumbers = 8;
const guardValue = 12345;
const guardByte = 123;

/**
 * Holds a simulation against its contract by playing it: shapes and names, ranges, finite numbers, determinism,
 * resets, time limits, masks, writes outside the arrays handed over, allocation.
 *
 * @returns one sentence for each violation found; none for a simulation that is fit to learn in.
 */
export function checkEnvironment(simulation: Simulation): string[] {
  const declared = declarationProblems(simulation);
  // What follows sizes its arrays by the declaration.
  if (declared.length > 0) return declared;

  const problems = new Set<string>();
  for (const check of [behaviourProblems, personProblems, determinismProblems, timeLimitProblems]) {
    try {
      for (const problem of check(simulation)) problems.add(problem);
    } catch (error) {
      problems.add(
        `The simulation threw “${sentenceOf(error)}”; no call that keeps to the contract may throw.`,
      );
    }
  }
  // Only a simulation that behaves is worth measuring, and it may be too slow or broken otherwise.
  if (problems.size === 0) for (const problem of allocationProblems(simulation)) problems.add(problem);
  return [...problems];
}

/** What can be seen wrong without playing. */
function declarationProblems(simulation: Simulation): string[] {
  const problems: string[] = [];
  const { game, observationSpace, actionSpace, rewardTerms } = simulation;
  const whole = (name: string, value: number) => problems.push(...wholeProblems(name, value));
  if (!/^[a-z][a-z0-9-]*$/.test(game)) {
    problems.push(
      `The id “${game}” must be lower-case letters, digits and hyphens, beginning with a letter.`,
    );
  }
  whole('stateSize', simulation.stateSize);
  whole('timeLimitTicks', simulation.timeLimitTicks);
  whole('decisionIntervalTicks', simulation.decisionIntervalTicks);
  whole('observationSpace.size', observationSpace.size);
  if (!(simulation.tickMs > 0 && Number.isFinite(simulation.tickMs))) {
    problems.push(`tickMs is ${simulation.tickMs}; it must be a positive number of milliseconds.`);
  }

  const termNames = rewardTerms.map(({ name }) => name);
  if (termNames.length === 0) problems.push('There is no reward term; declare at least one.');
  if (new Set(termNames).size < termNames.length) {
    problems.push(`The reward terms ${termNames.join(', ')} share a name; name each differently.`);
  }
  for (const { name, defaultWeight } of rewardTerms) {
    if (!Number.isFinite(defaultWeight)) {
      problems.push(`The default weight of “${name}” is ${defaultWeight}; it must be finite.`);
    }
  }

  problems.push(...boundsProblems('observationSpace', observationSpace, true));
  const ofActions = actionProblems('actionSpace', actionSpace);
  // Its layout cannot be told before.
  if (ofActions.length === 0 && maskSize(actionSpace) > 0 && simulation.mask === undefined) {
    ofActions.push('actionSpace is masked but there is no mask function; write one, or drop “masked”.');
  }
  return [...problems, ...ofActions];
}

/** What is wrong with a space of actions by itself. @param label what it is called. */
function actionProblems(label: string, space: ActionSpace): string[] {
  if (space.kind === 'product') return productProblems(label, space);
  if (space.kind === 'continuous') {
    return [...wholeProblems(`${label}.size`, space.size), ...boundsProblems(label, space, false)];
  }
  const counts = space.kind === 'discrete' ? [space.count] : space.counts;
  const labels = space.kind === 'discrete' ? [space.labels] : space.labels;
  if (counts.length === 0) return [`${label} has no choice to make; give it at least one.`];
  return counts.flatMap((count, choice) => [
    ...wholeProblems(`The number of choices at ${choice}`, count),
    ...(labels[choice]?.length === count
      ? []
      : [
          `${label} has ${labels[choice]?.length ?? 0} labels for ${count} choices at ${choice}; give one for each.`,
        ]),
  ]);
}

function productProblems(label: string, { parts }: ProductSpace): string[] {
  if (parts.length === 0) return [`${label} has no parts; give it at least one.`];
  const names = parts.map(({ name }) => name);
  const problems = parts.flatMap((part, i) => {
    if (part.name === '') return [`Part ${i} of ${label} has no name; give it one that people understand.`];
    if (part.kind === 'discrete' || part.kind === 'continuous') {
      return actionProblems(label, part).map((problem) => `In the part “${part.name}”: ${problem}`);
    }
    return [
      `The part “${names[i]}” of ${label} is neither discrete nor continuous; give several choices as several parts.`,
    ];
  });
  if (new Set(names).size < names.length) {
    problems.push(`The parts ${names.join(', ')} of ${label} share a name; name each differently.`);
  }
  return problems;
}

function wholeProblems(name: string, value: number): string[] {
  if (Number.isInteger(value) && value >= 1) return [];
  return [`${name} is ${value}; it must be a whole number of at least 1.`];
}

function boundsProblems(
  label: string,
  space: Pick<ObservationSpace, 'size' | 'names' | 'low' | 'high'>,
  mayBeInfinite: boolean,
): string[] {
  const problems: string[] = [];
  const lists = { names: space.names, low: space.low, high: space.high };
  for (const [name, list] of Object.entries(lists)) {
    if (list.length !== space.size) {
      problems.push(
        `${label}.${name} has ${list.length} entries for a size of ${space.size}; give one for each.`,
      );
    }
  }
  for (let i = 0; i < space.size; i++) {
    const low = space.low[i] ?? 0;
    const high = space.high[i] ?? 1;
    if (!(low < high)) {
      problems.push(`${label} has bounds ${low} to ${high} at component ${i}; low must be below high.`);
    } else if (!mayBeInfinite && !(Number.isFinite(low) && Number.isFinite(high))) {
      problems.push(
        `${label} has bounds ${low} to ${high} at component ${i}; an action’s bounds must be finite.`,
      );
    }
  }
  return problems;
}

/** An array that a simulation is handed, with guards on both sides of it in the same memory. */
class Guarded<T extends Float64Array | Float32Array | Uint8Array> {
  readonly inside: T;
  private readonly whole: T;
  private readonly guard: number;

  constructor(whole: T, guard: number) {
    this.whole = whole.fill(guard) as T;
    this.guard = guard;
    this.inside = whole.subarray(guardNumbers, whole.length - guardNumbers) as T;
  }

  broken(): boolean {
    const { whole, guard } = this;
    for (let i = 0; i < guardNumbers; i++) {
      if (whole[i] !== guard || whole[whole.length - 1 - i] !== guard) return true;
    }
    return false;
  }
}

/** The arrays of one arena, those of its seats one after the other, each guarded. */
class ArenaArrays {
  readonly state: Float64Array;
  readonly action: Float32Array;
  readonly terms: Float64Array;
  readonly observation: Float32Array;
  readonly mask: Uint8Array;
  private readonly guarded: ReadonlyMap<string, Guarded<Float64Array | Float32Array | Uint8Array>>;

  constructor(simulation: Simulation) {
    const seats = seatsOf(simulation);
    const guarded = (size: number) => size + 2 * guardNumbers;
    const state = new Guarded(new Float64Array(guarded(simulation.stateSize)), guardValue);
    const action = new Guarded(
      new Float32Array(guarded(seats * actionSize(simulation.actionSpace))),
      guardValue,
    );
    const terms = new Guarded(new Float64Array(guarded(seats * simulation.rewardTerms.length)), guardValue);
    const observation = new Guarded(
      new Float32Array(guarded(seats * simulation.observationSpace.size)),
      guardValue,
    );
    const mask = new Guarded(new Uint8Array(guarded(seats * maskSize(simulation.actionSpace))), guardByte);
    this.state = state.inside;
    this.action = action.inside;
    this.terms = terms.inside;
    this.observation = observation.inside;
    this.mask = mask.inside;
    this.guarded = new Map<string, Guarded<Float64Array | Float32Array | Uint8Array>>([
      ['state', state],
      ['action', action],
      ['rewardTerms', terms],
      ['observation', observation],
      ['mask', mask],
    ]);
  }

  /** The names of the arrays around which something was written. */
  broken(): string[] {
    return [...this.guarded].filter(([, array]) => array.broken()).map(([name]) => name);
  }
}

/** Plays episodes under random actions and looks at everything each call writes. */
function behaviourProblems(simulation: Simulation): string[] {
  const problems = new Set<string>();
  const arrays = new ArenaArrays(simulation);
  const { state, action, terms, observation, mask } = arrays;
  const { observationSpace, rewardTerms } = simulation;
  const layout = actionLayout(simulation.actionSpace);
  const masked = mask.length > 0;
  const before = state.slice();
  const actionBefore = action.slice();
  const random = SeededRandom.fromSeed(1);

  const look = (moment: string) => {
    before.set(state);
    observation.fill(Number.NaN);
    simulation.observe(state, observation);
    if (!sameBits(state, before)) {
      problems.add('observe changes the state; it may only read it.');
      state.set(before);
    }
    for (let cell = 0; cell < observation.length; cell++) {
      const i = cell % observationSpace.size;
      const value = observation[cell]!;
      const name = `Observation ${i} (${observationSpace.names[i]})`;
      if (!Number.isFinite(value)) {
        problems.add(`${name} is ${value} ${moment}; observe must write a finite number to every component.`);
      } else if (
        value < Math.fround(observationSpace.low[i]!) ||
        value > Math.fround(observationSpace.high[i]!)
      ) {
        problems.add(
          `${name} leaves its bounds ${observationSpace.low[i]} to ${observationSpace.high[i]} ${moment}; widen the bounds or scale it.`,
        );
      }
    }
    if (!masked) return;
    mask.fill(guardByte);
    simulation.mask?.(state, mask);
    if (!sameBits(state, before)) {
      problems.add('mask changes the state; it may only read it.');
      state.set(before);
    }
    for (let first = 0; first < mask.length; first += layout.masks) {
      const own = mask.subarray(first, first + layout.masks);
      for (const problem of maskProblems(layout, own, moment)) problems.add(problem);
    }
  };

  for (let episode = 0; episode < episodesPlayed; episode++) {
    state.fill(Number.NaN);
    simulation.reset(state, random);
    if (!allFinite(state)) {
      problems.add('reset leaves numbers of the state unwritten or not finite; it must write every one.');
      return [...problems];
    }
    look('after a reset');
    const limit = Math.min(simulation.timeLimitTicks, episodeTicksPlayed);
    for (let tick = 0; tick < limit; tick++) {
      chooseActions(simulation, mask, random, action);
      actionBefore.set(action);
      terms.fill(Number.NaN);
      const terminated: unknown = simulation.step(state, action, terms);
      if (typeof terminated !== 'boolean') {
        problems.add(`step returns ${String(terminated)}; it must return whether the episode terminated.`);
      }
      if (!sameBits(action, actionBefore)) problems.add('step changes the action; it may only read it.');
      for (let term = 0; term < terms.length; term++) {
        if (Number.isFinite(terms[term]!)) continue;
        problems.add(
          `step leaves the reward term “${rewardTerms[term % rewardTerms.length]!.name}” at ${terms[term]}; it must write a finite number to every term.`,
        );
      }
      if (!allFinite(state)) {
        problems.add('step makes a number of the state infinite or NaN; keep the state finite.');
        return [...problems];
      }
      look('after a step');
      for (const name of arrays.broken()) {
        problems.add(`A write landed outside “${name}”; write only to the array that is handed over.`);
      }
      if (terminated === true) break;
    }
  }
  return [...problems];
}

function maskProblems({ components }: ActionLayout, mask: Uint8Array, moment: string): string[] {
  const problems: string[] = [];
  components.forEach((component, choice) => {
    if (component.kind === 'axis' || component.mask === null) return;
    const { count, mask: first } = component;
    let allowed = 0;
    for (let i = first; i < first + count; i++) {
      if (mask[i] === 1) allowed++;
      else if (mask[i] !== 0) {
        problems.push(`The mask holds ${mask[i]} at ${i} ${moment}; mask must write 0 or 1 to every entry.`);
      }
    }
    if (allowed === 0) {
      problems.push(`The mask forbids every option of choice ${choice} ${moment}; leave at least one.`);
    }
  });
  return problems;
}

/** Every direction a person can press, with and without the button. */
function personProblems(simulation: Simulation): string[] {
  const problems = new Set<string>();
  const { actions, components } = actionLayout(simulation.actionSpace);
  const action = new ArenaArrays(simulation).action.subarray(0, actions);
  const directions = [-1, -0.5, 0, 0.5, 1];
  for (const horizontal of directions) {
    for (const vertical of directions) {
      for (const primary of [false, true]) {
        const input: PersonInput = { horizontal, vertical, primary };
        for (let call = 0; call < 4 * seatsOf(simulation); call++) {
          action.fill(Number.NaN);
          simulation.personAction(input, call % 4, action, Math.floor(call / 4));
          action.forEach((value, i) => {
            if (isOf(components[i]!, value)) return;
            problems.add(
              `personAction writes ${value} at component ${i} for horizontal ${horizontal}, vertical ${vertical}; it must write an action of the space.`,
            );
          });
        }
      }
    }
  }
  return [...problems];
}

function isOf(component: ActionComponent, value: number): boolean {
  if (component.kind === 'axis') return value >= component.low && value <= component.high;
  return Number.isInteger(value) && value >= 0 && value < component.count;
}

/**
 * The same seed and actions twice: alone from empty arrays, then beside another arena and from arrays full of
 * leftovers. What differs is chance of its own, or memory outside the state.
 */
function determinismProblems(simulation: Simulation): string[] {
  const alone = trajectoryHash(simulation, false);
  const again = trajectoryHash(simulation, false);
  if (alone !== again) {
    return [
      'The same seed and actions gave different states; draw chance only from the source handed to reset, and read no clock.',
    ];
  }
  if (alone !== trajectoryHash(simulation, true)) {
    return [
      'An arena’s states depend on another arena or on what its arrays held before; keep everything in the state, and let reset write all of it.',
    ];
  }
  return [];
}

function trajectoryHash(simulation: Simulation, besideAnother: boolean): number {
  const own = new ArenaArrays(simulation);
  const other = new ArenaArrays(simulation);
  const ownRandom = SeededRandom.fromSeed(2);
  const otherRandom = SeededRandom.fromSeed(3);
  const ownActions = SeededRandom.fromSeed(4);
  const otherActions = SeededRandom.fromSeed(5);
  own.state.fill(besideAnother ? guardValue : 0);
  let hash = emptyHash;

  const begin = (arrays: ArenaArrays, random: SeededRandom) => {
    simulation.reset(arrays.state, random);
    simulation.observe(arrays.state, arrays.observation);
  };
  const move = (arrays: ArenaArrays, random: SeededRandom, actions: SeededRandom) => {
    if (arrays.mask.length > 0) simulation.mask?.(arrays.state, arrays.mask);
    chooseActions(simulation, arrays.mask, actions, arrays.action);
    const terminated = simulation.step(arrays.state, arrays.action, arrays.terms);
    simulation.observe(arrays.state, arrays.observation);
    return () => {
      if (terminated) begin(arrays, random);
    };
  };

  begin(own, ownRandom);
  if (besideAnother) begin(other, otherRandom);
  for (let tick = 0; tick < episodeTicksPlayed; tick++) {
    const afterwards = move(own, ownRandom, ownActions);
    hash = hashBytes(own.state, hash);
    hash = hashBytes(own.terms, hash);
    hash = hashBytes(own.observation, hash);
    if (besideAnother) move(other, otherRandom, otherActions)();
    afterwards();
  }
  return hash;
}

/** No episode outlasts its limit, and one that reaches it is truncated, with a new one beginning at once. */
function timeLimitProblems(simulation: Simulation): string[] {
  // A short limit, so that games in which random actions soon fail reach it too.
  for (const timeLimitTicks of new Set([simulation.timeLimitTicks, 1])) {
    const limited: Simulation = Object.create(simulation, { timeLimitTicks: { value: timeLimitTicks } });
    const environment = createVectorEnvironment(limited, { arenas: 2, seed: 6 });
    const batch = new DecisionBatch(decisionShape(environment.spec, environment.arenas));
    const random = SeededRandom.fromSeed(7);
    for (let tick = 0; tick < Math.min(timeLimitTicks, episodeTicksPlayed) + 1; tick++) {
      environment.takeDecision(batch);
      chooseActions(simulation, batch.masks, random, batch.actions);
      environment.applyActions(batch.actions);
      environment.tick();
      for (const ending of environment.takeEndings()) {
        const reached = ending.lengthTicks >= timeLimitTicks;
        if (ending.lengthTicks > timeLimitTicks || reached !== ending.truncated) {
          return [
            `An episode of ${ending.lengthTicks} ticks was ${ending.truncated ? '' : 'not '}truncated under a limit of ${timeLimitTicks}; leave the time limit to the engine.`,
          ];
        }
      }
    }
  }
  return [];
}

/** Plays one state over and over and looks at how the heap grows, where the engine tells. */
function allocationProblems(simulation: Simulation): string[] {
  const { state, action, terms, observation, mask } = new ArenaArrays(simulation);
  const random = SeededRandom.fromSeed(8);
  const start = state.slice();
  simulation.reset(start, random);
  const masked = mask.length > 0;
  if (masked) simulation.mask?.(start, mask);
  chooseActions(simulation, mask, random, action);

  for (const decoy of decoys()) {
    callStep(decoy, state, action, terms);
    callObserve(decoy, state, observation);
    callMask(decoy, state, mask);
  }
  const growth = heapGrowthPerCall(() => {
    // The same state again before each step, so that none is reached which the game never shows.
    state.set(start);
    callStep(simulation, state, action, terms);
    callObserve(simulation, state, observation);
    if (masked) callMask(simulation, state, mask);
  });
  if (growth === null || growth === 0) return [];
  return [
    `step, observe or mask allocates: the heap grew by at least ${growth.toFixed(1)} bytes a step; write into the arrays handed over, keep no objects, and pass numbers between large functions in arrays.`,
  ];
}

type Rules = Pick<Simulation, 'step' | 'observe' | 'mask'>;

// Each calls from one place, which has seen too many kinds of object for the compiler to put the callee's code there:
// inside another function it may find no room for the callee's own helpers, and numbers would be boxed on their way.
function callStep(rules: Rules, state: Float64Array, action: Float32Array, terms: Float64Array): boolean {
  return rules.step(state, action, terms);
}
function callObserve(rules: Rules, state: Float64Array, observation: Float32Array): void {
  rules.observe(state, observation);
}
function callMask(rules: Rules, state: Float64Array, mask: Uint8Array): void {
  rules.mask?.(state, mask);
}

/** Rules that do nothing, each an object of another kind. */
function decoys(): Rules[] {
  return Array.from({ length: 8 }, (_, kind) => ({
    [`kind${kind}`]: kind,
    step: () => false,
    observe: () => undefined,
    mask: () => undefined,
  }));
}

/** Writes a random action, one that its mask allows, for each agent that `actions` has room for. */
function chooseActions(
  { actionSpace }: Simulation,
  masks: Uint8Array,
  random: SeededRandom,
  actions: Float32Array,
): void {
  const layout = actionLayout(actionSpace);
  const { actions: width, masks: maskWidth } = layout;
  for (let agent = 0; agent * width < actions.length; agent++) {
    const mask = masks.subarray(agent * maskWidth, (agent + 1) * maskWidth);
    chooseAction(layout, mask, random, actions.subarray(agent * width, (agent + 1) * width));
  }
}

/** Writes a random action of the space that the mask allows. */
function chooseAction(
  { components }: ActionLayout,
  masks: Uint8Array,
  random: SeededRandom,
  action: Float32Array,
): void {
  components.forEach((component, i) => {
    if (component.kind === 'axis') {
      action[i] = component.low + (component.high - component.low) * random.uniform();
      return;
    }
    const { count, mask } = component;
    const allowed = Array.from({ length: count }, (_, option) => option).filter(
      (option) => mask === null || masks[mask + option] === 1,
    );
    action[i] = allowed.length > 0 ? allowed[random.below(allowed.length)]! : 0;
  });
}

function allFinite(values: Float64Array): boolean {
  return values.every((value) => Number.isFinite(value));
}

/** Equal in every number, NaN equal to NaN, −0 different from 0. */
function sameBits(a: Float64Array | Float32Array, b: Float64Array | Float32Array): boolean {
  return a.every((value, i) => Object.is(value, b[i]));
}
