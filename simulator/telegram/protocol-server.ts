import { randomBytes } from 'node:crypto';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { Api } from 'telegram';
import type { AuthKey } from './auth-key.ts';
import { ByteStream, ProtocolError } from './byte-stream.ts';
import { Connection, type Writable } from './connection.ts';
import { FullTransport } from './full-transport.ts';
import { acceptSocks } from './socks.ts';

/**
 * What becomes of a request: an answer (after `delay` real milliseconds), silence, the end of the connection, or the
 * transport's -404 for a key that the server does not know any more.
 */
export type Reply = { result: Writable; delay?: number } | 'silence' | 'cut' | 'forget';

/** What stands behind the protocol. */
export interface ProtocolHandler<Account> {
  /** Whose key begins with these 8 bytes; `null` is answered with -404. */
  accountOf(keyId: Buffer): { account: Account; key: AuthKey } | null;
  reply(account: Account, request: Api.AnyRequest, connection: object): Reply | Promise<Reply>;
  /** What becomes of a new connection, before a word is said; it goes on without one. */
  greet?(): 'silence' | 'cut' | null;
  /** A breach of the protocol, in words. */
  broken(what: string): void;
}

/** A running server of the protocol. */
export interface ProtocolServer {
  port: number;
  /** Connections that are open. */
  open(): number;
  /** Ends the server and all its connections. */
  close(): Promise<void>;
}

const unknownKey = -404;

/**
 * Serves MTProto 2.0 over the full transport on loopback, behind the greeting of a SOCKS5 proxy: a client that is sent
 * through that proxy comes here whatever address it dials. Keys are ready; none is agreed on here.
 */
export async function serveProtocol<Account>(
  handler: ProtocolHandler<Account>,
  options: { port?: number; host?: string } = {},
): Promise<ProtocolServer> {
  const salt = randomBytes(8).readBigUInt64LE(0);
  const sockets = new Set<Socket>();

  const respond = async (
    socket: Socket,
    connection: Connection,
    account: Account,
    packet: Buffer,
    transport: FullTransport,
  ): Promise<void> => {
    for (const { id, request } of await connection.read(packet)) {
      const reply = await handler.reply(account, request, connection);
      if (reply === 'cut') {
        socket.resetAndDestroy();
        return;
      }
      if (reply === 'forget') {
        transport.sendError(unknownKey);
      } else if (reply !== 'silence' && reply.delay !== undefined) {
        setTimeout(() => connection.answer(id, reply.result), reply.delay).unref();
      } else if (reply !== 'silence') {
        connection.answer(id, reply.result);
      }
    }
  };

  const serve = async (socket: Socket): Promise<void> => {
    const stream = new ByteStream(socket);
    const greeting = handler.greet?.() ?? null;
    if (greeting === 'silence') return;
    if (greeting === 'cut') return void socket.resetAndDestroy();
    if ((await acceptSocks(socket, stream)) === null) return;
    const transport = new FullTransport(socket, stream);
    let known: { account: Account; connection: Connection } | null = null;
    for (;;) {
      const packet = await transport.receive();
      if (!packet) return;
      const found = handler.accountOf(packet.subarray(0, 8));
      if (!found) {
        transport.sendError(unknownKey);
        continue;
      }
      known ??= { account: found.account, connection: new Connection(transport, found.key, salt) };
      await respond(socket, known.connection, known.account, packet, transport);
    }
  };

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serve(socket).catch((error: unknown) => {
      const isBreach = error instanceof ProtocolError;
      handler.broken(isBreach ? error.message : `not understood: ${String(error)}`);
      socket.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    open: () => sockets.size,
    close: async () => {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
