import { type GameRules, type SettingsPatch, type Simulation, withPatch } from '../src/contract';
import { balanceRules } from '../src/game/balance/rules';
import { swingRules } from '../src/game/swing/rules';

/** Something that somebody might do to a run that would have learned. */
export interface Failure {
  readonly name: string;
  readonly rules: GameRules;
  /** Decisions of the failing run, after which the doctor is asked; and of each run that is compared. */
  readonly decisions: number;
  readonly patch: SettingsPatch;
  /** What rewards are multiplied by, in the game itself. */
  readonly rewards: number;
}

const failure = (game: 'balance' | 'swing', what: string, patch: SettingsPatch, rewards = 1): Failure => ({
  name: `${game}: ${what}`,
  rules: game === 'balance' ? balanceRules : swingRules,
  decisions: game === 'balance' ? 60_000 : 100_000,
  patch,
  rewards,
});

/** Ten of them. */
export const failures: readonly Failure[] = [
  failure('balance', 'learning rate as large as can be', { learningRate: 0.1 }),
  failure('balance', 'discount 0.5', { discount: 0.5 }),
  failure('balance', 'rewards × 1,000', {}, 1_000),
  failure('balance', 'annealed over 10,000 decisions', {
    learningRateAnnealing: true,
    annealingDecisions: 10_000,
  }),
  failure('balance', 'clip range 1, 20 epochs', { clipRange: 1, epochs: 20 }),
  failure('balance', 'entropy bonus 0.2', { entropyCoefficient: 0.2 }),
  failure('balance', 'learning rate ÷ 1,000', { learningRate: 2.4e-6 }),
  failure('swing', 'learning rate × 40', { learningRate: 0.1 }),
  failure('swing', 'discount 0.3', { discount: 0.3 }),
  failure('swing', 'annealed over 20,000 decisions', {
    learningRateAnnealing: true,
    annealingDecisions: 20_000,
  }),
];

/** The settings of the untouched run, and of the failing one. */
export function settingsOf({ rules, patch }: Failure, seed: number) {
  const usual = { ...rules.presets.fast, seed };
  return { usual, failing: withPatch(usual, patch) };
}

/** The game, whose rewards are so much larger. */
export function simulationOf({ rules: { simulation }, rewards }: Failure): Simulation {
  if (rewards === 1) return simulation;
  return {
    ...simulation,
    step(state, actions, rewardTerms) {
      const terminated = simulation.step(state, actions, rewardTerms);
      for (let term = 0; term < rewardTerms.length; term++) rewardTerms[term] = rewards * rewardTerms[term]!;
      return terminated;
    },
  };
}
