import { expect, test } from 'vitest';
import { wordsOf } from './findings.ts';
import { checkPrivacyPolicy } from './privacy-check.ts';

test('a dashboard that everybody may read wants a policy on personal data', () => {
  const found = (PUBLIC_DASHBOARD: boolean, PRIVACY_POLICY_URL?: string) =>
    checkPrivacyPolicy({ PUBLIC_DASHBOARD, PRIVACY_POLICY_URL }, wordsOf('ru'));
  expect(found(true)).toMatchObject([{ level: 'look' }]);
  expect(found(true)[0]?.text).toContain('PRIVACY_POLICY_URL');
  expect(found(true, 'https://prof.example.ru/policy')).toEqual([]);
  expect(found(false)).toEqual([]);
});
