import type { BenchmarkResult } from './benchmark';
import type { HandOverSubject } from './hand-over-run';
import { interleave, median } from './measure';
import { table } from './table';
import { openToolsPage } from './tools-page';

const rounds = 9;
const decisions = { parcel: 'decision', count: 4_000 } as const;
/** Where two threads that look without rest share cores with others, each may have to wait for the other’s. */
const fewDecisions = { parcel: 'decision', count: 500 } as const;
const rollouts = { parcel: 'rollout', count: 30 } as const;
const subjects: readonly (HandOverSubject & { readonly name: string })[] = [
  { ...decisions, from: 'worker', by: 'none', name: 'decisions: one worker plays and acts' },
  { ...decisions, from: 'page', by: 'messages', name: 'decisions: page to worker, messages' },
  { ...decisions, from: 'page', by: 'shared', name: 'decisions: page to worker, shared, asleep meanwhile' },
  { ...decisions, from: 'worker', by: 'messages', name: 'decisions: worker to worker, messages' },
  {
    ...decisions,
    from: 'worker',
    by: 'shared',
    name: 'decisions: worker to worker, shared, asleep meanwhile',
  },
  {
    ...fewDecisions,
    from: 'worker',
    by: 'sharedSpinning',
    name: 'decisions: worker to worker, shared, looking without rest',
  },
  { ...rollouts, from: 'worker', by: 'messages', name: 'rollouts: worker to worker, messages' },
  { ...rollouts, from: 'worker', by: 'shared', name: 'rollouts: worker to worker, shared, asleep meanwhile' },
];

/**
 * Whether decisions a second are bound by messages or by copies: Balance, 16 arenas × 128, without learning, where
 * every decision goes from one thread to another and back, and where whole rollouts do; by messages that transfer
 * memory, and by shared memory. By turns in one cross-origin isolated page of headless Chromium.
 */
export async function handOver(): Promise<BenchmarkResult> {
  const tools = await openToolsPage({ isolated: true });
  try {
    const renderer = await tools.renderer();
    for (const subject of subjects) await tools.sampleHandOver(subject); // until everything is compiled
    const sampled = await interleave(subjects, rounds, (subject) => tools.sampleHandOver(subject));
    refuseOtherGames(
      sampled.map((own, index) => ({ ...subjects[index]!, hashes: own.map(({ hash }) => hash) })),
    );
    const samples = sampled.map((own) => own.map(({ decisionsPerSecond }) => decisionsPerSecond));
    const alone = samples[0]!; // the first subject's
    const rows = subjects.map(({ name, parcel, from, by }, index) => {
      const own = samples[index]!;
      return {
        name,
        parcel,
        from,
        by,
        decisionsPerSecond: median(own),
        /** To one worker that plays and acts, in the same rounds. */
        ratio: median(own.map((each, round) => each / alone[round]!)),
      };
    });
    const cells = rows.map(({ name, decisionsPerSecond, ratio }) => [
      name,
      Math.round(decisionsPerSecond).toLocaleString('en-GB'),
      ratio.toFixed(2),
    ]);
    return {
      fields: { rows, rounds },
      table: table([['handed over', 'decisions/s', '÷ one worker'], ...cells]),
      browser: tools.browser,
      renderer,
    };
  } finally {
    await tools.close();
  }
}

interface PlayedGames extends Pick<HandOverSubject, 'parcel' | 'count'> {
  readonly hashes: readonly number[];
}

/** @throws Error when the same number of decisions or rollouts came to other games, so that times say nothing. */
export function refuseOtherGames(played: readonly PlayedGames[]): void {
  const first = new Map<string, number>();
  for (const { parcel, count, hashes } of played) {
    for (const hash of hashes) {
      const name = `${count} ${parcel}s`;
      if ((first.get(name) ?? hash) !== hash) throw new Error(`${name} came to other games by another way.`);
      first.set(name, hash);
    }
  }
}
