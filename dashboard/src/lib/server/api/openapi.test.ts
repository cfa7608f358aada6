import { expect, test } from 'vitest';
import { otherKinds, textKinds } from '#domain/vocabulary.ts';
import { openApiDocument } from './openapi.ts';

interface Described {
  openapi: string;
  paths: Record<string, { get: { parameters?: { name: string }[]; responses: Record<string, unknown> } }>;
}

test('the description names every list with its parameters, and both probes', () => {
  const document = openApiDocument('1.2.3') as Described;
  expect(document.openapi).toMatch(/^3\.1/);
  expect(Object.keys(document.paths)).toEqual([
    '/api/v1/leaderboard',
    '/api/v1/organisations',
    '/api/v1/pages',
    '/api/v1/posts',
    '/api/v1/subscribers',
    '/api/v1/runs',
    '/healthz',
    '/readyz',
  ]);
  const posts = document.paths['/api/v1/posts']?.get;
  expect(posts?.parameters?.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'page',
      'organisation',
      'from',
      'to',
      'q',
      'limit',
      'cursor',
      'format',
      'deleted',
    ]),
  );
  expect(Object.keys(posts?.responses ?? {})).toEqual([
    '200',
    '400',
    '401',
    '403',
    '405',
    '421',
    '500',
    '503',
  ]);
  const probe = document.paths['/healthz']?.get;
  expect(Object.keys(probe?.responses ?? {})).toEqual(['200', '405', '503']);
});

test('every list takes a token, in the header alone', () => {
  const { components, paths } = openApiDocument('1.2.3') as {
    components: { securitySchemes: Record<string, unknown> };
    paths: Record<string, { get: { security?: unknown } }>;
  };
  expect(components.securitySchemes).toEqual({
    bearer: { type: 'http', scheme: 'bearer', description: expect.any(String) as string },
  });
  for (const [path, { get }] of Object.entries(paths))
    expect([path, get.security]).toEqual([path, path.startsWith('/api/') ? [{ bearer: [] }, {}] : undefined]);
});

test('counts of posts may be unknown, and every outcome and kind of words is named', () => {
  const { components } = openApiDocument('1.2.3') as {
    components: { schemas: Record<string, { properties: Record<string, unknown> }> };
  };
  const property = (schema: string, name: string): unknown => components.schemas[schema]?.properties[name];
  for (const name of ['posts', 'originals', 'reposts', 'postsPerWeek']) {
    expect(JSON.stringify(property('LeaderboardRow', name))).toContain('null');
  }
  for (const name of ['stars', 'returned', 'lastDeleted']) {
    expect(JSON.stringify(property('Post', name))).toContain('null');
  }
  expect(property('Post', 'textKind')).toMatchObject({ enum: [...textKinds] });
  for (const kind of otherKinds) expect(JSON.stringify(property('Page', 'foundAs'))).toContain(kind);
  expect(JSON.stringify(property('Run', 'outcomes'))).toContain('suspect');
  expect(JSON.stringify(property('Page', 'lastOutcome'))).toContain('suspect');
});
