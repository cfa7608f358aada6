import { expect, test } from 'vitest';
import { sqlmapFindings, wapitiFindings } from './scanners.ts';

test('what sqlmap says is none found, or how many, or no result', () => {
  const none = 'all tested parameters do not appear to be injectable. Try to increase';
  expect(sqlmapFindings({ code: 0, output: none })).toBe(0);
  const found = 'sqlmap identified the following injection point(s)\nParameter: q (GET)\n    Type: boolean\n';
  expect(sqlmapFindings({ code: 0, output: found })).toBe(1);
  // One that was stopped, or could not connect, has found nothing out.
  expect(sqlmapFindings({ code: null, output: none })).toBeNull();
  expect(sqlmapFindings({ code: 0, output: 'unable to connect to the target URL' })).toBeNull();
});

test('a report of wapiti is read whole, and a broken one is none', () => {
  const finding = { info: 'XSS found', path: '/silent', parameter: 'q' };
  const report = { vulnerabilities: { XSS: [finding], SQL: [] }, anomalies: { 'Internal error': [finding] } };
  expect(wapitiFindings(JSON.stringify(report))).toEqual([
    'XSS: /silent q: XSS found',
    'Internal error: /silent q: XSS found',
  ]);
  expect(wapitiFindings('{')).toBeNull();
});
