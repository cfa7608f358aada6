import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request for a page of `t.me`. */
export interface ScriptedGet {
  /** `/s/name` asks for a preview, `/name` for a card, `/name/5?embed=1&mode=tme` for one message. */
  kind: 'preview' | 'card' | 'message' | 'other';
  name: string;
  before: number | null;
  /** Of `message`: its id. */
  id: number | null;
  /** With its query. */
  path: string;
}

/** What the script answers. */
export type ScriptedReplyPage =
  | { html: string; status?: number; headers?: Record<string, string> }
  | { redirect: string }
  | 'hang'
  | 'reset'
  | 'truncated';

/** A server of pages by script. */
export interface ScriptedWeb {
  url: string;
  requests: ScriptedGet[];
  /** Headers of the latest request. */
  headers(): IncomingMessage['headers'];
  close(): Promise<void>;
}

function readRequest(path: string): ScriptedGet {
  const address = new URL(path, 'http://script');
  const [, messageOf, id] = /^\/(\w+)\/(\d+)$/.exec(address.pathname) ?? [];
  if (messageOf !== undefined && address.search === '?embed=1&mode=tme') {
    return { kind: 'message', name: messageOf, before: null, id: Number(id), path };
  }
  const [, preview, name = ''] = /^\/(s\/)?(\w+)$/.exec(address.pathname) ?? [];
  const before = address.searchParams.get('before');
  const kind = name === '' ? 'other' : preview === undefined ? 'card' : 'preview';
  return { kind, name, before: before === null ? null : Number(before), id: null, path };
}

function send(request: IncomingMessage, response: ServerResponse, reply: ScriptedReplyPage): void {
  if (reply === 'hang') return;
  if (reply === 'reset') {
    request.socket.resetAndDestroy();
    return;
  }
  if (reply === 'truncated') {
    response.writeHead(200, { 'content-type': 'text/html', 'content-length': 1000 });
    response.write('<!DOCTYPE html><html>', () => request.socket.destroy());
    return;
  }
  if ('redirect' in reply) {
    response.writeHead(302, { location: reply.redirect }).end();
    return;
  }
  response.writeHead(reply.status ?? 200, { 'content-type': 'text/html; charset=utf-8', ...reply.headers });
  response.end(reply.html);
}

/** Starts the server on loopback; `script` is asked for every request. */
export async function serveWebScript(
  script: (request: ScriptedGet) => ScriptedReplyPage,
): Promise<ScriptedWeb> {
  const requests: ScriptedGet[] = [];
  let headers: IncomingMessage['headers'] = {};
  const server: Server = createServer((request, response) => {
    const asked = readRequest(request.url ?? '/');
    requests.push(asked);
    headers = request.headers;
    send(request, response, script(asked));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    headers: () => headers,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
