import { readFileSync } from 'node:fs';
import type { Tally } from './steps.ts';

/** The part of vitest’s JSON report that is read here. */
interface Report {
  success: boolean;
  numPassedTests: number;
  numFailedTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

/** Counts a report; a test file that could not even be loaded is one failure, and so is a missing report. */
export function tallyOf(reportFile: string): Tally {
  let report: Report;
  try {
    report = JSON.parse(readFileSync(reportFile, 'utf8')) as Report;
  } catch {
    return { passed: 0, failed: 1 };
  }
  const unread = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  const failed = report.numFailedTests + unread.length;
  return { passed: report.numPassedTests, failed: report.success ? failed : Math.max(1, failed) };
}
