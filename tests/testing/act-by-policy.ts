/**
 * `node --import tsx tests/testing/act-by-policy.ts POLICY`: what a policy's file does here, by its likeliest actions.
 * Takes observations `[N, obs]` as float32 on standard input, and answers with actions `[N, actions]` as float32: so tests
 * in Python hear what the page would do.
 */
import { readFileSync } from 'node:fs';
import { decodePolicy } from '../../src/agent/policy-file';
import { actionsOf } from '../../src/onnx/testing/acts';

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('Name a policy’s file.');
const policy = decodePolicy(readFileSync(file));
const bytes = readFileSync(0);
const observations = new Float32Array(
  bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
);
const rows = observations.length / policy.spec.observationSpace.size;
const actions = actionsOf(policy, observations, new Uint8Array(0), rows);
process.stdout.write(new Uint8Array(actions.buffer, actions.byteOffset, actions.byteLength));
