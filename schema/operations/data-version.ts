import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Operations } from './connect.ts';
import { getSetting, setSetting } from './settings.ts';

const movedKey = 'data.moved';
const registerKey = 'register.moved';

/** Entries of the journal that are looked at: one that was begun earlier and committed later has a smaller number. */
const newestEntries = 32;

/**
 * What all that is shown rests on, as a text that is another one after each change: every entry of the journal, every
 * setting, and what `moveDataVersion` tells. An edit moves it in its own transaction, whichever process makes it.
 */
export async function readDataVersion(operations: Operations): Promise<string> {
  const { rows } = await sql<{ part: string }>`
    SELECT part FROM (
      SELECT key || ' ' || value AS part FROM settings
      UNION ALL
      SELECT CAST(id AS TEXT) AS part
      FROM (SELECT id FROM journal ORDER BY id DESC LIMIT ${newestEntries}) AS newest
    ) AS parts
    ORDER BY part`.execute(operations.db);
  return rows.map(({ part }) => part).join('\n');
}

/** Moves the version: to be called after a change of the observations that a reader is to see at once. */
export async function moveDataVersion(operations: Operations): Promise<void> {
  await setSetting(operations, movedKey, randomUUID());
}

/**
 * What of the register has been brought over to the statistics last, as a text that is another one after each change:
 * by it a process that collects learns of what another has entered. `null` before the first.
 */
export async function readRegisterVersion(operations: Operations): Promise<string | null> {
  return (await getSetting<string>(operations, registerKey)) ?? null;
}

/** Moves the version of the register, and with it that of the data. */
export async function moveRegisterVersion(operations: Operations): Promise<void> {
  await setSetting(operations, registerKey, randomUUID());
}

/**
 * Whether the mirror of the register is older than the register: since the last copy that was finished something was
 * entered. The number of an edit is taken as its transaction ends, that of a copy before it reads.
 */
export async function isMirrorBehind({ db }: Operations): Promise<boolean> {
  const row = await db
    .selectFrom('revisions')
    .select((select) => [
      select.fn.max('id').filterWhere('kind', 'not in', ['rebuild', 'note']).as('entered'),
      select.fn
        .max('id')
        .filterWhere('kind', '=', 'rebuild')
        .filterWhere('committed', 'is not', null)
        .as('copied'),
    ])
    .where('stream', '=', 'register')
    .executeTakeFirst();
  return (row?.entered ?? 0) > (row?.copied ?? 0);
}
