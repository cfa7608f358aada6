import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { gunzip, gzipSync } from 'node:zlib';

const unzip = promisify(gunzip);

export interface ClickHouseServerOptions {
  /** Where the engine keeps its files. */
  path: string;
  user?: string;
  password?: string;
}

export interface ClickHouseServer {
  url: string;
  /** What was asked, in order. */
  requests: {
    method: string;
    path: string;
    sql: string;
    requestEncoding: string;
    responseEncoding: string;
  }[];
  close(): Promise<void>;
}

/** Parameters of the address that are the interface's own, and no settings of the engine. */
const ownParameters = new Set([
  'query',
  'query_id',
  'database',
  'session_id',
  'session_timeout',
  'session_check',
  'default_format',
  'user',
  'password',
  'role',
  'wait_end_of_query',
  'enable_http_compression',
  'send_progress_in_http_headers',
  'http_headers_progress_interval_ms',
  'buffer_size',
  'compress',
  'decompress',
]);

const version = '26.7.2.1';

class RequestRefused extends Error {
  readonly status: number;
  readonly code: number;
  constructor(status: number, code: number, message: string) {
    super(`Code: ${code}. DB::Exception: ${message}`);
    this.status = status;
    this.code = code;
  }
}

interface Request {
  sql: string;
  settings: Map<string, string>;
  parameters: Map<string, string>;
  database: string;
  format: string;
  queryId: string;
}

function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** HTTP statuses as the server gives them. */
function statusOf(code: number): number {
  if (code === 62 || code === 457 || code === 456 || code === 36) return 400;
  if (code === 60 || code === 81 || code === 46 || code === 115) return 404;
  return 500;
}

async function readRequest(request: IncomingMessage, url: URL): Promise<Request> {
  const raw = await buffer(request);
  const body = request.headers['content-encoding'] === 'gzip' ? await unzip(raw) : raw;
  const query = url.searchParams.get('query');
  const sql = [query, body.toString('utf8')].filter((part) => part !== null && part !== '').join('\n');
  if (sql.trim() === '') throw new RequestRefused(400, 62, 'Syntax error: Empty query. (SYNTAX_ERROR)');
  const settings = new Map<string, string>();
  const parameters = new Map<string, string>();
  for (const [name, value] of url.searchParams) {
    if (name.startsWith('param_')) parameters.set(name, value);
    else if (!ownParameters.has(name)) settings.set(name, value);
  }
  const asked = /\bFORMAT\s+(\w+)\s*(?:SETTINGS[^;]*)?;?\s*$/i.exec(query ?? sql)?.[1];
  return {
    sql,
    settings,
    parameters,
    database:
      url.searchParams.get('database') ?? String(request.headers['x-clickhouse-database'] ?? 'default'),
    format: asked ?? url.searchParams.get('default_format') ?? 'TabSeparated',
    queryId: url.searchParams.get('query_id') ?? randomUUID(),
  };
}

function checkUser(request: IncomingMessage, url: URL, options: ClickHouseServerOptions): void {
  if (options.user === undefined) return;
  const basic = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const [, basicUser, basicPassword] = /^([^:]*):(.*)$/s.exec(Buffer.from(basic, 'base64').toString()) ?? [];
  const user = url.searchParams.get('user') ?? request.headers['x-clickhouse-user'] ?? basicUser;
  const password = url.searchParams.get('password') ?? request.headers['x-clickhouse-key'] ?? basicPassword;
  if (user === options.user && password === (options.password ?? '')) return;
  const message = `${user || 'default'}: Authentication failed: password is incorrect, or there is no user with such name. (AUTHENTICATION_FAILED)`;
  throw new RequestRefused(403, 516, message);
}

/**
 * ClickHouse's HTTP interface, answered by the embedded engine: query in address or body, `param_*`, settings,
 * users, gzip both ways, the `X-ClickHouse-*` headers, and errors as the server gives them. As on a server, nothing
 * of one request is left for the next: each has a connection of its own.
 */
export async function serveClickHouse(options: ClickHouseServerOptions): Promise<ClickHouseServer> {
  const { Session } = await import('chdb');
  const engine = new Session(options.path);
  const requests: ClickHouseServer['requests'] = [];

  const run = async (asked: Request): Promise<{ body: Buffer; summary: string }> => {
    const session = new Session(options.path);
    try {
      for (const [name, value] of [...asked.settings, ...asked.parameters]) {
        await session.queryAsync(`SET ${name} = ${literal(value)}`);
      }
      if (asked.database !== 'default') await session.queryAsync(`USE \`${asked.database}\``);
      const result = await session.queryAsync(asked.sql, { format: asked.format });
      const elapsed = String(Math.round(result.elapsed * 1e9));
      const summary = {
        read_rows: String(result.rowsRead),
        read_bytes: String(result.bytesRead),
        elapsed_ns: elapsed,
      };
      return { body: Buffer.from(result.bytes()), summary: JSON.stringify(summary) };
    } finally {
      session.close();
    }
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://loopback');
    if (url.pathname === '/ping' && request.method === 'GET') {
      response.end('Ok.\n');
      return;
    }
    if (url.pathname !== '/' || (request.method !== 'POST' && request.method !== 'GET')) {
      throw new RequestRefused(404, 0, `There is no handle ${request.method} ${request.url}. (NO_HANDLE)`);
    }
    checkUser(request, url, options);
    const asked = await readRequest(request, url);
    const wantsGzip =
      url.searchParams.get('enable_http_compression') === '1' &&
      /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
    requests.push({
      method: request.method,
      path: url.pathname,
      sql: asked.sql,
      requestEncoding: String(request.headers['content-encoding'] ?? ''),
      responseEncoding: wantsGzip ? 'gzip' : '',
    });
    response.setHeader('X-ClickHouse-Server-Display-Name', 'test');
    response.setHeader('X-ClickHouse-Query-Id', asked.queryId);
    response.setHeader('X-ClickHouse-Timezone', 'UTC');
    const { body, summary } = await run(asked);
    response.setHeader('X-ClickHouse-Format', asked.format);
    response.setHeader('X-ClickHouse-Summary', summary);
    response.setHeader('Content-Type', 'text/plain; charset=UTF-8');
    if (wantsGzip) response.setHeader('Content-Encoding', 'gzip');
    response.end(wantsGzip ? gzipSync(body) : body);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      const code = Number(/Code: (\d+)\./.exec(message)?.[1] ?? 1002);
      response.statusCode = error instanceof RequestRefused ? error.status : statusOf(code);
      response.setHeader('X-ClickHouse-Exception-Code', String(code));
      response.setHeader('Content-Type', 'text/plain; charset=UTF-8');
      response.end(`${message} (version ${version})\n`);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      engine.close();
    },
  };
}
