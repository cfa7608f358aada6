import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SimulatorClock } from '../clock.ts';
import type { World } from '../world/world.ts';
import { CallLog, type UnexpectedCall } from './call-log.ts';
import { Faults } from './faults.ts';
import { type Answer, answerCall, type VkState } from './session.ts';
import { Token, type TokenSettings } from './tokens.ts';

/** The keys of a server that is started without any of its own. */
const defaultTokens: readonly TokenSettings[] = [
  { token: 'simulator-service-key', kind: 'service' },
  { token: 'simulator-user-key', kind: 'user' },
  { token: 'simulator-community-key', kind: 'community' },
];

/** How the server is started. */
export interface VkServerOptions {
  /** 0 takes any free port. */
  port?: number;
  host?: string;
  /** Keys the server knows, with their limits; without them `defaultTokens`. */
  tokens?: readonly TokenSettings[];
}

/** A running server that speaks VK's HTTP API. */
export interface VkServer {
  /** To be given to a client as its base address, e.g. `http://127.0.0.1:4100/method`. */
  url: string;
  port: number;
  calls: CallLog;
  /** What was asked for and is not there: unknown methods, parameters, addresses. */
  unexpected: UnexpectedCall[];
  /** The keys by name, with what they have used. */
  tokens: ReadonlyMap<string, Token>;
  /** Ends the server and all its connections. */
  close: () => Promise<void>;
}

const largestRequest = 2 * 1024 * 1024;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > largestRequest) {
      throw new RangeError('The request is too large.');
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function sendJson(response: ServerResponse, text: string): void {
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

function sendBroken(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  if (answer.transport === null) {
    sendJson(response, answer.body);
    return;
  }
  const text = answer.body;
  switch (answer.transport) {
    case 'hang':
      return;
    case 'reset':
      request.socket.resetAndDestroy();
      return;
    case 'bad-gateway':
      response.writeHead(502, { 'content-type': 'text/html' });
      response.end(
        '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>',
      );
      return;
    case 'broken-json':
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
      response.end(`${text.slice(0, Math.floor(text.length / 2))}\u0000}]`);
      return;
    case 'truncated':
      response.writeHead(200, {
        'content-type': 'application/json; charset=utf-8',
        'content-length': Buffer.byteLength(text),
      });
      response.write(text.slice(0, Math.floor(text.length / 2)), () => request.socket.destroy());
  }
}

async function handle(state: VkState, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const address = new URL(request.url ?? '/', 'http://simulator');
  const method = /^\/method\/([\w.]+)$/.exec(address.pathname)?.[1];
  const type = request.headers['content-type'] ?? '';
  const readable =
    request.method === 'GET' ||
    (request.method === 'POST' && (type === '' || type.startsWith('application/x-www-form-urlencoded')));
  if (method === undefined || !readable) {
    state.unexpected.push({
      at: state.clock.now(),
      what: `${request.method ?? ''} ${address.pathname} ${type}`.trim(),
    });
    response.writeHead(method === undefined ? 404 : 405, { 'content-type': 'text/plain' });
    response.end('There is nothing here: call /method/<name> by GET or by POST with an urlencoded body.\n');
    request.resume();
    return;
  }
  const parameters = new Map(address.searchParams);
  if (request.method === 'POST') {
    for (const [key, value] of new URLSearchParams(await bodyOf(request))) {
      parameters.set(key, value);
    }
  }
  const answer = answerCall(state, method, parameters, performance.now());
  if (answer.delay > 0) {
    await new Promise((resolve) => {
      setTimeout(resolve, answer.delay);
    });
  }
  sendBroken(request, response, answer);
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

/** Starts the server on loopback. Rejects when the port is taken. */
export async function serveVk(
  parts: { world: World; clock: SimulatorClock; faults?: Faults },
  options: VkServerOptions = {},
): Promise<VkServer> {
  const tokens = new Map((options.tokens ?? defaultTokens).map((token) => [token.token, new Token(token)]));
  const state: VkState = {
    world: parts.world,
    clock: parts.clock,
    faults: parts.faults ?? new Faults(),
    tokens,
    calls: new CallLog(),
    unexpected: [],
  };
  const server = createServer((request, response) => {
    handle(state, request, response).catch((error: unknown) => {
      state.unexpected.push({ at: state.clock.now(), what: `${request.url ?? ''}: ${String(error)}` });
      response.destroy();
    });
  });
  const host = options.host ?? '127.0.0.1';
  const port = await listen(server, options.port ?? 0, host);
  return {
    url: `http://${host}:${port}/method`,
    port,
    calls: state.calls,
    unexpected: state.unexpected,
    tokens,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
