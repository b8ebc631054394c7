import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodePolicy } from '../src/agent/policy-file';
import { readSafetensors } from '../src/agent/safetensors';
import { loadGame } from '../src/game/catalogue';
import { environmentSpec } from '../src/game/engine/vector-environment';
import { actionsOf } from '../src/onnx/testing/acts';

// Written by python/tests/test_policies.py of state dicts, with the actions that numpy finds for them.
const folder = join(import.meta.dirname, 'fixtures/policies');
const rows = 1_000;

/** As Python's side makes them: exact in float32. */
const observations = (size: number) =>
  Float32Array.from({ length: rows * size }, (_, i) => 2 * (((i * 7) % 1021) / 512 - 1));

describe('a policy of another trainer', () => {
  it.each([
    ['sb3-balance', 'balance', 'From SB3', 4],
    ['sb3-swing', 'swing', 'From SB3', 3],
    ['sb3-cut-swing', 'swing', 'From SB3', 3],
    ['rllib-swing', 'swing', 'From RLlib', 3],
  ] as const)('acts here as it did there: %s', async (file, game, name, size) => {
    const { simulation } = await loadGame(game);
    const policy = decodePolicy(
      readFileSync(join(folder, `${file}.safetensors`)),
      environmentSpec(simulation),
    );
    expect(policy).toMatchObject({ name, hiddenSizes: [16, 12], activation: 'tanh', version: 0 });
    const expected = JSON.parse(readFileSync(join(folder, `${file}.json`), 'utf8')) as number[];
    const actions = actionsOf(policy, observations(size), new Uint8Array(0), rows);
    let largest = 0;
    for (const [i, action] of actions.entries()) largest = Math.max(largest, Math.abs(action - expected[i]!));
    expect(largest).toBeLessThan(1e-5);
    expect(new Set(expected).size).toBeGreaterThan(1);
  });

  // Trained in torch and written by python/tests/answers.py; the page plays them in tests/browser/from-elsewhere.spec.ts.
  it.each(['ray-balance', 'ray-volley', 'sb3-swish-swing'])(
    'was trained in torch and acts as there: %s',
    (name) => {
      const policy = decodePolicy(readFileSync(join(folder, `${name}.safetensors`)));
      const { tensors } = readSafetensors(readFileSync(join(folder, `${name}.answers.safetensors`)));
      const seen = tensors.get('observations')?.data;
      const expected = tensors.get('actions')?.data;
      if (!(seen instanceof Float32Array) || expected === undefined)
        throw new Error(`${name} has no answers.`);
      const actions = actionsOf(policy, seen, new Uint8Array(0), rows);
      expect(actions.length).toBe(expected.length);
      // Within the game's bounds, as torch gave them.
      const { actionSpace } = policy.spec;
      const [low, high] =
        actionSpace.kind === 'continuous'
          ? [actionSpace.low[0]!, actionSpace.high[0]!]
          : [-Infinity, Infinity];
      let largest = 0;
      for (const [i, action] of actions.entries())
        largest = Math.max(largest, Math.abs(Math.max(low, Math.min(high, action)) - expected[i]!));
      expect(largest).toBeLessThan(1e-5);
      expect(new Set(actions).size).toBeGreaterThan(1);
    },
  );
});
