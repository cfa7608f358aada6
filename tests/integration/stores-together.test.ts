import { cpSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { diagnose } from '#cli/commands/doctor.ts';
import { explainFailure } from '#cli/failures.ts';
import type { Services } from '#cli/services.ts';
import {
  insertMirroredOrganisations,
  insertMirroredPages,
} from '#schema/observations/tables/register-mirror.ts';
import { readInstanceId } from '#schema/observations/tables/instance.ts';
import { connectOperations } from '#schema/operations/connect.ts';
import { insertOrganisation } from '#schema/operations/organisations.ts';
import { insertPage, listPages, removePage } from '#schema/operations/pages.ts';
import { getSetting, setSetting } from '#schema/operations/settings.ts';
import { setStrayedAside } from '#schema/strayed-copies.ts';
import { fields } from '../contract/sample-organisation.ts';
import { openTestObservations } from '../helpers/observations.ts';
import { organisationRow, pageRow } from '../helpers/observed-rows.ts';
import { serveSocketPostgres } from '../helpers/socket-postgres.ts';
import { collectAll, openStoreFolder, type StoreFolder } from '../helpers/store-folder.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it opens stores that do not belong together');

let folder: StoreFolder;
beforeEach(async () => {
  folder = await openStoreFolder({
    seed: 13,
    at: new Date('2026-02-10T04:00:00Z'),
    organisations: 8,
    historyFrom: '2026-01-25',
  });
});
afterEach(async () => {
  await folder.close();
});

/** Posts by the network's own ids, so that folders can be compared. */
const postsOf = async ({ observations }: Services): Promise<string[]> =>
  (
    await observations.rows<{ key: string }>(
      `SELECT concat(toString(page.native_id), '_', toString(post.post_id)) AS key
       FROM ${observations.tables.posts} AS post FINAL
       INNER JOIN ${observations.tables.pages} AS page FINAL ON page.page_id = post.page_id ORDER BY key`,
    )
  ).map(({ key }) => key);

const files = ['operations.sqlite', 'operations.sqlite-wal', 'operations.sqlite-shm'];
const dropRegister = (): void => {
  for (const file of files) rmSync(join(folder.directory, file), { force: true });
};

test('a lost register is not replaced by a new one over the same observations; set aside, all is read anew', async () => {
  const posts = await folder.opened(async (services) => {
    await folder.importRegister(services);
    await collectAll(services);
    return await postsOf(services);
  });
  dropRegister();
  const refused = await folder.open().catch((error: unknown) => error);
  expect(refused).toMatchObject({ name: 'StoresApart', kind: 'operations_new' });
  const { message, exitCode } = explainFailure(refused, 'en');
  expect(exitCode).toBe(1);
  expect(message).toContain(`${folder.directory}/operations.sqlite; ${folder.directory}/clickhouse`);
  expect(message).toContain('rename the folder clickhouse');
  expect(message).not.toMatch(/\bat .*\.ts/);

  const lines: string[] = [];
  const say = (line: string) => lines.push(line);
  const environment = { DATA_DIR: folder.directory, LOCALE: 'ru', TIMEZONE: 'Asia/Irkutsk' };
  const code = await diagnose(environment, { out: say, err: say }, new AbortController().signal);
  expect(code).toBe(1);
  expect(lines.at(-1)).toMatch(/^✗ В базе наблюдений есть данные страниц, .*переименуйте папку clickhouse/);

  // The way out.
  renameSync(join(folder.directory, 'clickhouse'), join(folder.directory, 'clickhouse-old'));
  await folder.opened(async (services) => {
    await folder.importRegister(services, (rows) => rows.toReversed());
    await collectAll(services);
    expect(await postsOf(services)).toEqual(posts);
  });
  // And the old observations do not belong to the new register.
  rmSync(join(folder.directory, 'clickhouse'), { recursive: true });
  renameSync(join(folder.directory, 'clickhouse-old'), join(folder.directory, 'clickhouse'));
  await expect(folder.open()).rejects.toMatchObject({ name: 'StoresApart', kind: 'other_instance' });
  await expect(folder.open({ LOCALE: 'ru' })).rejects.toThrow(
    'Базы принадлежат разным установкам ПрофПульса',
  );
});

