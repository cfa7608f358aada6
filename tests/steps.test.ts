import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { tallyOf } from './report.ts';
import { closingLine, inLanes, runStep, runSteps, sumTallies } from './steps.ts';

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
    expect(await runStep({ name: 'ill', command: [...command] })).toEqual({ passed: 0, failed: 1 });
    expect(printed).toMatch(/✗ ill.*\n {4}the reason/);
  });

  test('a program that is not there is one failed', async () => {
    expect(await runStep({ name: 'missing', command: ['no-such-program'] })).toEqual({
      passed: 0,
      failed: 1,
    });
    expect(printed).toContain('no-such-program');
  });

  test('steps in lanes are all run', async () => {
    const steps = ['a', 'b', 'c'].map((name) => ({
      name,
      command: ['node', '--version'] as [string, string],
    }));
    expect(await runSteps(steps, 2)).toEqual({ passed: 3, failed: 0 });
  });

  test('never more are under way than there are lanes', async () => {
    let [now, most] = [0, 0];
    const answers = await inLanes([1, 2, 3, 4, 5], 2, async (each) => {
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
});
