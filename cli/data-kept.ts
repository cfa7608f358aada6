import type { Settings } from '#domain/settings.ts';

/** Whether anything is kept in the data directory, so that one process must hold it. */
export function needsDataDirectory(
  settings: Pick<Settings, 'CLICKHOUSE_URL' | 'OPERATIONS_DATABASE_URL'>,
): boolean {
  return settings.CLICKHOUSE_URL === undefined || settings.OPERATIONS_DATABASE_URL === undefined;
}
