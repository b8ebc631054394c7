/**
 * Counts of tests and gates: `{ passed, failed, skipped }`. A report that is missing, or a tool that failed although
 * no test of its did, counts as one failure: what could not be counted has not passed.
 *
 * @typedef {{ readonly passed: number; readonly failed: number; readonly skipped: number }} Counts
 *
 * @typedef {{
 *   readonly numPassedTests: number;
 *   readonly numFailedTests: number;
 *   readonly numPendingTests: number;
 *   readonly numTodoTests: number;
 * }} VitestReport
 *
 * @typedef {{
 *   readonly stats: {
 *     readonly expected: number;
 *     readonly unexpected: number;
 *     readonly flaky: number;
 *     readonly skipped: number;
 *   };
 * }} PlaywrightReport
 */

/**
 * A gate is one check: it passed or it failed.
 *
 * @param {number} exitCode
 * @returns {Counts}
 */
export function gateCounts(exitCode) {
  return exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/**
 * Counts of Vitest's JSON report, or of its absence (null).
 *
 * @param {VitestReport | null} report
 * @param {number} exitCode
 */
export function vitestCounts(report, exitCode) {
  return honest(
    {
      passed: report?.numPassedTests ?? 0,
      failed: report?.numFailedTests ?? 0,
      skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
    },
    report !== null && exitCode === 0,
  );
}

/**
 * Counts of Playwright's JSON report, or of its absence (null). A test that passed only on a retry failed.
 *
 * @param {PlaywrightReport | null} report
 * @param {number} exitCode
 */
export function playwrightCounts(report, exitCode) {
  const stats = report?.stats;
  return honest(
    {
      passed: stats?.expected ?? 0,
      failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0),
      skipped: stats?.skipped ?? 0,
    },
    stats !== undefined && exitCode === 0,
  );
}

/**
 * Counts of pytest's report in JUnit's XML, or of its absence (null).
 *
 * @param {string | null} report
 * @param {number} exitCode
 */
export function pytestCounts(report, exitCode) {
  const suite = /<testsuite [^>]*>/.exec(report ?? '')?.[0] ?? '';
  /** @param {string} name */
  const count = (name) => Number(new RegExp(` ${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
  const failed = count('failures') + count('errors');
  const skipped = count('skipped');
  return honest(
    { passed: count('tests') - failed - skipped, failed, skipped },
    suite !== '' && exitCode === 0,
  );
}

/**
 * @param {Counts} counts
 * @param {boolean} succeeded whether the tool ended well and left a report.
 * @returns {Counts}
 */
function honest(counts, succeeded) {
  return { ...counts, failed: succeeded ? counts.failed : Math.max(1, counts.failed) };
}

/**
 * @param {Counts} a
 * @param {Counts} b
 * @returns {Counts}
 */
export function addCounts(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/**
 * @param {Counts} counts
 * @returns such as `123 passed, 0 failed`, with `, 2 skipped` behind it only when there are any.
 */
export function countsLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
