import { env, InferenceSession, Tensor } from 'onnxruntime-web';
import { describe, expect, it } from 'vitest';
import type { PolicyData } from '../agent/policy-file';
import { actionLayout } from '../contract';
import { exportOnnx, type OnnxDialect } from './export-onnx';
import { importOnnx } from './import-onnx';
import { actionsOf } from './testing/acts';
import { madeUpMasks, madeUpObservations, madeUpPolicy, spaces } from './testing/made-up-policy';

// What ONNX’s own runtime makes of the files, and what our actor does with the policies that they were written from.

env.wasm.numThreads = 1;

const rows = 1_000;
const tolerance = 1e-5;

type Outputs = InferenceSession.ReturnType;

/** Runs a model over all rows, `batch` at a time, and puts the outputs named together again. */
async function runInBatches(
  session: InferenceSession,
  inputs: Readonly<Record<string, { readonly data: Float32Array; readonly width: number | null }>>,
  batch: number,
  outputs: readonly string[],
): Promise<ReadonlyMap<string, number[]>> {
  const gathered = new Map(outputs.map((name) => [name, [] as number[]]));
  for (let start = 0; start < rows; start += batch) {
    const count = Math.min(batch, rows - start);
    const feeds = Object.fromEntries(
      Object.entries(inputs).map(([name, { data, width }]) => {
        const size = width ?? 1;
        const part = data.slice(start * size, (start + count) * size);
        return [name, new Tensor('float32', part, width === null ? [count] : [count, width])];
      }),
    );
    const results: Outputs = await session.run(feeds, [...outputs]);
    for (const name of outputs)
      for (const each of results[name]!.data) gathered.get(name)!.push(Number(each));
  }
  return gathered;
}

interface Case {
  readonly policy: PolicyData;
  readonly observations: Float32Array<ArrayBuffer>;
  readonly masks: Uint8Array;
  /** As our actor acts: axes at their bounds where their means are beyond. */
  readonly expected: Float32Array;
}

function caseOf(policy: PolicyData): Case {
  const { components } = actionLayout(policy.spec.actionSpace);
  const groups = components.flatMap((each) =>
    each.kind === 'choice' && each.mask !== null ? [each.count] : [],
  );
  const observations = madeUpObservations(rows, policy.spec.observationSpace.size);
  const masks = madeUpMasks(rows, groups);
  const actions = actionsOf(policy, observations, masks, rows);
  const expected = actions.map((action, i) => {
    const component = components[i % components.length]!;
    return component.kind === 'axis' ? Math.max(component.low, Math.min(component.high, action)) : action;
  });
  return { policy, observations, masks, expected };
}

/** Masks as ML-Agents has them: flags of every choice, forbidden ever or not. */
function allMasks({ policy, masks }: Case): Float32Array {
  const { components, masks: width } = actionLayout(policy.spec.actionSpace);
  return Float32Array.from(
    Array.from({ length: rows }, (_, row) =>
      components.flatMap((each) => {
        if (each.kind !== 'choice') return [];
        const { mask } = each;
        return Array.from({ length: each.count }, (_, i) =>
          mask === null ? 1 : masks[row * width + mask + i]!,
        );
      }),
    ).flat(),
  );
}

async function mlAgentsActions(session: InferenceSession, given: Case, batch: number): Promise<number[]> {
  const { components } = actionLayout(given.policy.spec.actionSpace);
  const choices = components.filter((each) => each.kind === 'choice');
  const axes = components.filter((each) => each.kind === 'axis');
  const width = given.policy.spec.observationSpace.size;
  const flags = choices.reduce((sum, { count }) => sum + count, 0);
  const outputs = await runInBatches(
    session,
    {
      obs_0: { data: given.observations, width },
      ...(flags > 0 && { action_masks: { data: allMasks(given), width: flags } }),
    },
    batch,
    [
      ...(axes.length > 0 ? ['deterministic_continuous_actions'] : []),
      ...(choices.length > 0 ? ['deterministic_discrete_actions'] : []),
    ],
  );
  return Array.from({ length: rows }, (_, row) =>
    components.map((each) => {
      if (each.kind === 'choice') {
        return outputs.get('deterministic_discrete_actions')![row * choices.length + choices.indexOf(each)]!;
      }
      const value = outputs.get('deterministic_continuous_actions')![row * axes.length + axes.indexOf(each)]!;
      return inGame(each, value);
    }),
  ).flat();
}

async function godotActions(session: InferenceSession, given: Case, batch: number): Promise<number[]> {
  const { components, outputs: width, masks: maskWidth } = actionLayout(given.policy.spec.actionSpace);
  const outputs = await runInBatches(
    session,
    {
      obs: { data: given.observations, width: given.policy.spec.observationSpace.size },
      state_ins: { data: new Float32Array(rows).fill(2), width: null },
    },
    batch,
    ['output', 'state_outs'],
  );
  expect(outputs.get('state_outs')).toEqual(Array.from({ length: rows }, () => 2));
  return Array.from({ length: rows }, (_, row) =>
    components.map((each) => {
      const from = row * width + each.output;
      const numbers = outputs.get('output')!.slice(from, from + (each.kind === 'choice' ? each.count : 1));
      if (each.kind === 'axis') return inGame(each, Math.max(-1, Math.min(1, numbers[0]!)));
      const { mask } = each;
      // The dialect has no masks: its game leaves forbidden choices out.
      const allowed = numbers.map((logit, i) =>
        mask === null || given.masks[row * maskWidth + mask + i] === 1 ? logit : -Infinity,
      );
      return allowed.indexOf(Math.max(...allowed));
    }),
  ).flat();
}

const inGame = ({ low, high }: { readonly low: number; readonly high: number }, value: number) =>
  (low + high) / 2 + (value * (high - low)) / 2;

const actionsIn: Readonly<
  Record<OnnxDialect, (session: InferenceSession, given: Case, batch: number) => Promise<number[]>>
> = { mlagents: mlAgentsActions, godot: godotActions };

function largestDifference(left: ArrayLike<number>, right: ArrayLike<number>): number {
  expect(left.length).toBe(right.length);
  let largest = 0;
  for (let i = 0; i < left.length; i++) largest = Math.max(largest, Math.abs(left[i]! - right[i]!));
  return largest;
}

describe.each(Object.entries(spaces))('a policy of %s', (_name, space) => {
  for (const dialect of ['mlagents', 'godot'] as const) {
    for (const [activation, normalised] of [
      ['tanh', true],
      ['relu', false],
      ['swish', true],
    ] as const) {
      it(`does in ONNX’s runtime what our actor does: ${dialect}, ${activation}`, async () => {
        const given = caseOf(madeUpPolicy(space, { activation, normalised }));
        const file = exportOnnx(given.policy, dialect);
        const session = await InferenceSession.create(file);
        for (const batch of [1, 64]) {
          const actual = await actionsIn[dialect](session, given, batch);
          expect(largestDifference(actual, given.expected)).toBeLessThan(tolerance);
        }
        await session.release();
        const again = importOnnx(file, { expected: given.policy.spec });
        const { parameters: _written, observations, ...rest } = given.policy;
        expect(again).toMatchObject(rest);
        expect(again.observations?.count ?? null).toBe(observations?.count ?? null);
        expect(largestDifference(caseOf(again).expected, given.expected)).toBeLessThan(tolerance);
      });
    }
  }
});
