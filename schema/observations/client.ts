import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { ClickHouseClient } from '@clickhouse/client';

/**
 * The one place that calls the client. It never gives settings with a call: the embedded engine keeps them on the
 * connection for good, so that later calls run under them; settings are written into the SQL instead.
 */
export async function runThroughClient(
  client: ClickHouseClient,
  sql: string,
  parameters: Record<string, unknown>,
  lines?: string,
): Promise<string> {
  const statement = { query: sql, query_params: parameters };
  const answer =
    lines === undefined
      ? await client.exec(statement)
      : await client.exec({ ...statement, values: Readable.from([lines], { objectMode: false }) });
  return await text(answer.stream);
}
