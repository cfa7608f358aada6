import { randomBytes } from 'node:crypto';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Api, extensions } from 'telegram';
import { systemClock } from '#domain/clock.ts';
import { AuthKey, sessionOf } from '#simulator/telegram/auth-key.ts';
import { ByteStream } from '#simulator/telegram/byte-stream.ts';
import { FullTransport } from '#simulator/telegram/full-transport.ts';
import { acceptSocks } from '#simulator/telegram/socks.ts';
import type { KeyExchange, PublicKey } from './telegram-key-exchange.ts';
import { createKeyExchange } from './telegram-key-exchange.ts';

/** A request as the script sees it. */
export interface ScriptedRequest {
  /** Which session it came with, from 0 on. */
  account: number;
  /** `messages.GetHistory` and the like. */
  method: string;
  request: Api.AnyRequest;
}

/**
 * What the server does: answers, refuses with Telegram's word, says nothing, cuts the connection, says an error of the
 * transport (-404: it has forgotten the key), answers late (milliseconds), or sends messages that the script has written
 * itself, for a request of this id.
 */
export type ScriptedReply =
  | { answer: { getBytes(): Buffer } }
  | { refuse: string; code?: number }
  | { late: number; answer: { getBytes(): Buffer } }
  | { messages: (id: Buffer) => Buffer[] }
  | { transport: number }
  | 'silence'
  | 'cut'
  | 'forget';

export interface ScriptedTelegram {
  /** `TELEGRAM_PROXY`: Telegram behind a SOCKS server, since gramjs dials the addresses and ports it knows. */
  proxy: string;
  /** `TELEGRAM_SESSIONS`. */
  sessions: string[];
  requests: ScriptedRequest[];
  /** For clients that have no session yet; `trustServer` makes them take it for Telegram's. */
  publicKey(): PublicKey;
  /** Connections that are open. */
  open(): number;
  close(): Promise<void>;
}

const greeting = 'connecting';
/** What a message begins with that is not encrypted. */
const noKey = Buffer.alloc(8);

let exchange: KeyExchange | undefined;
/** One for all servers of the process: its keys take a while to make. */
const keyExchange = (): KeyExchange => (exchange ??= createKeyExchange());

/** Sends messages with ids that rise. */
class Sender {
  private readonly transport: FullTransport;
  private lastId = 0n;

  constructor(transport: FullTransport) {
    this.transport = transport;
  }

  send(key: AuthKey, session: bigint, body: Buffer): void {
    const now = BigInt(systemClock.now().getTime()) << 22n;
    this.lastId = (now > this.lastId ? now : this.lastId) + 4n;
    this.transport.send(key.seal({ salt: 0n, session, id: this.lastId + 1n, number: 1, body }));
  }
}

/** An id as it stands in a message. */
function bytesOfId(id: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt.asUintN(64, id), 0);
  return bytes;
}

interface Incoming {
  id: Buffer;
  request: Api.AnyRequest;
}

/** The requests in one message; containers and packed ones opened, acknowledgements left out. */
async function requestsIn(id: Buffer, body: Buffer): Promise<Incoming[]> {
  const object = await (new extensions.BinaryReader(body).tgReadObject() as Promise<unknown>);
  const opened = object as {
    className?: string;
    messages?: { msgId: { toString(): string }; obj: Promise<Api.AnyRequest> }[];
    data?: Buffer;
    query?: unknown;
  };
  if (opened.messages) {
    const inner: Incoming[] = [];
    for (const message of opened.messages) {
      inner.push({ id: bytesOfId(BigInt(message.msgId.toString())), request: await message.obj });
    }
    return inner.filter(({ request }) => request.className !== ('MsgsAck' as string));
  }
  if (opened.data && opened.className === undefined) return await requestsIn(id, opened.data);
  return opened.className === 'MsgsAck' ? [] : [{ id, request: object as Api.AnyRequest }];
}

/** What a method is called with, inside of what wraps the first call of a connection. */
function unwrapped(request: Api.AnyRequest): { method: string; request: Api.AnyRequest } {
  let inner = request as { className: string; query?: Api.AnyRequest };
  let isFirst = false;
  while (inner.query && /^(InvokeWithLayer|InitConnection)$/.test(inner.className)) {
    inner = inner.query as typeof inner;
    isFirst = true;
  }
  return { method: isFirst ? greeting : inner.className, request: inner as Api.AnyRequest };
}

/** What is sent as the answer to a request. */
export function resultOf(id: Buffer, content: Buffer): Buffer {
  const code = Buffer.alloc(4);
  code.writeUInt32LE(0xf35c6d01, 0);
  return Buffer.concat([code, id, content]);
}

function configuration(): Buffer {
  // The client wants an answer to its first call and looks at none of it.
  return new Api.updates.State({ pts: 1, qts: 1, date: 1, seq: 1, unreadCount: 0 }).getBytes();
}

/**
 * Telegram's servers for so many accounts, as a script has them answer; whoever agrees on a key with them makes one
 * account more. The first call of a connection is answered by
 * the server itself, unless the script has a reply to the method `connecting`.
 */
export async function serveTelegramScript(
  accounts: number,
  script: (request: ScriptedRequest) => ScriptedReply | undefined,
): Promise<ScriptedTelegram> {
  const made = Array.from({ length: accounts }, () => randomBytes(256));
  const keys = made.map((key) => new AuthKey(key));
  const requests: ScriptedRequest[] = [];
  const sockets = new Set<Socket>();

  const serve = async (socket: Socket): Promise<void> => {
    const stream = new ByteStream(socket);
    if ((await acceptSocks(socket, stream)) === null) return;
    const transport = new FullTransport(socket, stream);
    const sender = new Sender(transport);
    let agree: ((packet: Buffer) => Buffer) | undefined;
    for (;;) {
      const packet = await transport.receive();
      if (!packet) return;
      if (packet.subarray(0, 8).equals(noKey)) {
        agree ??= keyExchange().begin((agreed) => keys.push(new AuthKey(agreed)));
        transport.send(agree(packet));
        continue;
      }
      const account = keys.findIndex((key) => key.id.equals(packet.subarray(0, 8)));
      const key = keys[account];
      if (!key) return;
      const message = key.open(packet);
      for (const { id, request: whole } of await requestsIn(bytesOfId(message.id), message.body)) {
        const { method, request } = unwrapped(whole);
        if (method !== greeting) requests.push({ account, method, request });
        const reply =
          script({ account, method, request }) ??
          (method === greeting ? { answer: { getBytes: configuration } } : { refuse: 'METHOD_INVALID' });
        if (reply === 'silence') continue;
        if (reply === 'cut') return void socket.destroy();
        if (reply === 'forget' || 'transport' in reply) {
          transport.sendError(reply === 'forget' ? -404 : reply.transport);
          continue;
        }
        if ('messages' in reply) {
          for (const body of reply.messages(id)) sender.send(key, message.session, body);
          continue;
        }
        if ('late' in reply) await delay(reply.late);
        const content =
          'refuse' in reply
            ? new Api.RpcError({ errorCode: reply.code ?? 400, errorMessage: reply.refuse }).getBytes()
            : reply.answer.getBytes();
        sender.send(key, message.session, resultOf(id, content));
      }
    }
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serve(socket).catch(() => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    proxy: `socks5://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sessions: made.map(sessionOf),
    requests,
    publicKey: () => keyExchange().publicKey,
    open: () => sockets.size,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
