import type { BenchmarkResult } from './benchmark';
import { interleave, median, quantile } from './measure';
import type { Lane } from './peers-run';
import { table } from './table';
import { openToolsPage, type ToolsPage } from './tools-page';

const rounds = 7;
const job = 'PPO step, actor and critic 64-64 tanh';
/** Enough steps of each that a sample takes some tens of milliseconds. */
const minibatches = [
  { minibatch: 64, steps: 120 },
  { minibatch: 256, steps: 60 },
  { minibatch: 1024, steps: 24 },
];

const ours: Lane = { contender: 'ours', threads: false };
const peers: readonly (Lane & { readonly name: string })[] = [
  { contender: 'jax', threads: false, name: 'jax-js 0.1.25, jit(grad)' },
  { contender: 'jaxFlat', threads: false, name: 'jax-js 0.1.25, weights in one array by hand' },
  { contender: 'jaxStep', threads: false, name: 'jax-js 0.1.25, weights in one array, step in one jit' },
  { contender: 'jaxHand', threads: false, name: 'jax-js 0.1.25, the same, gradient by hand' },
  {
    contender: 'jaxStacked',
    threads: false,
    name: 'jax-js 0.1.25, both nets in one product, step in one jit',
  },
  { contender: 'jax', threads: true, name: 'jax-js 0.1.25, jit(grad), threads' },
  { contender: 'jaxFlat', threads: true, name: 'jax-js 0.1.25, weights in one array by hand, threads' },
  {
    contender: 'jaxStep',
    threads: true,
    name: 'jax-js 0.1.25, weights in one array, step in one jit, threads',
  },
  { contender: 'tfjs', threads: false, name: 'tfjs autodiff, WebAssembly' },
];

/** Between gradients of the same minibatch, relative to the largest slope: float32, summed in different orders. */
export const gradientTolerance = 1e-4;

/**
 * The same PPO step, computed by ours and by peers, all on WebAssembly in workers of one page of headless Chromium, by
 * turns. Before anything is timed, everybody's gradient is held to ours.
 */
export async function peersSideBySide(): Promise<BenchmarkResult> {
  const tools = await openToolsPage({ isolated: true });
  try {
    const renderer = await tools.renderer();
    await checkGradients(tools);
    const simd = await tools.oursSimd(ours);
    const subjects = minibatches.flatMap((size) => [ours, ...peers].map((lane) => ({ ...lane, ...size })));
    const samples = await interleave(subjects, rounds, (subject) => tools.samplePeer(subject, subject));
    const of = (lane: Lane, minibatch: number): readonly number[] =>
      samples[
        subjects.findIndex(
          (subject) =>
            subject.contender === lane.contender &&
            subject.threads === lane.threads &&
            subject.minibatch === minibatch,
        )
      ] ?? [];
    const rows = peers.flatMap((peer) =>
      minibatches.map(({ minibatch }) => ({
        ...comparison(of(ours, minibatch), of(peer, minibatch)),
        job,
        minibatch,
        ours: `WebAssembly SIMD, ${simd}, one thread`,
        peer: peer.name,
      })),
    );
    return { ...peersReport([...rows, ...tunedRows(rows)]), browser: tools.browser, renderer };
  } finally {
    await tools.close();
  }
}

/** How long ours and a peer take, and how many times as long the peer does. */
export interface Comparison {
  /** `peerMs` ÷ `oursMs`. */
  readonly ratio: number;
  /** Quarter and three quarters of the ratios of each round. */
  readonly ratioQuartiles: readonly [number, number];
  /** Medians. */
  readonly oursMs: number;
  readonly peerMs: number;
}

/** @param oursMs samples of the same rounds as the peer's. */
export function comparison(oursMs: readonly number[], peerMs: readonly number[]): Comparison {
  const [mine, theirs] = [median(oursMs), median(peerMs)];
  const ratios = peerMs.map((each, round) => each / (oursMs[round] ?? Number.NaN));
  return {
    ratio: theirs / mine,
    ratioQuartiles: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
    oursMs: mine,
    peerMs: theirs,
  };
}

export interface PeersRow extends Comparison {
  readonly job: string;
  readonly minibatch: number;
  readonly ours: string;
  readonly peer: string;
}

/** Of each size, jax-js in whichever of its forms was quickest: what somebody gets who tries them all. */
export function tunedRows(rows: readonly PeersRow[]): readonly PeersRow[] {
  const ofJax = rows.filter(({ peer }) => peer.startsWith('jax-js'));
  return [...new Set(ofJax.map(({ minibatch }) => minibatch))].map((minibatch) => {
    const [first, ...others] = ofJax.filter((row) => row.minibatch === minibatch) as [
      PeersRow,
      ...PeersRow[],
    ];
    const quickest = others.reduce((best, row) => (row.peerMs < best.peerMs ? row : best), first);
    return { ...quickest, peer: `jax-js tuned: ${quickest.peer}` };
  });
}

/** Rows as JSON fields and as a table, ratios first. */
export function peersReport(rows: readonly PeersRow[]): Pick<BenchmarkResult, 'fields' | 'table'> {
  const cells = rows.map(({ ratio, ratioQuartiles: [low, high], minibatch, oursMs, peerMs, peer }) => [
    `${ratio.toFixed(2)}×`,
    `${low.toFixed(2)} to ${high.toFixed(2)}`,
    String(minibatch),
    oursMs.toFixed(3),
    peerMs.toFixed(3),
    peer,
  ]);
  return {
    fields: { rows, rounds },
    table: `${job}; medians of ${rounds} interleaved rounds.\n${table([
      ['ratio', 'quartiles', 'minibatch', 'ours ms', 'peer ms', 'peer'],
      ...cells,
    ])}`,
  };
}

/** @throws Error with a sentence where a peer's gradient is not ours, so that times would compare different things. */
async function checkGradients(tools: ToolsPage): Promise<void> {
  for (const { minibatch } of minibatches) {
    const expected = await tools.firstMean(ours, minibatch);
    for (const peer of peers) {
      const distance = relativeDistance(expected, await tools.firstMean(peer, minibatch));
      if (distance <= gradientTolerance) continue;
      throw new Error(
        `${peer.name} computes another gradient than ours at minibatch ${minibatch}: it is off by ${distance.toExponential(1)} of the largest slope, where rounding explains ${gradientTolerance}. Nothing was timed.`,
      );
    }
  }
}

/** The largest difference, relative to the largest number expected; not a number where one is not. */
export function relativeDistance(expected: readonly number[], actual: readonly number[]): number {
  let largest = 0;
  let farthest = expected.length === actual.length ? 0 : Number.NaN;
  expected.forEach((value, index) => {
    largest = Math.max(largest, Math.abs(value));
    farthest = Math.max(farthest, Math.abs(value - (actual[index] ?? Number.NaN)));
  });
  return farthest / largest;
}
