import type { UpdateMetrics } from '../contract';
import { wholeNumber } from './whole-number';

/** Where there is no terminal, a line at most so often. */
const betweenLinesMs = 5_000;

/** Where progress goes: standard error. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Tells how far training is: in a terminal by one line that changes, elsewhere by a line now and then. */
export class Progress {
  private readonly stream: ProgressStream;
  private readonly total: number;
  private readonly nowMs: () => number;
  private readonly startMs: number;
  private toldMs = -Infinity;

  constructor(stream: ProgressStream, total: number, nowMs: () => number) {
    this.stream = stream;
    this.total = total;
    this.nowMs = nowMs;
    this.startMs = nowMs();
  }

  show(metrics: Pick<UpdateMetrics, 'decisions' | 'meanReturn'>): void {
    const nowMs = this.nowMs();
    const line = progressLine(metrics, this.total, nowMs - this.startMs);
    if (this.stream.isTTY === true) this.stream.write(`\r\u001B[K${line}`);
    else if (nowMs - this.toldMs >= betweenLinesMs) this.stream.write(`${line}\n`);
    else return;
    this.toldMs = nowMs;
  }

  /** A line of its own between. */
  print(line: string): void {
    this.clear();
    this.stream.write(`${line}\n`);
  }

  /** Takes the line that changes away. */
  clear(): void {
    if (this.stream.isTTY === true) this.stream.write('\r\u001B[K');
  }
}

/** Such as “40,960 of 100,000 decisions, mean return 12.3, 9,512 a second, 6 s to go”. */
export function progressLine(
  { decisions, meanReturn }: Pick<UpdateMetrics, 'decisions' | 'meanReturn'>,
  total: number,
  elapsedMs: number,
): string {
  const rate = (1_000 * decisions) / Math.max(1, elapsedMs);
  const mean = meanReturn === null ? 'no episode over yet' : `mean return ${meanReturn.toPrecision(3)}`;
  const left = Math.ceil(Math.max(0, total - decisions) / rate);
  return `${wholeNumber(decisions)} of ${wholeNumber(total)} decisions, ${mean}, ${wholeNumber(rate)} a second, ${left} s to go`;
}
