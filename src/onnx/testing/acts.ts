import { GreedyPolicy } from '../../agent/greedy-policy';
import type { PolicyData } from '../../agent/policy-file';
import { actionLayout } from '../../contract';

/** What a policy does where our own actor plays it: the likeliest actions `[N, actions]`. */
export function actionsOf(policy: PolicyData, observations: Float32Array, masks: Uint8Array, rows: number) {
  const { actions } = actionLayout(policy.spec.actionSpace);
  const greedy = new GreedyPolicy(policy.spec, policy, policy, rows);
  const questions = { observations, masks, actions: new Float32Array(rows * actions) };
  greedy.act(
    questions,
    Int32Array.from({ length: rows }, (_, row) => row),
    rows,
  );
  return questions.actions;
}
