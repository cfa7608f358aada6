import { parseArgs } from 'node:util';
import { serveClickHouse } from './clickhouse-http-server.ts';

/**
 * ClickHouse's HTTP interface as a process of its own:
 *
 *     node tests/contract/serve-clickhouse.ts --path FOLDER [--port 8123] [--user NAME --password WORD]
 *
 * Prints its address as one line once it answers; SIGTERM and SIGINT end it. The folder is kept: the next process over
 * it, at the same port if wanted, has what this one was given.
 */
const { values } = parseArgs({
  options: {
    path: { type: 'string' },
    port: { type: 'string', default: '0' },
    user: { type: 'string' },
    password: { type: 'string' },
  },
});
if (values.path === undefined) throw new Error('Give --path: the folder for the data.');
const server = await serveClickHouse({
  path: values.path,
  port: Number(values.port),
  keepsRequests: false,
  ...(values.user !== undefined && { user: values.user }),
  ...(values.password !== undefined && { password: values.password }),
});
const end = (): void => void server.close().then(() => process.exit(0));
process.once('SIGTERM', end);
process.once('SIGINT', end);
process.stdout.write(`${server.url}\n`);
