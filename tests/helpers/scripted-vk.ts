import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call as it arrived: `parameters` of the body, the token apart. */
export interface ScriptedCall {
  method: string;
  token: string;
  parameters: Record<string, string>;
}

/** What the script answers: an envelope, VK's error, or an answer that is none. */
export type ScriptedAnswer =
  | { response: unknown; execute_errors?: unknown }
  | { error: unknown }
  | { raw: string; status?: number; headers?: Record<string, string> }
  | 'hang'
  | 'truncated'
  /** Begins, and goes on until the connection ends: as fast as it is read, or a byte now and then. */
  | 'endless'
  | 'trickle';

/** A server for walls by script: speaks VK's protocol, refuses what is not it, and leaves the answers to the test. */
export interface ScriptedVk {
  url: string;
  calls: ScriptedCall[];
  /** What arrived that is not VK's protocol. */
  unexpected: string[];
  close(): Promise<void>;
}

/** A refusal as VK words it. */
export function refusal(code: number, message = `error ${code}`): { error: unknown } {
  return { error: { error_code: code, error_msg: message, request_params: [{ key: 'v', value: '5.199' }] } };
}

/** Calls inside the code of `execute`, in order. */
export function callsIn(code: string): { method: string; parameters: Record<string, unknown> }[] {
  return [...code.matchAll(/API\.([\w.]+)\((\{[^}]*\})\)/g)].map(([, method = '', parameters = '{}']) => ({
    method,
    parameters: JSON.parse(parameters) as Record<string, unknown>,
  }));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const part of request as AsyncIterable<Buffer>) body += part.toString('utf8');
  return body;
}

/** Writes for as long as somebody reads. */
function flow(response: ServerResponse): void {
  const part = 'x'.repeat(65_536);
  const write = () => {
    while (!response.destroyed) if (!response.write(part)) return void response.once('drain', write);
  };
  write();
}

function trickle(response: ServerResponse): void {
  const timer = setInterval(() => response.write(' '), 5);
  response.once('close', () => clearInterval(timer));
}

function send(request: IncomingMessage, response: ServerResponse, answer: ScriptedAnswer): void {
  if (answer === 'hang') return;
  if (answer === 'truncated') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 });
    response.write('{"response":{"count":1,', () => request.socket.destroy());
    return;
  }
  if (answer === 'endless' || answer === 'trickle') {
    response.writeHead(200, { 'content-type': 'application/json' });
    if (answer === 'endless') flow(response);
    else trickle(response);
    return;
  }
  const raw = 'raw' in answer ? answer.raw : JSON.stringify(answer);
  const more = 'raw' in answer ? answer.headers : {};
  response.writeHead('raw' in answer ? (answer.status ?? 200) : 200, {
    'content-type': 'application/json',
    ...more,
  });
  response.end(raw);
}

/** Starts the server; `script` is asked for every call. */
export async function serveScript(script: (call: ScriptedCall) => ScriptedAnswer): Promise<ScriptedVk> {
  const calls: ScriptedCall[] = [];
  const unexpected: string[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const method = /^\/method\/([\w.]+)$/.exec(request.url ?? '')?.[1];
    const {
      access_token: token,
      v,
      ...parameters
    } = Object.fromEntries(new URLSearchParams(await bodyOf(request)));
    const spoken =
      method !== undefined &&
      request.method === 'POST' &&
      token !== undefined &&
      v === '5.199' &&
      (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
    if (!spoken) {
      unexpected.push(`${request.method} ${request.url}`);
      send(request, response, { raw: 'not VK', status: 400 });
      return;
    }
    const call = { method, token, parameters };
    calls.push(call);
    send(request, response, script(call));
  };
  const server: Server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      unexpected.push(String(error));
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/method`,
    calls,
    unexpected,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
