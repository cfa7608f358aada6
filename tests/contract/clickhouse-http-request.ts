import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const unzip = promisify(gunzip);

export const version = '26.7.2.1';

/** What one request may be, in bytes. */
export interface ServerLimits {
  /** Request line and headers together, as servers and proxies in front of them bound them. */
  headerBytes: number;
  /** The address, `http_max_uri_size`. Reached only where `headerBytes` lets it through. */
  addressBytes: number;
  /** One value of the address or of a form, `http_max_field_value_size`. */
  fieldBytes: number;
}

export const ordinaryLimits: ServerLimits = {
  headerBytes: 16 * 1024,
  addressBytes: 1024 * 1024,
  fieldBytes: 128 * 1024,
};

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

/** A request that is not handed to the engine. `message`: whole, as the server writes it before its version. */
export class RequestRefused extends Error {
  readonly status: number;
  readonly code: number;

  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }

  static byDatabase(status: number, code: number, message: string): RequestRefused {
    return new RequestRefused(status, code, `Code: ${code}. DB::Exception: ${message}`);
  }

  /** What the server's form reader refuses. */
  static byForm(message: string): RequestRefused {
    const said = `Poco::Exception. Code: 1000, e.code() = 0, HTML Form Exception: ${message}`;
    return new RequestRefused(500, 1000, said);
  }
}

export interface Request {
  sql: string;
  settings: Map<string, string>;
  parameters: Map<string, string>;
  database: string;
  format: string;
  queryId: string;
}

/** The fields of a form. The server reads them from the body as it came: a compressed one is no form to it. */
async function readForm(contentType: string, raw: Buffer): Promise<[string, string][]> {
  try {
    const form = await new Response(new Uint8Array(raw), {
      headers: { 'Content-Type': contentType },
    }).formData();
    return [...form].map(([name, value]) => [name, String(value)]);
  } catch {
    throw RequestRefused.byForm('No boundary line found');
  }
}

/** Reads what a request asks, with `RequestRefused` for what is over the limits or empty. */
export async function readRequest(
  request: IncomingMessage,
  url: URL,
  limits: ServerLimits,
): Promise<Request> {
  const raw = await buffer(request);
  const contentType = String(request.headers['content-type'] ?? '');
  const isForm = contentType.startsWith('multipart/form-data');
  const form = isForm ? await readForm(contentType, raw) : [];
  const isPacked = request.headers['content-encoding'] === 'gzip';
  const text = isForm ? '' : (isPacked ? await unzip(raw) : raw).toString('utf8');
  const settings = new Map<string, string>();
  const parameters = new Map<string, string>();
  const queries: string[] = [];
  for (const [name, value] of [...url.searchParams, ...form]) {
    if (Buffer.byteLength(value) > limits.fieldBytes) throw RequestRefused.byForm('Field value too long');
    if (name === 'query') queries.push(value);
    // Of a name that is given twice the first counts.
    if (name.startsWith('param_') && !parameters.has(name)) parameters.set(name, value);
  }
  for (const [name, value] of url.searchParams) {
    if (!name.startsWith('param_') && !ownParameters.has(name)) settings.set(name, value);
  }
  const query = queries.join('');
  const sql = [query, text].filter((part) => part !== '').join('\n');
  if (sql.trim() === '')
    throw RequestRefused.byDatabase(400, 62, 'Syntax error: Empty query. (SYNTAX_ERROR)');
  const asked = /\bFORMAT\s+(\w+)\s*(?:SETTINGS[^;]*)?;?\s*$/i.exec(query === '' ? sql : query)?.[1];
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
