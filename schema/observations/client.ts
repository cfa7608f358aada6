import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { ClickHouseClient } from '@clickhouse/client';
import { answerFormat } from './answer.ts';
import type { Statement } from './pool.ts';

/**
 * The one place that calls the client. It never gives settings with a call: the embedded engine keeps them on the
 * connection for good, so that later calls run under them; settings are written into the SQL instead.
 *
 * Parameters go into the body, as fields of a form: an address holds 16 KB at most servers and proxies. The client does
 * so by its `query` alone, which adds a format to whatever statement it is; one that has no answer takes it and gives none.
 */
export async function runThroughClient(
  client: ClickHouseClient,
  { sql, parameters, lines, isQuestion }: Statement,
  signal?: AbortSignal,
): Promise<string> {
  const aborting = signal && { abort_signal: signal };
  if (lines !== undefined) {
    const values = Readable.from([lines], { objectMode: false });
    return await text((await client.exec({ query: sql, values, ...aborting })).stream);
  }
  if (!isQuestion && Object.keys(parameters ?? {}).length === 0) {
    return await text((await client.exec({ query: sql, ...aborting })).stream);
  }
  const answer = await client.query({
    query: sql,
    format: answerFormat,
    query_params: parameters ?? {},
    use_multipart_params: true,
    ...aborting,
  });
  return await answer.text();
}
