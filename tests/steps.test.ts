import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { detailsOf, tallyOf } from './report.ts';
import { closeWith, closingLine, mapConcurrently, runStep, runSteps, sumTallies } from './steps.ts';

const folder = mkdtempSync(join(tmpdir(), 'profpulse-report-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('steps', () => {
  let printed = '';
  beforeEach(() => {
    printed = '';
    vi.spyOn(console, 'log').mockImplementation((text: string) => {
      printed += `${text}\n`;
    });
  });

  test('a step that ends well is one passed', async () => {
    expect(await runStep({ name: 'well', command: ['node', '--version'] })).toEqual({ passed: 1, failed: 0 });
    expect(printed).toMatch(/✓ well \(\d+\.\d s\)/);
  });

  test('a step that fails is one failed, and its output is shown', async () => {
    const command = ['node', '--eval', 'console.error("the reason"); process.exit(3)'] as const;
    expect(await runStep({ name: 'ill', command: [...command] })).toMatchObject({ passed: 0, failed: 1 });
    expect(printed).toMatch(/✗ ill.*\n {4}the reason/);
  });

  test('a program that is not there is one failed', async () => {
    expect(await runStep({ name: 'missing', command: ['no-such-program'] })).toEqual({
      passed: 0,
      failed: 1,
      failures: ['missing'],
    });
    expect(printed).toContain('no-such-program');
  });

  test('steps at the same time are all run', async () => {
    const steps = ['a', 'b', 'c'].map((name) => ({
      name,
      command: ['node', '--version'] as [string, string],
    }));
    expect(await runSteps(steps, 2)).toEqual({ passed: 3, failed: 0, failures: [] });
  });

  test('never more are under way than are allowed', async () => {
    let [now, most] = [0, 0];
    const answers = await mapConcurrently([1, 2, 3, 4, 5], 2, async (each) => {
      now += 1;
      most = Math.max(most, now);
      await Promise.resolve();
      now -= 1;
      return 10 * each;
    });
    expect([most, answers.toSorted((a, b) => a - b)]).toEqual([2, [10, 20, 30, 40, 50]]);
  });

  test('the closing line sums everything', () => {
    expect(
      closingLine(
        sumTallies([
          { passed: 2, failed: 0 },
          { passed: 3, failed: 1 },
        ]),
      ),
    ).toBe('5 passed, 1 failed');
  });

  test('what failed is said once more before the closing line', () => {
    const failing = { passed: 3, failed: 1, failures: ['lint'] };
    closeWith(
      sumTallies([failing, { passed: 2, failed: 1, failures: ['tests: a.test.ts > adds: 3 is not 2'] }]),
    );
    expect(printed).toBe(
      '\nwhat failed:\n  ✗ lint\n  ✗ tests: a.test.ts > adds: 3 is not 2\n\n5 passed, 2 failed\n',
    );
  });
});

describe('reports', () => {
  function tally(report: object) {
    const file = join(folder, 'report.json');
    writeFileSync(file, JSON.stringify(report));
    return tallyOf(file);
  }

  test('tests are counted', () => {
    expect(tally({ success: true, numPassedTests: 7, numFailedTests: 0, testResults: [] })).toEqual({
      passed: 7,
      failed: 0,
    });
  });

  test('a file that could not be loaded is one failure', () => {
    const testResults = [{ status: 'failed', assertionResults: [] }];
    expect(tally({ success: false, numPassedTests: 7, numFailedTests: 1, testResults }).failed).toBe(2);
  });

  test('a run without success has a failure, whatever was counted', () => {
    expect(tally({ success: false, numPassedTests: 7, numFailedTests: 0, testResults: [] }).failed).toBe(1);
  });

  test('a missing report is a failure', () => {
    expect(tallyOf(join(folder, 'none.json'))).toEqual({ passed: 0, failed: 1 });
  });

  test('what failed is named with its file and the first line of why, and files by their length', () => {
    const file = join(folder, 'details.json');
    const testResults = [
      {
        name: join(folder, 'quick.test.ts'),
        startTime: 1000,
        endTime: 2000,
        status: 'failed',
        message: 'Cannot find module x\nat …',
        assertionResults: [],
      },
      {
        name: join(folder, 'long.test.ts'),
        startTime: 1000,
        endTime: 31_000,
        status: 'failed',
        assertionResults: [
          { fullName: 'sums adds', status: 'failed', failureMessages: ['expected 3 to be 2\nat …'] },
          { fullName: 'sums takes away', status: 'passed', failureMessages: [] },
        ],
      },
    ];
    writeFileSync(file, JSON.stringify({ testResults }));
    expect(detailsOf(file, folder)).toEqual({
      failures: ['quick.test.ts: Cannot find module x', 'long.test.ts > sums adds: expected 3 to be 2'],
      files: [
        { file: 'long.test.ts', seconds: 30 },
        { file: 'quick.test.ts', seconds: 1 },
      ],
    });
    expect(detailsOf(join(folder, 'none.json'), folder)).toEqual({ failures: [], files: [] });
  });
});
