import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SimulatorClock } from '../clock.ts';
import { Faults } from '../vk/faults.ts';
import type { World } from '../world/world.ts';
import { WebCallLog } from './call-log.ts';
import { isAbout, type WebFaultRule } from './faults.ts';
import type { LeftOut } from './history-page.ts';
import { errorPage, homePage, providerPage } from './other-pages.ts';
import { answerOf, requestOf, type WebAnswer } from './routes.ts';

/** How the server is started. */
export interface TelegramWebOptions {
  /** 0 takes any free port. */
  port?: number;
  host?: string;
  /** Pages end after 20 messages even inside an album, which is shown in two parts; without it albums are whole. */
  cutsAlbums?: boolean;
}

/** A running server of `t.me` pages. */
export interface TelegramWebServer {
  /** To be given to a client in place of `https://t.me`. */
  url: string;
  port: number;
  calls: WebCallLog;
  /** What was asked for and is not there. */
  unexpected: { at: Date; what: string }[];
  /** Rules of what goes wrong, for this server. */
  faults: Faults<WebFaultRule>;
  /** Ends the server and all its connections. */
  close: () => Promise<void>;
}

interface State {
  world: World;
  clock: SimulatorClock;
  cutsAlbums: boolean;
  server: Pick<TelegramWebServer, 'calls' | 'unexpected' | 'faults'>;
}

const html = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };

function send(response: ServerResponse, answer: WebAnswer): number {
  if (answer.status === 302) response.writeHead(302, { location: answer.location }).end();
  else response.writeHead(200, html).end(answer.body);
  return answer.status;
}

/** Answers as a rule says; gives the status, `null` without one. */
function sendBroken(response: ServerResponse, answer: WebAnswer, rule: WebFaultRule): number | null {
  const body = answer.status === 200 ? answer.body : '';
  switch (rule.kind) {
    case 'too-many':
      response.writeHead(429, { ...html, 'retry-after': String(rule.retryAfter ?? 30) });
      response.end(errorPage(429, 'Too Many Requests'));
      return 429;
    case 'server-error': {
      const status = rule.status ?? 502;
      response.writeHead(status, html).end(errorPage(status, 'Server Error'));
      return status;
    }
    case 'hang':
      return null;
    case 'reset':
      response.req.socket.resetAndDestroy();
      return null;
    case 'truncated': {
      const bytes = Buffer.from(body === '' ? homePage : body, 'utf8');
      response.writeHead(200, { ...html, 'content-length': bytes.length });
      response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.req.socket.destroy());
      return 200;
    }
    case 'broken-html':
      return send(response, { status: 200, body: body.slice(0, Math.floor(body.length / 2)) });
    case 'foreign-html':
      return send(response, { status: 200, body: providerPage });
    case 'home-page':
      return send(response, { status: 200, body: homePage });
    case 'home-redirect':
      return send(response, { status: 302, location: '/' });
    case 'delay':
    case 'no-older-link':
    case 'few-posts':
    case 'no-posts':
    case 'newest-again':
      // What is odd about the page has been made already.
      return send(response, answer);
  }
}

/** What a page of posts leaves out by a rule. */
function oddityOf(rule: WebFaultRule | undefined): { leftOut?: LeftOut } {
  switch (rule?.kind) {
    case 'no-older-link':
      return { leftOut: { olderLink: rule.keepsHead ? 'page' : 'everywhere' } };
    case 'few-posts':
      return { leftOut: { allBut: 3, olderLink: 'everywhere' } };
    case 'no-posts':
      return { leftOut: { allBut: 0, olderLink: 'everywhere' } };
    default:
      return {};
  }
}

function refuse(state: State, request: IncomingMessage, response: ServerResponse): number {
  const isKnownMethod = request.method === 'GET';
  const what = `${request.method ?? ''} ${request.url ?? ''}`;
  state.server.unexpected.push({ at: state.clock.now(), what });
  const status = isKnownMethod ? 404 : 405;
  response.writeHead(status, { 'content-type': 'text/plain' });
  response.end(
    'There is nothing here: GET /<name>, /s/<name>, /s/<name>?before=<id> or /<name>/<id>?embed=1&mode=tme.\n',
  );
  request.resume();
  return status;
}

async function handle(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const at = state.clock.now();
  const path = request.url ?? '/';
  const asked = requestOf(new URL(path, 'http://simulator'));
  const { kind, name } = asked;
  const log = (status: number | null): void => state.server.calls.add({ kind, name, path, at, status });
  if (kind === 'other' || request.method !== 'GET') {
    log(refuse(state, request, response));
    return;
  }
  const call = { method: kind, pages: [], token: '' };
  const rule = state.server.faults.take(call, (each) => isAbout(each, asked));
  if (rule?.kind === 'delay') {
    await new Promise((resolve) => {
      setTimeout(resolve, rule.delay ?? 0);
    });
  }
  const { cutsAlbums } = state;
  const about = rule?.kind === 'newest-again' ? { ...asked, position: null } : asked;
  const answer = answerOf(state.world, about, at.getTime(), { cutsAlbums, ...oddityOf(rule) });
  log(rule === undefined ? send(response, answer) : sendBroken(response, answer, rule));
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

/** Starts the server on loopback. Rejects when the port is taken. */
export async function serveTelegramWeb(
  parts: { world: World; clock: SimulatorClock },
  options: TelegramWebOptions = {},
): Promise<TelegramWebServer> {
  const own = { calls: new WebCallLog(), unexpected: [], faults: new Faults<WebFaultRule>() };
  const state: State = { ...parts, cutsAlbums: options.cutsAlbums ?? false, server: own };
  const server = createServer((request, response) => {
    handle(state, request, response).catch((error: unknown) => {
      const what = `${request.url ?? ''}: ${String(error)}`;
      state.server.unexpected.push({ at: state.clock.now(), what });
      response.destroy();
    });
  });
  const host = options.host ?? '127.0.0.1';
  const port = await listen(server, options.port ?? 0, host);
  return {
    ...own,
    url: `http://${host}:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
