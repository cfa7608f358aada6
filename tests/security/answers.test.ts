import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { effectsOf, type Answer } from './answers.ts';
import { wrongInNew, wrongInOld, type Made } from './rows.ts';
import { HarmlessShapes } from './shapes.ts';

const origin = 'http://127.0.0.1:3000';
const script = 'start()';
const style = 'p{color:red}';
const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** A page as ours are, with something more. */
const pageWith = (more = '', headers: Record<string, string> = {}): Answer => ({
  status: 200,
  headers: new Headers({
    'content-type': 'text/html',
    'content-security-policy': `script-src 'self' 'nonce-r4nd0m' ${hashOf(script)}; style-src 'self' ${hashOf(style)}`,
    ...headers,
  }),
  body:
    `<html><head><style>${style}</style><script>${script}</script></head><body><main><p><a href="/ranking">` +
    `Рейтинг</a> <a href="https://vk.com/club1" rel="ugc">ВК</a></p>${more}</main></body></html>`,
});

const harmless = new HarmlessShapes();
const learnt = harmless.learn(pageWith());
const effects = (answer: Answer): string[] => effectsOf(answer, harmless, origin);

test('a page like those of harmless inputs has no effect, whatever its texts are', () => {
  expect(learnt).toEqual([]);
  expect(effects(pageWith())).toEqual([]);
  expect(effects({ ...pageWith(), body: pageWith().body.replace('Рейтинг', '&lt;x-odd7&gt;') })).toEqual([]);
  expect(effects(pageWith('', { location: '/login?to=%2Fsilent' }))).toEqual([]);
});

test.each([
  ['a script without the nonce', pageWith('<script>odd7()</script>'), /script odd7/],
  ['a script with another nonce', pageWith('<script nonce="other">odd7()</script>'), /script odd7/],
  ['a script of another file', pageWith('<script src="/x.js"></script>'), /sites script \/x\.js/],
  ['a sheet of style', pageWith('<style>*{display:none}</style>'), /a sheet of style/],
  ['a style of an element', pageWith('<p style="position:fixed">x</p>'), /styles position:fixed/],
  ['a link to another site', pageWith('<p><a href="//odd7.example">x</a></p>'), /sites a odd7\.example/],
  ['a form to another site', pageWith('<form action="https://odd7.example"></form>'), /sites form odd7/],
  ['a link to a script', pageWith('<p><a href="java&#10;script:odd7()">x</a></p>'), /a leads to/],
  ['what is run by an event', pageWith('<p onclick="odd7()">x</p>'), /p onclick/],
  ['an element of its own', pageWith('<p><x-odd7>x</x-odd7></p>'), /1 odd elements/],
  ['an element more', pageWith('<section>x</section>'), /elements .*>section/],
  ['another base', pageWith('<base href="/elsewhere/">'), /1 odd elements/],
  ['a header of its own', pageWith('', { 'x-odd7': 'yes' }), /header x-odd7/],
  ['a header with its value', pageWith('', { link: '<//odd7.example>' }), /header link/],
  ['a cookie of its own', pageWith('', { 'set-cookie': 'odd7=1' }), /cookie odd7=1/],
  ['headers above 16 KiB', pageWith('', { link: 'x'.repeat(17_000) }), /bytes of headers/],
  ['a redirect elsewhere', pageWith('', { location: '//odd7.example' }), /redirect to \/\/odd7/],
  ['a redirect that a browser reads so', pageWith('', { location: '/\\odd7.example' }), /redirect to/],
  ['a redirect to a script', pageWith('', { location: 'javascript:odd7()' }), /redirect to javascript/],
  ['a failure of the server', { ...pageWith(), status: 500 }, /status 500/],
])('%s is an effect', (_name, answer, told) => {
  expect(effects(answer).join('\n')).toMatch(told);
});

test('a formula in a table is an effect, a number is none', () => {
  const headers = new Headers({ 'content-type': 'text/csv' });
  expect(effects({ status: 200, headers, body: 'a,b\n=1+1,-5\n' })).toEqual(['formula =1+1']);
});

const request: Made = {
  administrator: 'anna',
  accounts: new Set(['anna', 'guest']),
  addresses: new Set(['anna@example.ru']),
  owners: new Set([5]),
  since: '2026-12-01T00:00:00.000Z',
  until: '2026-12-01T00:00:09.000Z',
  sent: new Map([['numbers', '1']]),
};
const grant = {
  ...{ id: 7, user_id: 'guest', role: 'viewer', organisation_id: null, ends_at: null },
  ...{ granted_at: '2026-12-01T00:00:01.000Z', granted_by: 'anna' },
};

test.each([
  ['role', 'administrator'],
  ['user_id', 'somebody'],
  ['organisation_id', 1],
  ['granted_at', '2020-01-01T00:00:00.000Z'],
  ['granted_by', 'odd7'],
  ['ends_at', '2999-01-01T00:00:00.000Z'],
])('a role that was granted with another %s is an effect', (column, value) => {
  expect(wrongInNew('role_grants', grant, request)).toEqual([]);
  expect(wrongInNew('role_grants', { ...grant, [column]: value }, request)).toEqual([
    `role_grants.${column} of a new row is ${JSON.stringify(value)}`,
  ]);
  expect(wrongInOld('role_grants', grant, { ...grant, [column]: value })).toHaveLength(1);
});

test('a key with a scope that nobody asked for is an effect, and so is a row that is gone', () => {
  const key = {
    ...{ user_id: 'anna', scopes: '["numbers"]', created_at: request.until, last_used_at: null },
    ...{ expires_at: '2027-11-30T00:00:00.000Z', revoked_at: null },
  };
  expect(wrongInNew('api_tokens', key, request)).toEqual([]);
  expect(wrongInNew('api_tokens', { ...key, scopes: '["numbers","accounts.manage"]' }, request)).toHaveLength(
    1,
  );
  expect(wrongInNew('api_tokens', { ...key, expires_at: '2999-01-01T00:00:00.000Z' }, request)).toHaveLength(
    1,
  );
  expect(wrongInOld('journal', { id: 1 }, undefined)).toHaveLength(1);
});
