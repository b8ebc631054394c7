import type { ActingBackend, EnvironmentSpec, Hyperparameters, Policy, ScriptedPlayer } from '../contract';
import { actionSize, seatsOf } from '../contract';
import type { SeededRandom } from '../random/seeded-random';
import { type ArenaOrigin, arenaStream } from '../random/stream';
import type { Opponent } from './casting';
import { GreedyPolicy, type Questions } from './greedy-policy';

/** Agents of one earlier policy, in this decision. */
interface Seated {
  readonly policy: GreedyPolicy;
  readonly agents: Int32Array;
  count: number;
}

/** Chooses the actions of the learner's opponents: those of one earlier policy together, in one forward pass. */
export class OpponentSeats {
  private readonly spec: EnvironmentSpec;
  private readonly settings: Hyperparameters;
  private readonly acting: ActingBackend;
  private readonly agents: number;
  private readonly loaded = new WeakMap<Policy, Seated>();
  private readonly seated: Seated[] = [];
  /** One an agent, so that who sits in one arena never changes what is drawn in another. */
  private readonly randoms: readonly SeededRandom[];
  private readonly observation: Float32Array; // [obs]
  private readonly action: Float32Array; // [actionSize]

  constructor(
    spec: EnvironmentSpec,
    settings: Hyperparameters,
    agents: number,
    acting: ActingBackend,
    origin: ArenaOrigin,
  ) {
    const seats = seatsOf(spec);
    this.spec = spec;
    this.settings = settings;
    this.agents = agents;
    this.acting = acting;
    this.randoms = Array.from({ length: agents }, (_, agent) =>
      arenaStream(origin, 'scripted', Math.floor(agent / seats), agent % seats),
    );
    this.observation = new Float32Array(spec.observationSpace.size);
    this.action = new Float32Array(actionSize(spec.actionSpace));
  }

  /** Nobody is seated yet, whatever became of the decision before. */
  begin(): void {
    for (const each of this.seated) each.count = 0;
    this.seated.length = 0;
  }

  /** Seats an opponent for this decision; a scripted one answers at once. */
  seat(opponent: Opponent, agent: number, questions: Questions): void {
    if (opponent.kind === 'scripted') this.askScripted(opponent.player, agent, questions);
    if (opponent.kind !== 'past') return;
    const seated = this.load(opponent.policy);
    if (seated.count === 0) this.seated.push(seated);
    seated.agents[seated.count++] = agent;
  }

  /** Writes the actions of all who were seated. Throws what `GreedyPolicy.act` throws. */
  act(questions: Questions): void {
    for (const each of this.seated) each.policy.act(questions, each.agents, each.count);
  }

  private askScripted(player: ScriptedPlayer, agent: number, questions: Questions): void {
    const { observation, action } = this;
    const random = this.randoms[agent]!;
    const firstSeen = agent * observation.length;
    for (let i = 0; i < observation.length; i++) observation[i] = questions.observations[firstSeen + i]!;
    player.act(observation, random, action, agent);
    questions.actions.set(action, agent * action.length);
  }

  private load(policy: Policy): Seated {
    const known = this.loaded.get(policy);
    if (known !== undefined) return known;
    const loaded: Seated = {
      policy: new GreedyPolicy(this.spec, this.settings, policy, this.agents, this.acting),
      agents: new Int32Array(this.agents),
      count: 0,
    };
    this.loaded.set(policy, loaded);
    return loaded;
  }
}
