import { describe, expect, it } from 'vitest';
import {
  addCounts,
  countsLine,
  gateCounts,
  playwrightCounts,
  pytestCounts,
  vitestCounts,
} from './test-counts.mjs';

describe('counts', () => {
  it('end in one line, skipped tests only when there are any', () => {
    expect(countsLine({ passed: 123, failed: 0, skipped: 0 })).toBe('123 passed, 0 failed');
    expect(countsLine({ passed: 1, failed: 2, skipped: 3 })).toBe('1 passed, 2 failed, 3 skipped');
  });

  it('add up', () => {
    const gate = gateCounts(1);
    expect(gate).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(addCounts(gate, { passed: 4, failed: 0, skipped: 1 })).toEqual({
      passed: 4,
      failed: 1,
      skipped: 1,
    });
  });

  it('read the reports of Vitest and Playwright', () => {
    const vitest = { numPassedTests: 5, numFailedTests: 2, numPendingTests: 1, numTodoTests: 1 };
    expect(vitestCounts(vitest, 1)).toEqual({ passed: 5, failed: 2, skipped: 2 });
    const playwright = { stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 1 } };
    expect(playwrightCounts(playwright, 1)).toEqual({ passed: 3, failed: 2, skipped: 1 });
  });

  it('read the report of pytest', () => {
    const report =
      '<testsuites name="x"><testsuite name="y" errors="1" failures="2" skipped="3" tests="10" time="1">';
    expect(pytestCounts(report, 1)).toEqual({ passed: 4, failed: 3, skipped: 3 });
    expect(pytestCounts(null, 0).failed).toBe(1);
    expect(pytestCounts('<testsuites><testsuite tests="3" />', 0)).toEqual({
      passed: 3,
      failed: 0,
      skipped: 0,
    });
  });

  it('are never clean when a tool failed without a failed test, or left no report', () => {
    const clean = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };
    expect(vitestCounts(clean, 1).failed).toBe(1);
    expect(vitestCounts(null, 0).failed).toBe(1);
    expect(playwrightCounts({ stats: { expected: 1, unexpected: 0, flaky: 0, skipped: 0 } }, 1).failed).toBe(
      1,
    );
    expect(playwrightCounts(null, 0).failed).toBe(1);
  });
});
