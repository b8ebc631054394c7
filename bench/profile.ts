import type { SimdKernels } from '../src/contract';
import type { BenchmarkResult } from './benchmark';
import { type ProfilePart, wholeStep } from './profile-run';
import { table } from './table';
import { openToolsPage } from './tools-page';

const minibatches = [64, 256, 1024];
const kernels: readonly SimdKernels[] = ['plain', 'fma'];

/** Where one gradient step on WebAssembly spends its time, kernel by kernel, in a worker of headless Chromium. */
export async function profile(): Promise<BenchmarkResult> {
  const tools = await openToolsPage({ isolated: true });
  try {
    const profiles: ProfileRow[] = [];
    for (const simd of kernels) {
      for (const minibatch of minibatches) {
        profiles.push({ simd, minibatch, parts: await tools.profileStep({ minibatch, simd }) });
      }
    }
    return { ...profileReport(profiles), browser: tools.browser, renderer: await tools.renderer() };
  } finally {
    await tools.close();
  }
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
