import { createHash, randomBytes } from 'node:crypto';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Api, extensions, helpers } from 'telegram';
import { IGE } from 'telegram/crypto/IGE.js';
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

const sha256 = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
const greeting = 'connecting';
/** What a message begins with that is not encrypted. */
const noKey = Buffer.alloc(8);

let exchange: KeyExchange | undefined;
/** One for all servers of the process: its keys take a while to make. */
const keyExchange = (): KeyExchange => (exchange ??= createKeyExchange());

/** A session with a key of its own, as `telegram login` would give it. */
function makeSession(key: Buffer): string {
  const address = Buffer.from('149.154.167.51');
  const head = Buffer.alloc(3);
  head.writeUInt8(2, 0);
  head.writeInt16BE(address.length, 1);
  const port = Buffer.alloc(2);
  port.writeInt16BE(80, 0);
  return `1${Buffer.concat([head, address, port, key]).toString('base64')}`;
}

function cipherOf(key: Buffer, messageKey: Buffer, side: 'client' | 'server'): IGE {
  const at = side === 'client' ? 0 : 8;
  const one = sha256(messageKey, key.subarray(at, at + 36));
  const two = sha256(key.subarray(at + 40, at + 76), messageKey);
  const aesKey = Buffer.concat([one.subarray(0, 8), two.subarray(8, 24), one.subarray(24, 32)]);
  const vector = Buffer.concat([two.subarray(0, 8), one.subarray(8, 24), two.subarray(24, 32)]);
  return new IGE(aesKey, vector);
}

const keyIdOf = (key: Buffer) => createHash('sha1').update(key).digest().subarray(-8);

/** Cuts a stream into what it is asked for. */
class Reading {
  private data = Buffer.alloc(0);
  private wake: () => void = () => undefined;
  private ended = false;

  constructor(socket: Socket) {
    socket.on('data', (chunk) => {
      this.data = Buffer.concat([this.data, chunk]);
      this.wake();
    });
    socket.on('close', () => {
      this.ended = true;
      this.wake();
    });
    socket.on('error', () => undefined);
  }

  async take(length: number): Promise<Buffer | null> {
    while (this.data.length < length) {
      if (this.ended) return null;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    const taken = this.data.subarray(0, length);
    this.data = this.data.subarray(length);
    return taken;
  }
}

/** Takes the greeting of a SOCKS5 client, whatever it wants to reach. False: it is none. */
async function acceptSocks(socket: Socket, reading: Reading): Promise<boolean> {
  const head = await reading.take(2);
  if (head?.[0] !== 5) return false;
  await reading.take(head[1] ?? 0);
  socket.write(Buffer.from([5, 0]));
  const command = await reading.take(4);
  if (!command) return false;
  const rest = command[3] === 1 ? 4 : ((await reading.take(1))?.[0] ?? 0);
  await reading.take(rest + 2);
  socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
  return true;
}

/** A connection after its greeting: the full transport over TCP, and MTProto 2.0 in it. */
class Connection {
  private sent = 0;
  private lastId = 0n;
  private readonly socket: Socket;
  private readonly reading: Reading;

  constructor(socket: Socket, reading: Reading) {
    this.socket = socket;
    this.reading = reading;
  }

  async receive(): Promise<Buffer | null> {
    const head = await this.reading.take(8);
    const rest = head && (await this.reading.take(head.readInt32LE(0) - 8));
    return rest ? rest.subarray(0, -4) : null;
  }

  send(payload: Buffer): void {
    const head = Buffer.alloc(8);
    head.writeInt32LE(payload.length + 12, 0);
    head.writeInt32LE(this.sent, 4);
    this.sent += 1;
    const body = Buffer.concat([head, payload]);
    const sum = Buffer.alloc(4);
    sum.writeUInt32LE(helpers.crc32(body) >>> 0, 0);
    this.socket.write(Buffer.concat([body, sum]));
  }

  answer(key: Buffer, session: Buffer, body: Buffer): void {
    const now = BigInt(Date.now()) << 22n;
    this.lastId = (now > this.lastId ? now : this.lastId) + 4n;
    const head = Buffer.alloc(32);
    session.copy(head, 8);
    head.writeBigInt64LE(this.lastId + 1n, 16);
    head.writeInt32LE(1, 24);
    head.writeInt32LE(body.length, 28);
    const short = (head.length + body.length + 12) % 16;
    const plain = Buffer.concat([head, body, randomBytes(12 + ((16 - short) % 16))]);
    const messageKey = sha256(key.subarray(96, 128), plain).subarray(8, 24);
    this.send(
      Buffer.concat([keyIdOf(key), messageKey, cipherOf(key, messageKey, 'server').encryptIge(plain)]),
    );
  }
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
      const innerId = Buffer.alloc(8);
      innerId.writeBigInt64LE(BigInt.asIntN(64, BigInt(message.msgId.toString())), 0);
      inner.push({ id: innerId, request: await message.obj });
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
  const keys: Buffer[] = Array.from({ length: accounts }, () => randomBytes(256));
  const requests: ScriptedRequest[] = [];
  const sockets = new Set<Socket>();

  const serve = async (socket: Socket): Promise<void> => {
    const reading = new Reading(socket);
    if (!(await acceptSocks(socket, reading))) return;
    const connection = new Connection(socket, reading);
    let agree: ((packet: Buffer) => Buffer) | undefined;
    for (;;) {
      const packet = await connection.receive();
      if (!packet) return;
      if (packet.subarray(0, 8).equals(noKey)) {
        agree ??= keyExchange().begin((made) => keys.push(made));
        connection.send(agree(packet));
        continue;
      }
      const account = keys.findIndex((key) => keyIdOf(key).equals(packet.subarray(0, 8)));
      const key = keys[account];
      if (!key) return;
      const plain = cipherOf(key, packet.subarray(8, 24), 'client').decryptIge(packet.subarray(24));
      const session = plain.subarray(8, 16);
      const body = plain.subarray(32, 32 + plain.readInt32LE(28));
      for (const { id, request: whole } of await requestsIn(plain.subarray(16, 24), body)) {
        const { method, request } = unwrapped(whole);
        if (method !== greeting) requests.push({ account, method, request });
        const reply =
          script({ account, method, request }) ??
          (method === greeting ? { answer: { getBytes: configuration } } : { refuse: 'METHOD_INVALID' });
        if (reply === 'silence') continue;
        if (reply === 'cut') return void socket.destroy();
        if (reply === 'forget' || 'transport' in reply) {
          const code = Buffer.alloc(4);
          code.writeInt32LE(reply === 'forget' ? -404 : reply.transport, 0);
          connection.send(code);
          continue;
        }
        if ('messages' in reply) {
          for (const body of reply.messages(id)) connection.answer(key, session, body);
          continue;
        }
        if ('late' in reply) await delay(reply.late);
        const content =
          'refuse' in reply
            ? new Api.RpcError({ errorCode: reply.code ?? 400, errorMessage: reply.refuse }).getBytes()
            : reply.answer.getBytes();
        connection.answer(key, session, resultOf(id, content));
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
    sessions: keys.map(makeSession),
    requests,
    publicKey: () => keyExchange().publicKey,
    open: () => sockets.size,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
