import { actionLayout, DecisionBatch, decisionShape, type Simulation } from '../src/contract';
import { createVectorEnvironment } from '../src/game/engine/vector-environment';
import { volley } from '../src/game/volley/simulation';
import { SeededRandom } from '../src/random/seeded-random';
import type { BenchmarkResult } from './benchmark';
import { interleave, median } from './measure';
import { table } from './table';

const rounds = 5;
const ticksASample = 600_000;
/** Drawn before the clock starts. */
const actionsDrawn = 4_096;
const arenas = 16;

/** Ticks a second of volley's rules on one core of this process, under actions drawn by lot. */
export async function ticks(): Promise<BenchmarkResult> {
  const subjects = [
    { name: 'step and observe at every tick', play: stepAndObserve },
    { name: `vector environment, ${arenas} arenas, a decision every 4 ticks`, play: vectorEnvironment },
  ];
  for (const { play } of subjects) play(volley);
  const samples = await interleave(subjects, rounds, async ({ play }) => {
    const startMs = performance.now();
    play(volley);
    return (1000 * ticksASample) / (performance.now() - startMs);
  });
  const rows = subjects.map(({ name }, index) => ({ name, ticksPerSecond: median(samples[index] ?? []) }));
  const cells = rows.map(({ name, ticksPerSecond }) => [name, (ticksPerSecond / 1e6).toFixed(2)]);
  return {
    fields: { game: volley.game, rows, rounds, ticksASample },
    table: table([['', 'million ticks/s']].concat(cells)),
    browser: `none: Node ${process.versions.node}`,
    renderer: 'none',
  };
}

function stepAndObserve(simulation: Simulation): void {
  const random = SeededRandom.fromSeed(1);
  const choose = lottery(simulation, 2);
  const state = new Float64Array(simulation.stateSize);
  const observations = new Float32Array(2 * simulation.observationSpace.size);
  const rewardTerms = new Float64Array(2 * simulation.rewardTerms.length);
  let actions = choose(0);
  simulation.reset(state, random);
  for (let tick = 0; tick < ticksASample; tick++) {
    if (tick % simulation.decisionIntervalTicks === 0) actions = choose(tick);
    if (simulation.step(state, actions, rewardTerms)) simulation.reset(state, random);
    simulation.observe(state, observations);
  }
}

function vectorEnvironment(simulation: Simulation): void {
  const environment = createVectorEnvironment(simulation, { arenas, seed: 1 });
  const batch = new DecisionBatch(decisionShape(environment.spec, arenas));
  const choose = lottery(simulation, environment.agents);
  for (let tick = 0; tick < ticksASample / arenas; tick++) {
    if (tick % simulation.decisionIntervalTicks === 0) {
      environment.takeDecision(batch);
      environment.applyActions(choose(tick));
    }
    environment.tick();
  }
}

/** Actions of so many agents, `[agents, actionSize]`, out of a store that was drawn before. */
function lottery(simulation: Simulation, agents: number): (tick: number) => Float32Array {
  const random = SeededRandom.fromSeed(2);
  const { components, actions } = actionLayout(simulation.actionSpace);
  const counts = components.map((component) => (component.kind === 'choice' ? component.count : 1));
  const width = agents * actions;
  const drawn = Array.from({ length: actionsDrawn }, () =>
    Float32Array.from({ length: width }, (_, i) => random.below(counts[i % counts.length] ?? 1)),
  );
  return (tick) => drawn[tick % actionsDrawn]!;
}
