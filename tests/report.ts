import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Tally } from './steps.ts';

/** The part of vitest’s JSON report that is read here. */
interface Report {
  success: boolean;
  numPassedTests: number;
  numFailedTests: number;
  testResults: TestFile[];
}

interface TestFile {
  /** The absolute path. */
  name: string;
  status: string;
  /** Milliseconds since 1970. */
  startTime: number;
  endTime: number;
  /** Why the file could not be loaded. */
  message?: string;
  assertionResults: { fullName: string; status: string; failureMessages?: string[] | null }[];
}

/** What a report says besides its counts. */
export interface TestDetails {
  /** A failed test each: its file, its name and the first line of why. */
  failures: string[];
  /** The files with their seconds, the longest first. */
  files: { file: string; seconds: number }[];
}

function readReport(reportFile: string): Report | null {
  try {
    return JSON.parse(readFileSync(reportFile, 'utf8')) as Report;
  } catch {
    return null;
  }
}

/** Counts a report; a test file that could not even be loaded is one failure, and so is a missing report. */
export function tallyOf(reportFile: string): Tally {
  const report = readReport(reportFile);
  if (!report) return { passed: 0, failed: 1 };
  const unread = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  const failed = report.numFailedTests + unread.length;
  return { passed: report.numPassedTests, failed: report.success ? failed : Math.max(1, failed) };
}

/** What failed, and how long each file took; nothing of a report that is missing. Paths are relative to `root`. */
export function detailsOf(reportFile: string, root: string): TestDetails {
  const tested = readReport(reportFile)?.testResults ?? [];
  const failures = tested.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name);
    if (status === 'failed' && assertionResults.length === 0) return [`${file}: ${firstLine(message)}`];
    return assertionResults
      .filter((each) => each.status === 'failed')
      .map((each) => `${file} > ${each.fullName}: ${firstLine(each.failureMessages?.[0])}`);
  });
  const files = tested
    .map(({ name, startTime, endTime }) => ({
      file: relative(root, name),
      seconds: Math.round((endTime - startTime) / 1000),
    }))
    .sort((a, b) => b.seconds - a.seconds);
  return { failures, files };
}

const firstLine = (text: string | undefined): string => text?.trim().split('\n', 1)[0] ?? 'no message';
