import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { ordinaryLimits, readRequest, RequestRefused, version } from './clickhouse-http-request.ts';
import type { Request, ServerLimits } from './clickhouse-http-request.ts';

export interface ClickHouseServerOptions {
  /** Where the engine keeps its files. */
  path: string;
  user?: string;
  password?: string;
  /** The port to listen on; any free one when not said. */
  port?: number;
  /** What one request may be; an ordinary server's when not said. */
  limits?: Partial<ServerLimits>;
  /** Whether to keep what was asked; so when not said. A server that runs for long does not. */
  keepsRequests?: boolean;
}

export interface ClickHouseServer {
  url: string;
  /** What was asked, in order. */
  requests: {
    method: string;
    path: string;
    /** Characters of the address with all its parameters. */
    addressLength: number;
    sql: string;
    requestEncoding: string;
    responseEncoding: string;
  }[];
  close(): Promise<void>;
}

function checkUser(request: IncomingMessage, url: URL, options: ClickHouseServerOptions): void {
  if (options.user === undefined) return;
  const basic = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const [, basicUser, basicPassword] = /^([^:]*):(.*)$/s.exec(Buffer.from(basic, 'base64').toString()) ?? [];
  const user = url.searchParams.get('user') ?? request.headers['x-clickhouse-user'] ?? basicUser;
  const password = url.searchParams.get('password') ?? request.headers['x-clickhouse-key'] ?? basicPassword;
  if (user === options.user && password === (options.password ?? '')) return;
  const message = `${user || 'default'}: Authentication failed: password is incorrect, or there is no user with such name. (AUTHENTICATION_FAILED)`;
  throw RequestRefused.byDatabase(403, 516, message);
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

/**
 * ClickHouse's HTTP interface, answered by the embedded engine: query in address, body or form, `param_*` in address or
 * form, settings, users, gzip both ways, the `X-ClickHouse-*` headers, an ordinary server's limits, and errors as the
 * server gives them. The engine itself holds `max_query_size`. As on a server, nothing of one request is left for the
 * next: each has a connection of its own.
 */
export async function serveClickHouse(options: ClickHouseServerOptions): Promise<ClickHouseServer> {
  const { Session } = await import('chdb');
  const engine = new Session(options.path);
  const limits = { ...ordinaryLimits, ...options.limits };
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
    const address = request.url ?? '/';
    if (address.length > limits.addressBytes) {
      // As the server does: it has no request to answer yet, and says nothing.
      response.writeHead(400, { Connection: 'close' }).end();
      return;
    }
    const url = new URL(address, 'http://loopback');
    if (url.pathname === '/ping' && request.method === 'GET') {
      response.end('Ok.\n');
      return;
    }
    if (url.pathname !== '/' || (request.method !== 'POST' && request.method !== 'GET')) {
      throw RequestRefused.byDatabase(
        404,
        0,
        `There is no handle ${request.method} ${request.url}. (NO_HANDLE)`,
      );
    }
    checkUser(request, url, options);
    const asked = await readRequest(request, url, limits);
    const wantsGzip =
      url.searchParams.get('enable_http_compression') === '1' &&
      /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
    if (options.keepsRequests ?? true) {
      requests.push({
        method: request.method,
        path: url.pathname,
        addressLength: address.length,
        sql: asked.sql,
        requestEncoding: String(request.headers['content-encoding'] ?? ''),
        responseEncoding: wantsGzip ? 'gzip' : '',
      });
    }
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

  const server = createServer({ maxHeaderSize: limits.headerBytes }, (request, response) => {
    answer(request, response).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      const code = Number(/Code: (\d+)\./.exec(message)?.[1] ?? 1002);
      response.statusCode = error instanceof RequestRefused ? error.status : statusOf(code);
      response.setHeader('X-ClickHouse-Exception-Code', String(code));
      response.setHeader('Content-Type', 'text/plain; charset=UTF-8');
      response.end(`${message} (version ${version})\n`);
    });
  });
  server.listen(options.port ?? 0, '127.0.0.1');
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
