import { readFileSync } from 'node:fs';
import * as z from 'zod';

/** What vitest's JSON report tells, as far as the summary shows it. */
const Report = z.object({
  numTotalTests: z.int(),
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numFailedTestSuites: z.int(),
});

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Files and groups that could not even be set up are among them. */
  readonly failedSuites: number;
}

export function countsIn(file: string): Counts {
  const report = Report.parse(JSON.parse(readFileSync(file, 'utf8')));
  const { numPassedTests: passed, numFailedTests: failed } = report;
  return {
    passed,
    failed,
    skipped: report.numTotalTests - passed - failed,
    failedSuites: report.numFailedTestSuites,
  };
}

/** 12 passed, 1 failed */
export const inWords = ({ passed, failed, skipped, failedSuites }: Counts): string =>
  [
    `${passed} passed`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(failed === 0 && failedSuites > 0 ? [`${failedSuites} could not start`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ].join(', ');
