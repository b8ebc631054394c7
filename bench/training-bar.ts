import { SingleBar } from 'cli-progress';
import type { UpdateMetrics } from '../src/contract';

/** A progress bar on standard error, with lines on standard output between. */
export class TrainingBar {
  private readonly bar: SingleBar;
  private readonly total: number;

  constructor(decisions: number, start: number) {
    this.total = decisions;
    this.bar = new SingleBar({
      format:
        '{bar} {value}/{total} decisions | {rate}/s | {rates} | {duration_formatted}, {eta_formatted} to go',
      stream: process.stderr,
      noTTYOutput: true,
      notTTYSchedule: 30_000,
      hideCursor: true,
    });
    this.bar.start(decisions, Math.min(decisions, start), { rate: '–', rates: '–' });
  }

  show({ decisions, decisionsPerSecond, winRates }: UpdateMetrics): void {
    const rates = Object.entries(winRates).map(([id, share]) => `${id} ${(100 * share).toFixed(0)} %`);
    this.bar.update(Math.min(this.total, decisions), {
      rate: decisionsPerSecond.toFixed(0),
      rates: rates.join(', '),
    });
  }

  print(line: string): void {
    if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
    console.log(line);
  }

  stop(): void {
    this.bar.stop();
  }
}