test('folders of before there were ids get one, also when that is cut short, and are told from mixed ones', async () => {
  await folder.opened(async (services) => {
    await folder.importRegister(services);
    await collectAll(services);
  });
  const forget = async (keys: string[], { operations, observations }: Services) => {
    for (const key of keys) await setSetting(operations, key, undefined);
    if (keys.includes('observations')) {
      await observations.command(`TRUNCATE TABLE ${observations.tables.instance}`);
    }
  };
  const together = async ({ operations, observations }: Services) => {
    const id = await getSetting<string>(operations, 'instance');
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(await readInstanceId(observations)).toBe(id);
  };
  await folder.opened((services) => forget(['instance', 'instance.offered', 'observations'], services));
  await folder.opened(async (services) => {
    await together(services);
    // Cut short after the observations had it, and before.
    await forget(['instance'], services);
  });
  await folder.opened(async (services) => {
    await together(services);
    await forget(['instance', 'observations'], services);
  });
  await folder.opened(async (services) => {
    await together(services);
    // A register restored from a copy of before the upgrade, and observations that lost their id: their pages say it.
    await forget(['instance', 'instance.offered'], services);
  });
  await folder.opened(async (services) => {
    await together(services);
    await forget(['observations'], services);
  });
  await folder.opened(together);

  // The register of somebody else, with and without ids.
  cpSync(join(folder.directory, 'clickhouse'), join(folder.directory, 'kept'), { recursive: true });
  dropRegister();
  rmSync(join(folder.directory, 'clickhouse'), { recursive: true });
  await folder.opened((services) => folder.importRegister(services, (rows) => rows.toReversed()));
  const withKept = async () => {
    rmSync(join(folder.directory, 'clickhouse'), { recursive: true });
    cpSync(join(folder.directory, 'kept'), join(folder.directory, 'clickhouse'), { recursive: true });
  };
  const own = join(folder.directory, 'own');
  cpSync(join(folder.directory, 'clickhouse'), own, { recursive: true });
  await withKept();
  await expect(folder.open()).rejects.toMatchObject({ kind: 'other_instance' });
  // Without an id of its own, but with rows.
  const { connectObservations } = await import('#schema/observations/connect.ts');
  const kept = await connectObservations({
    dataDirectory: folder.directory,
    database: folder.settings.CLICKHOUSE_DATABASE,
    log: pino({ level: 'silent' }),
  });
  await kept.command(`TRUNCATE TABLE ${kept.tables.instance}`);
  await kept.close();
  await expect(folder.open()).rejects.toMatchObject({ kind: 'observations_unknown' });
  rmSync(join(folder.directory, 'clickhouse'), { recursive: true });
  renameSync(own, join(folder.directory, 'clickhouse'));
  await folder.opened(together);
});

test('a register restored from an older copy: newer pages are not shown, and their ids not given again', async () => {
  await folder.opened(async (services) => {
    await folder.importRegister(services);
    await collectAll(services);
  });
  const file = join(folder.directory, 'operations.sqlite');
  cpSync(file, `${file}.copy`);
  const added = await folder.opened(async (services) => {
    const { operations, clock } = services;
    const organisation = await insertOrganisation(operations, { ...fields, name: 'Новая' }, clock.now());
    const [taken] = await listPages(operations, { network: 'vk' });
    await removePage(operations, taken?.id ?? 0, clock.now());
    const link = 'https://vk.com/club999';
    const page = await insertPage(
      operations,
      { organisationId: organisation.id, network: 'vk', link, nativeId: 999 },
      clock.now(),
    );
    await services.syncRegister();
    return { organisation: organisation.id, page: page.id };
  });
  dropRegister();
  renameSync(`${file}.copy`, file);
  await folder.opened(async (services) => {
    const { observations, operations, clock } = services;
    const shown = await observations.rows(
      `SELECT page_id FROM ${observations.tables.pages} FINAL WHERE is_deleted = 0 AND page_id = ${added.page}
       UNION ALL SELECT organisation_id FROM ${observations.tables.organisations} FINAL
       WHERE is_deleted = 0 AND organisation_id = ${added.organisation}`,
    );
    expect(shown).toEqual([]);
    const organisation = await insertOrganisation(operations, fields, clock.now());
    expect(organisation.id).toBeGreaterThan(added.organisation);
    const link = 'https://vk.com/club998';
    const page = await insertPage(
      operations,
      { organisationId: organisation.id, network: 'vk', link },
      clock.now(),
    );
    expect(page.id).toBeGreaterThan(added.page);
  });
});

test('ids of PostgreSQL are not given again either', async () => {
  const postgres = await serveSocketPostgres();
  const operations = await connectOperations({
    url: postgres.url,
    poolSize: 1,
    log: pino({ level: 'silent' }),
  });
  await operations.migrate();
  const { observations, close } = await openTestObservations();
  await insertMirroredOrganisations(observations, [organisationRow(30)]);
  await insertMirroredPages(observations, [pageRow(70, 30)]);
  expect(await setStrayedAside(operations, observations)).toEqual({ organisations: 1, pages: 1 });
  expect(await setStrayedAside(operations, observations)).toEqual({ organisations: 0, pages: 0 });
  const now = folder.clock.now();
  const { id: organisationId } = await insertOrganisation(operations, fields, now);
  expect(organisationId).toBe(31);
  const page = await insertPage(
    operations,
    { organisationId, network: 'vk', link: 'https://vk.com/club1' },
    now,
  );
  expect(page.id).toBe(71);
  // Another process was given the next ten, and has not committed them.
  await sql`SELECT setval(pg_get_serial_sequence('pages', 'id'), 81)`.execute(operations.db);
  await insertMirroredPages(observations, [pageRow(75, 31)]);
  await setStrayedAside(operations, observations);
  const other = { organisationId, network: 'vk', link: 'https://vk.com/club2' } as const;
  expect((await insertPage(operations, other, now)).id).toBe(82);
  await close();
  await operations.close();
  await postgres.close();
});
