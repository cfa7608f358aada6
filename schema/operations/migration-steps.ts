import type { Kysely } from 'kysely';
import { chainKeptEntries } from './journal-chain.ts';
import type { OperationsTables } from './tables.ts';

/**
 * What a migration has to do that SQL alone cannot, by its file's name: done after its statements, in its transaction, so
 * that both are done or neither. A step reads and writes the columns that its migration knows, and no others.
 */
export const migrationSteps: Readonly<Record<string, (db: Kysely<OperationsTables>) => Promise<void>>> = {
  '0011-journal-chain.sql': chainKeptEntries,
};
