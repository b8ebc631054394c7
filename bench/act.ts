import type { ActingBackend, BackendChoice } from '../src/contract';
import { setLearning, withAppPage } from './app-page';
import type { BenchmarkResult } from './benchmark';
import { interleave, median, quantile } from './measure';
import { table } from './table';
import { openToolsPage } from './tools-page';

/** Enough for a 99th percentile that is not one lucky sample. */
const fewestSamples = 1000;
const longestMs = 180_000;
/** Updates that last, so that enough decisions fall into them; the page's own are over too soon. */
const settings = 'arenas=16&rolloutLength=64&minibatchSize=64&epochs=50&hiddenSizes=128,128';
const decisionsTimed = 10_000;
const actorRounds = 3;

/**
 * How long the page waits for an action: from the question's leaving the scene to the answer's arrival, at 1× with 16
 * arenas, with learning off and while an update runs. And how long the actor itself computes.
 */
export async function act(choice: BackendChoice): Promise<BenchmarkResult> {
  const microsecondsPerBatch = await measureActor();
  return withAppPage(
    choice,
    async ({ page, browser, renderer, backend, simd }) => {
      const rows = [];
      for (const load of ['idle', 'updating'] as const) {
        const updating = load === 'updating';
        await setLearning(page, updating);
        await page.evaluate(() => window.playtrain?.clearRoundTrips());
        await page.waitForFunction(
          ([kind, least]) => (window.playtrain?.roundTripsMs(kind).length ?? 0) >= least,
          [updating, fewestSamples] as const,
          { timeout: longestMs, polling: 1000 },
        );
        const durationsMs = await page.evaluate(
          (kind) => window.playtrain?.roundTripsMs(kind) ?? [],
          updating,
        );
        rows.push({
          load,
          p50Ms: quantile(durationsMs, 0.5),
          p99Ms: quantile(durationsMs, 0.99),
          samples: durationsMs.length,
        });
      }
      const cells = rows.map(({ load, p50Ms, p99Ms, samples }) => [
        load,
        p50Ms.toFixed(2),
        p99Ms.toFixed(2),
        String(samples),
      ]);
      return {
        fields: { backend, simd, settings, rows, microsecondsPerBatch },
        table: [
          `The actor computes ${microsecondsPerBatch.cpu.toFixed(0)} µs for a decision of 16 arenas in JavaScript, ${microsecondsPerBatch.wasm.toFixed(0)} µs in WebAssembly.`,
          `Round trip from scene to action, milliseconds; updates on ${backend}:`,
          table([['load', 'p50', 'p99', 'samples'], ...cells]),
        ].join('\n'),
        browser,
        renderer,
      };
    },
    settings,
  );
}

/** Medians over interleaved rounds. */
async function measureActor(): Promise<Record<ActingBackend, number>> {
  const tools = await openToolsPage();
  try {
    const samples = await interleave(['cpu', 'wasm'] as const, actorRounds, (acting) =>
      tools.actMicroseconds(decisionsTimed, acting),
    );
    return { cpu: median(samples[0] ?? []), wasm: median(samples[1] ?? []) };
  } finally {
    await tools.close();
  }
}
