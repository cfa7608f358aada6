import type { Kysely } from 'kysely';
import { systemClock } from '#domain/clock.ts';
import { storedInstant } from './instants.ts';
import { chainKeptEntries } from './journal-chain.ts';
import type { OperationsTables } from './tables.ts';

/**
 * What a migration has to do that SQL alone cannot, by its file's name: done after its statements, in its transaction, so
 * that both are done or neither. A step reads and writes the columns that its migration knows, and no others.
 */
export const migrationSteps: Readonly<Record<string, (db: Kysely<OperationsTables>) => Promise<void>>> = {
  '0011-journal-chain.sql': chainKeptEntries,
  '0014-contacts-basis.sql': endWithoutPart,
};

/** Whoever has no part in any organisation has had none since now, as far as is known. */
async function endWithoutPart(db: Kysely<OperationsTables>): Promise<void> {
  await db
    .updateTable('people')
    .set({ endedAt: storedInstant(systemClock.now()) })
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(selectFrom('personRoles').select('role').whereRef('personRoles.personId', '=', 'people.id')),
      ),
    )
    .execute();
}
