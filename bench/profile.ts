import type { SimdKernels } from '../src/contract';
import type { BenchmarkResult } from './benchmark';
import { interleave } from './measure';
import { type ProfilePart, wholeStep } from './profile-run';
import { table } from './table';
import { openToolsPage } from './tools-page';

const minibatches = [64, 256, 1024];
const kernels: readonly SimdKernels[] = ['plain', 'fma'];
/** A neighbour that takes the machine for seconds then spoils some of them only. */
const turns = 5;

/** Where one gradient step on WebAssembly spends its time, kernel by kernel, in a worker of headless Chromium. */
export async function profile(): Promise<BenchmarkResult> {
  const tools = await openToolsPage({ isolated: true });
  try {
    const subjects = kernels.flatMap((simd) => minibatches.map((minibatch) => ({ simd, minibatch })));
    const samples = await interleave(subjects, turns, (subject) => tools.profileStep(subject));
    const profiles = subjects.map((subject, index) => ({
      ...subject,
      parts: quickest(samples[index] ?? []),
    }));
    return { ...profileReport(profiles), browser: tools.browser, renderer: await tools.renderer() };
  } finally {
    await tools.close();
  }
}

/** Of each part the least that it ever took. */
export function quickest(profiles: readonly (readonly ProfilePart[])[]): readonly ProfilePart[] {
  return (profiles[0] ?? []).map(({ part }, index) => ({
    part,
    microseconds: Math.min(...profiles.map((parts) => parts[index]?.microseconds ?? Number.NaN)),
  }));
}

export interface ProfileRow {
  readonly simd: SimdKernels;
  readonly minibatch: number;
  /** The whole step last. */
  readonly parts: readonly ProfilePart[];
}

/** Parts with their share of the whole step, and what is left of it, as JSON fields and as a table. */
export function profileReport(rows: readonly ProfileRow[]): Pick<BenchmarkResult, 'fields' | 'table'> {
  const shares = rows.map(({ simd, minibatch, parts }) => {
    const whole = parts.find(({ part }) => part === wholeStep)?.microseconds ?? Number.NaN;
    const known = parts.filter(({ part }) => part !== wholeStep);
    const rest = whole - known.reduce((sum, { microseconds }) => sum + microseconds, 0);
    const all = [
      ...known,
      { part: 'the rest', microseconds: rest },
      { part: wholeStep, microseconds: whole },
    ];
    return {
      simd,
      minibatch,
      parts: all.map((each) => ({ ...each, share: each.microseconds / whole })),
    };
  });
  const names = shares[0]?.parts.map(({ part }) => part) ?? [];
  const cell = (index: number, part: number) => {
    const found = shares[index]?.parts[part];
    return found === undefined
      ? ''
      : `${found.microseconds.toFixed(1)} (${(100 * found.share).toFixed(0)} %)`;
  };
  return {
    fields: { rows: shares },
    table: `One PPO step on WebAssembly, 64-64 tanh: µs a minibatch, and of the whole step.\n${table([
      ['part', ...shares.map(({ simd, minibatch }) => `${simd} ${minibatch}`)],
      ...names.map((name, part) => [name, ...shares.map((_, index) => cell(index, part))]),
    ])}`,
  };
}
