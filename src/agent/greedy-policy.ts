import {
  type ActingBackend,
  actionSize,
  type EnvironmentSpec,
  type Hyperparameters,
  maskSize,
  type Policy,
  policyOutputSize,
} from '../contract';
import { Choices } from './choices';
import { type ActionDistribution, createDistribution } from './distributions';
import { ObservationNormaliser } from './normalisation';
import { policyLayout } from './policy';
import type { PolicySnapshot } from './policy-snapshot';
import { createSnapshot } from './snapshot';

/** What a policy answers, and where it writes the answer; a row an agent. */
export interface Questions {
  readonly observations: Float32Array; // [N, obs]
  readonly masks: Uint8Array; // [N, mask]
  readonly actions: Float32Array; // [N, actionSize]
}

/** A frozen policy that answers for some of the agents, always by the likeliest action. */
export class GreedyPolicy {
  private readonly snapshot: PolicySnapshot;
  private readonly normaliser: ObservationNormaliser | null;
  private readonly distribution: ActionDistribution;
  private readonly choices: Choices;
  private readonly widths: { readonly observation: number; readonly mask: number; readonly action: number };
  // The agents that it answers for, gathered.
  private readonly observations: Float32Array;
  private readonly masks: Uint8Array;
  private readonly actions: Float32Array;
  private readonly outputs: Float32Array;
  private readonly values: Float32Array;

  /**
   * @param mostAgents that it will answer for at once.
   * @throws PlaytrainError `bad-settings` when the weights do not fit the sizes.
   */
  constructor(
    spec: EnvironmentSpec,
    sizes: Pick<Hyperparameters, 'hiddenSizes' | 'activation'>,
    policy: Policy,
    mostAgents: number,
    acting: ActingBackend = 'cpu',
  ) {
    const { actionSpace, observationSpace } = spec;
    this.snapshot = createSnapshot(policyLayout(spec, sizes), policy, acting);
    this.normaliser =
      policy.observations === null
        ? null
        : new ObservationNormaliser(mostAgents, observationSpace.size, policy.observations);
    this.distribution = createDistribution(actionSpace);
    this.choices = new Choices(actionSpace);
    this.widths = {
      observation: observationSpace.size,
      mask: maskSize(actionSpace),
      action: actionSize(actionSpace),
    };
    this.observations = new Float32Array(mostAgents * this.widths.observation);
    this.masks = new Uint8Array(mostAgents * this.widths.mask);
    this.actions = new Float32Array(mostAgents * this.widths.action);
    this.outputs = new Float32Array(mostAgents * policyOutputSize(actionSpace));
    this.values = new Float32Array(mostAgents);
  }

  /**
   * Writes the actions of the first `count` of `agents`: zeros where the mask leaves nothing to choose.
   *
   * @throws PlaytrainError `not-finite` when the outputs are not numbers.
   */
  act(questions: Questions, agents: Int32Array, count: number): void {
    const { observation, mask, action } = this.widths;
    for (let row = 0; row < count; row++) {
      const agent = agents[row]!;
      for (let i = 0; i < observation; i++) {
        this.observations[row * observation + i] = questions.observations[agent * observation + i]!;
      }
      for (let i = 0; i < mask; i++) this.masks[row * mask + i] = questions.masks[agent * mask + i]!;
      this.normaliser?.normalise(this.observations, row, this.observations);
    }
    this.snapshot.forward(this.observations, count, this.outputs, this.values);
    for (let row = 0; row < count; row++) {
      if (this.choices.areThere(this.masks, row)) {
        this.distribution.mode(this.outputs, row, this.snapshot.logStd, this.masks, this.actions);
      } else this.actions.fill(0, row * action, (row + 1) * action);
      const agent = agents[row]!;
      for (let i = 0; i < action; i++) {
        questions.actions[agent * action + i] = this.actions[row * action + i]!;
      }
    }
  }
}
