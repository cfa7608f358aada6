import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, test } from 'vitest';
import { needsDataDirectory } from '#cli/data-kept.ts';
import { readSettings, type Settings } from '#domain/settings.ts';
import { root } from '../../steps.ts';
import { composeProblems, readCompose } from './compose.ts';
import { environmentOf, readDockerfile } from './dockerfile.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const compose = read('docker-compose.yml');
const image = new Map(
  readDockerfile(read('Dockerfile'))
    .filter(({ keyword }) => keyword === 'ENV')
    .flatMap((each) => environmentOf(each)),
);

/** The settings of the app's container, by what stands in `.env`: what compose names itself wins. */
function settingsBy(env: string): Settings {
  const given = parseEnv(env) as Record<string, string>;
  const environment = {
    ...Object.fromEntries(image),
    ...given,
    ...readCompose(compose, given).services['app']?.environment,
  };
  const readFile = (): string => {
    throw new Error('no file is named');
  };
  return readSettings(environment, { now: new Date('2026-06-01T00:00:00Z'), readFile });
}

describe('docker-compose.yml', () => {
  test('keeps the rules', () => {
    expect(composeProblems(compose)).toEqual([]);
  });

  test.each([
    ['a moving tag', 'postgres:18.6-bookworm', 'postgres:latest', 'postgres:latest is not pinned'],
    ['no tag', 'axllent/mailpit:v1.31.2', 'axllent/mailpit', 'axllent/mailpit is not pinned'],
    ['a name of others', 'profpulse:local', 'profpulse:1.0', 'what is built here is called :local'],
    ['an open port', "'127.0.0.1:8025:8025'", "'8025:8025'", 'mail: 8025:8025 is open'],
    ['an open app', '127.0.0.1:${PORT', '0.0.0.0:${PORT', 'app: 0.0.0.0:3000:3000 is open'],
    [
      'a password',
      'POSTGRES_PASSWORD: ${SERVERS_PASSWORD:-}',
      'POSTGRES_PASSWORD: a',
      'POSTGRES_PASSWORD holds a secret',
    ],
    [
      'a default password',
      '${SERVERS_PASSWORD:-}',
      '${SERVERS_PASSWORD:-x}',
      'CLICKHOUSE_PASSWORD holds a secret',
    ],
    [
      'an address with a password',
      '${CLICKHOUSE_URL:-}',
      'http://a:b@clickhouse',
      'CLICKHOUSE_URL holds a secret',
    ],
    ['a demand', '${SERVERS_PASSWORD:-}', '${SERVERS_PASSWORD:?}', 'demands a value of everybody'],
    ['a misspelt setting', 'DATA_DIR: /data', 'DATADIR: /data', 'DATADIR is no setting'],
    ['a number', "PORT: '3000'", 'PORT: 3000', 'PORT is not a text'],
    [
      'a server that is not there',
      '      clickhouse:\n        condition',
      '      house:\n        condition',
      'depends on house',
    ],
    ['a profile that is needed', 'required: false', 'required: true', ''],
    [
      'a health that nobody tells',
      "test: ['CMD', 'wget'",
      "test: ['NONE', 'wget'",
      'clickhouse: has no healthcheck',
    ],
    ['a volume that is not declared', 'data:/data', 'store:/data', 'the volume store is not declared'],
    ['a volume for nothing', 'data:/data', 'postgres:/data', 'nobody uses the volume data'],
    ['a misspelt key', 'profiles: [mail]', 'profile: [mail]', 'mail: profile is not known'],
    ['what starts unasked', '    profiles: [mail]\n', '', 'mail: starts though nobody asked'],
    [
      'an app that waits to be asked',
      'build: .\n',
      'build: .\n    profiles: [app]\n',
      'app does not start by default',
    ],
    ['no second start', 'restart: unless-stopped', "restart: 'no'", 'app: does not start again'],
    ['another part', 'volumes:\n  data:', 'secrets:\n  data:', 'secrets is no part'],
    ['no YAML', 'services:', 'services: [', 'it is no YAML'],
  ])('%s is refused', (_, from, to, problem) => {
    const broken = compose.replace(from, to);
    expect(broken).not.toBe(compose);
    const expected = problem || 'cannot start without';
    const all = problem === '' ? compose.replaceAll(from, to) : broken;
    expect(composeProblems(all).join('\n')).toContain(expected);
  });

  test('has the app alone by default, servers and mail by their profiles', () => {
    const profiles = Object.entries(readCompose(compose).services).map(([name, { profiles: of = [] }]) => [
      name,
      of,
    ]);
    expect(Object.fromEntries(profiles)).toEqual({
      app: [],
      clickhouse: ['servers'],
      postgres: ['servers'],
      mail: ['mail'],
    });
  });

  test('without .env the app keeps its data in its volume, and listens where the port is published', () => {
    const settings = settingsBy('');
    const { build, ports, volumes } = readCompose(compose).services['app'] ?? {};
    expect(existsSync(join(root, build ?? '', 'Dockerfile'))).toBe(true);
    expect(needsDataDirectory(settings)).toBe(true);
    expect(settings.HOST).toBe('0.0.0.0');
    expect(ports).toEqual([`127.0.0.1:3000:${settings.PORT}`]);
    expect(volumes).toEqual([`data:${settings.DATA_DIR}`]);
  });

  test('a .env made for a start without containers changes the port outside, and nothing inside', () => {
    const env = 'PORT=8080\nHOST=127.0.0.1\nDATA_DIR=/srv/profpulse\nVK_TOKENS=abc\n';
    expect(settingsBy(env)).toMatchObject({
      PORT: 3000,
      HOST: '0.0.0.0',
      DATA_DIR: '/data',
      VK_TOKENS: ['abc'],
    });
    const { ports } = readCompose(compose, parseEnv(env) as Record<string, string>).services['app'] ?? {};
    expect(ports).toEqual(['127.0.0.1:8080:3000']);
  });

  test('the lines of docs/operations.md lead the app to the servers, by their names, ports, users and passwords', () => {
    const [, lines = ''] =
      /^ {4}COMPOSE_PROFILES=servers\n((?: {4}\S+\n)+)/m.exec(read('docs/operations.md')) ?? [];
    const env = lines.replaceAll(/^ +/gm, '');
    const settings = settingsBy(env);
    const given = parseEnv(env) as Record<string, string>;
    const { clickhouse, postgres } = readCompose(compose, given).services;
    expect(needsDataDirectory(settings)).toBe(false);
    const observations = new URL(settings.CLICKHOUSE_URL ?? '');
    expect([observations.hostname, observations.port]).toEqual(['clickhouse', '8123']);
    expect([observations.username, observations.password]).toEqual([
      clickhouse?.environment?.['CLICKHOUSE_USER'],
      clickhouse?.environment?.['CLICKHOUSE_PASSWORD'],
    ]);
    const operations = new URL(settings.OPERATIONS_DATABASE_URL ?? '');
    expect([operations.hostname, operations.port, operations.pathname]).toEqual([
      'postgres',
      '5432',
      `/${postgres?.environment?.['POSTGRES_DB']}`,
    ]);
    expect([operations.username, operations.password]).toEqual([
      postgres?.environment?.['POSTGRES_USER'],
      postgres?.environment?.['POSTGRES_PASSWORD'],
    ]);
  });
});
