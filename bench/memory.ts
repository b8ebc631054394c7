import type { BenchmarkResult } from './benchmark';
import { table } from './table';
import { openToolsPage } from './tools-page';

const updates = 200;
const shown = [2, 20, 100, 200];

/** Whether an update leaves anything behind on WebGL: live tensors and GPU bytes over 200 updates. */
export async function memory(): Promise<BenchmarkResult> {
  const tools = await openToolsPage();
  try {
    const renderer = await tools.renderer();
    const samples = await tools.sampleMemory('webgl', updates);
    const rows = samples.filter(({ update }) => shown.includes(update));
    const settled = samples.slice(1);
    const isFlat = settled.every(
      ({ liveTensors, gpuBytes }) =>
        liveTensors === settled[0]?.liveTensors && gpuBytes === settled[0].gpuBytes,
    );
    const cells = rows.map(({ update, liveTensors, gpuBytes }) => [
      String(update),
      String(liveTensors),
      String(gpuBytes),
    ]);
    return {
      fields: { rows, updates: settled.length + 1, isFlat },
      table: [
        table([['after update', 'live tensors', 'GPU bytes'], ...cells]),
        isFlat ? 'The same after every update from the second on.' : 'NOT the same after every update.',
      ].join('\n'),
      browser: tools.browser,
      renderer,
    };
  } finally {
    await tools.close();
  }
}
