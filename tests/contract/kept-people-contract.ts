import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pino from 'pino';
import { expect, it } from 'vitest';
import { migrateOperations, migrationsFolder } from '#schema/operations/migrate.ts';
import { findOneTimeLink } from '#schema/operations/one-time-links.ts';
import { listFormerPeople, listPeople } from '#schema/operations/people.ts';
import { listReminders } from '#schema/operations/reminders.ts';
import { listRoleGrants } from '#schema/operations/role-grants.ts';
import { tokenHash } from '#schema/operations/token-hash.ts';
import { systemClock } from '#domain/clock.ts';
import type { OperationsBackend } from './operations-contract.ts';

const log = pino({ level: 'silent' });

/** What becomes of people and of names of accounts that were kept before there were bases, on any backend. */
export function describeKeptPeople(
  backends: Readonly<Record<string, () => Promise<OperationsBackend>>>,
): void {
  it.each(Object.entries(backends))('people of before are kept, accounts by ids, %s', async (_, open) => {
    const { operations, close } = await open();
    const { db, dialect } = operations;
    const folder = mkdtempSync(join(tmpdir(), 'profpulse-migrations-'));
    try {
      const [basis = ''] = readdirSync(migrationsFolder).filter((file) => file.includes('contacts-basis'));
      for (const file of readdirSync(migrationsFolder).filter((each) => each < basis))
        cpSync(join(migrationsFolder, file), join(folder, file));
      await migrateOperations(db, dialect, log, folder);
      const at = '2026-05-01T00:00:00.000Z';
      await sql`INSERT INTO organisations (id, name, level, tier, created_at) VALUES (1, 'А', 'branch', 'active', ${at})`.execute(
        db,
      );
      await sql`INSERT INTO people (id, name) VALUES (1, 'С ролью'), (2, 'Без роли')`.execute(db);
      await sql`INSERT INTO person_roles (organisation_id, person_id, role) VALUES (1, 1, 'chair')`.execute(
        db,
      );
      await sql`INSERT INTO users (id, name, email, email_verified, created_at, updated_at)
        VALUES ('u1', 'Анна', 'anna@example.ru', 1, ${at}, ${at})`.execute(db);
      for (const who of ['Anna@Example.ru', 'gone@example.ru', 'dashboard'])
        await sql`INSERT INTO reminders (at, who, person_id, person_name, channel)
          VALUES (${at}, ${who}, 1, 'Старое имя', 'phone')`.execute(db);
      for (const by of ['anna@example.ru', 'gone@example.ru', 'command'])
        await sql`INSERT INTO role_grants (user_id, role, granted_at, granted_by) VALUES ('u1', 'viewer', ${at}, ${by})`.execute(
          db,
        );
      for (const [token, used] of [
        ['open', null],
        ['used', at],
      ] as const)
        await sql`INSERT INTO one_time_links (kind, token_hash, payload, created_at, created_by, expires_at, used_at)
          VALUES ('invitation', ${tokenHash(token)}, '{"name":"Гость"}', ${at}, 'anna@example.ru', ${at}, ${used})`.execute(
          db,
        );
      const began = systemClock.now();

      await operations.migrate();
      expect((await listPeople(operations)).map(({ name, basis: right }) => [name, right])).toEqual([
        ['С ролью', ''],
      ]);
      const former = await listFormerPeople(operations);
      expect(former.map(({ name }) => name)).toEqual(['Без роли']);
      expect(former[0]?.endedAt.getTime()).toBeGreaterThanOrEqual(began.getTime());
      const reminders = await listReminders(operations);
      expect(reminders.map(({ who, personName }) => [who, personName]).reverse()).toEqual([
        ['anna@example.ru', 'С ролью'],
        ['', 'С ролью'],
        ['dashboard', 'С ролью'],
      ]);
      expect((await listRoleGrants(operations)).map(({ grantedBy }) => grantedBy)).toEqual([
        'anna@example.ru',
        '',
        'command',
      ]);
      const kept = await db.selectFrom('reminders').select('who').execute();
      expect(kept.map(({ who }) => who)).toEqual(expect.arrayContaining(['u1', '', 'dashboard']));
      expect(await findOneTimeLink(operations, 'invitation', 'open')).toMatchObject({
        createdBy: 'anna@example.ru',
        payload: { name: 'Гость' },
      });
      expect(await findOneTimeLink(operations, 'invitation', 'used')).toMatchObject({ payload: null });
    } finally {
      await close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
