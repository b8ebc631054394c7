import {
  type ActingBackend,
  actionLayout,
  controllers,
  type DecisionBatch,
  type EnvironmentSpec,
  type Hyperparameters,
  type Policy,
  type SnapshotData,
  seatsOf,
  type Thought,
} from '../contract';
import type { SeededRandom } from '../random/seeded-random';
import { type ArenaOrigin, arenaStream } from '../random/stream';
import { Choices } from './choices';
import { type ActionDistribution, createDistribution } from './distributions';
import { GreedyPolicy } from './greedy-policy';
import { oddsOf } from './odds';
import { OpponentSeats } from './opponent-seats';
import { type PolicyLayout, policyLayout } from './policy';
import type { PolicySnapshot } from './policy-snapshot';
import type { SeatBook } from './seat-book';
import { createSnapshot } from './snapshot';

/** Chooses everybody's actions: the learner's own by chance, all others' by the likeliest. */
export class ActionChooser {
  private readonly spec: EnvironmentSpec;
  private readonly settings: Hyperparameters;
  /** N. */
  private readonly agents: number;
  private readonly layout: PolicyLayout;
  private readonly acting: ActingBackend;
  private readonly distribution: ActionDistribution;
  private readonly choices: Choices;
  /** One an agent, so that who acts in one arena never changes what is drawn in another. */
  private readonly randoms: readonly SeededRandom[];
  private readonly opponents: OpponentSeats;
  private snapshot: PolicySnapshot;
  private frozen: GreedyPolicy | null = null;
  private readonly outputs: Float32Array; // [N, out]
  private readonly frozenAgents: Int32Array; // [N], the first ones

  /**
   * @param settings arenas, hidden sizes and activation are those given here for good.
   * @throws PlaytrainError `bad-settings` when the snapshot's weights do not fit the settings; `backend-unavailable`
   * for `wasm` where the engine knows no WebAssembly SIMD.
   */
  constructor(
    spec: EnvironmentSpec,
    settings: Hyperparameters,
    snapshot: SnapshotData,
    acting: ActingBackend,
    origin: ArenaOrigin,
  ) {
    const seats = seatsOf(spec);
    const agents = settings.arenas * seats;
    this.spec = spec;
    this.settings = settings;
    this.agents = agents;
    this.layout = policyLayout(spec, settings);
    this.acting = acting;
    this.distribution = createDistribution(spec.actionSpace);
    this.choices = new Choices(spec.actionSpace);
    this.randoms = Array.from({ length: agents }, (_, agent) =>
      arenaStream(origin, 'actions', Math.floor(agent / seats), agent % seats),
    );
    this.opponents = new OpponentSeats(spec, settings, agents, acting, origin);
    this.snapshot = createSnapshot(this.layout, snapshot, acting);
    this.outputs = new Float32Array(agents * actionLayout(spec.actionSpace).outputs);
    this.frozenAgents = new Int32Array(agents);
  }

  /** Of the snapshot that acts. */
  get version(): number {
    return this.snapshot.version;
  }

  /** Acts by other weights. @throws PlaytrainError `bad-settings` when they do not fit; nothing has changed then. */
  setSnapshot(snapshot: SnapshotData): void {
    this.snapshot = createSnapshot(this.layout, snapshot, this.acting);
  }

  /** Who plays agents whose controller is `frozen`; before that, the snapshot does. Throws as `setSnapshot` does. */
  setFrozen(policy: Policy): void {
    this.frozen = new GreedyPolicy(this.spec, this.settings, policy, this.agents, this.acting);
  }

  /** The critic's values of all rows of `observations` `[N, obs]`. @param values `[N]`, written. */
  writeValues(observations: Float32Array, values: Float32Array): void {
    this.snapshot.forward(observations, this.agents, this.outputs, values);
  }

  /** The critic's value of one row of `observations` `[N, obs]`. */
  value(observations: Float32Array, row: number): number {
    return this.snapshot.value(observations, row);
  }

  /** What the snapshot gives the actions of one agent, in the batch chosen for last. */
  odds({ masks }: DecisionBatch, agent: number): Thought['odds'] {
    const layout = actionLayout(this.spec.actionSpace);
    const { outputs } = this;
    const { logStd } = this.snapshot;
    const [output, mask] = [agent * layout.outputs, agent * layout.masks];
    return oddsOf(layout.components, { outputs, output, logStd, masks, mask });
  }

  /**
   * Writes actions, log-probabilities, values and the policy's version into `batch`. Zeros where a mask leaves nothing
   * to choose.
   *
   * @param observations as the policy sees them, `[N, obs]`; opponents see those of the batch.
   * @param own written: 1 where the agent is the learner's own, `[N]`.
   * @param valid written: 1 where, besides, there was something to choose, `[N]`.
   * @returns how many rows are valid.
   * @throws PlaytrainError `not-finite` when a policy's outputs are not numbers; it may be asked again.
   */
  choose(
    batch: DecisionBatch,
    observations: Float32Array,
    seats: SeatBook,
    own: Uint8Array,
    valid: Uint8Array,
  ): number {
    this.snapshot.forward(observations, this.agents, this.outputs, batch.values);
    this.opponents.begin();
    let validRows = 0;
    let frozenAgents = 0;
    for (let agent = 0; agent < this.agents; agent++) {
      const isOwn = seats.isOwn(batch.controllers, agent);
      const hasChoice = this.choices.areThere(batch.masks, agent);
      own[agent] = isOwn ? 1 : 0;
      valid[agent] = isOwn && hasChoice ? 1 : 0;
      batch.logProbabilities[agent] = 0;
      if (isOwn && hasChoice) {
        batch.logProbabilities[agent] = this.sample(batch, agent);
        validRows++;
        continue;
      }
      const controller = batch.controllers[agent];
      if (controller !== controllers.cast) seats.takenOver(agent);
      if (!hasChoice) this.chooseNothing(batch, agent);
      else if (controller === controllers.cast) this.opponents.seat(seats.opponentOf(agent), agent, batch);
      else if (controller === controllers.frozen && this.frozen) this.frozenAgents[frozenAgents++] = agent;
      else this.chooseLikeliest(batch, agent);
    }
    this.frozen?.act(batch, this.frozenAgents, frozenAgents);
    this.opponents.act(batch);
    batch.policyVersion = this.version;
    return validRows;
  }

  /** @returns the log-probability of the action that was drawn. */
  private sample(batch: DecisionBatch, agent: number): number {
    const { logStd } = this.snapshot;
    const random = this.randoms[agent]!;
    return this.distribution.sample(this.outputs, agent, logStd, batch.masks, random, batch.actions);
  }

  private chooseLikeliest(batch: DecisionBatch, agent: number): void {
    this.distribution.mode(this.outputs, agent, this.snapshot.logStd, batch.masks, batch.actions);
  }

  private chooseNothing({ actions, shape }: DecisionBatch, agent: number): void {
    actions.fill(0, agent * shape.actionSize, (agent + 1) * shape.actionSize);
  }
}
