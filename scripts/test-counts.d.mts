export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}
interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
}
interface PlaywrightReport {
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
}
export function gateCounts(exitCode: number): Counts;
export function vitestCounts(report: VitestReport | null, exitCode: number): Counts;
export function playwrightCounts(report: PlaywrightReport | null, exitCode: number): Counts;
export function addCounts(a: Counts, b: Counts): Counts;
export function countsLine(counts: Counts): string;
