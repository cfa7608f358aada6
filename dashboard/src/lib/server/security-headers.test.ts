import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { contentSecurityPolicy, securityHeaders } from './security-headers.ts';

test('the icon’s own style is the one that the policy lets through', () => {
  const icon = readFileSync(new URL('../../../static/favicon.svg', import.meta.url), 'utf8');
  const style = /<style>(.*)<\/style>/s.exec(icon)?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  expect(contentSecurityPolicy['style-src']).toContain(`sha256-${hash}`);
});

test('the policy is written as headers write it, and https is asked for only where it is served', () => {
  expect(securityHeaders(false)['content-security-policy']).toMatch(
    /^default-src 'self'; script-src 'self'; .*; img-src 'self' data:; .*; frame-ancestors 'none'$/,
  );
  expect(securityHeaders(false)).not.toHaveProperty('strict-transport-security');
  expect(securityHeaders(true)['strict-transport-security']).toBe('max-age=31536000');
});
