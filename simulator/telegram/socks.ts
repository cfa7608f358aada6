import type { Socket } from 'node:net';
import { type ByteStream, ProtocolError } from './byte-stream.ts';

const version = 5;
const withoutPassword = 0;
const noMethod = 0xff;
const connect = 1;
/** Address types with the bytes they take; a name says its own length. */
const addressLengths: Readonly<Record<number, number>> = { 1: 4, 4: 16 };
const named = 3;

/**
 * The server's part of RFC 1928, for any address: whoever is asked for, this server answers itself. Returns where the
 * client wanted to go, `null` when it left. Throws `ProtocolError`.
 */
export async function acceptSocks(socket: Socket, stream: ByteStream): Promise<string | null> {
  const head = await stream.take(2);
  if (!head) return null;
  if (head[0] !== version) throw new ProtocolError(`SOCKS version ${head[0]}, 5 is spoken here`);
  const methods = await stream.take(head[1] ?? 0);
  if (!methods) return null;
  if (!methods.includes(withoutPassword)) {
    socket.end(Buffer.from([version, noMethod]));
    throw new ProtocolError('SOCKS client does not offer to go without a password');
  }
  socket.write(Buffer.from([version, withoutPassword]));
  const request = await stream.take(4);
  if (!request) return null;
  if (request[0] !== version || request[1] !== connect) {
    throw new ProtocolError(`SOCKS command ${request[1]}, only CONNECT is known`);
  }
  const type = request[3] ?? 0;
  const length = type === named ? (await stream.take(1))?.[0] : addressLengths[type];
  if (length === undefined) throw new ProtocolError(`SOCKS address of type ${type}`);
  const rest = await stream.take(length + 2);
  if (!rest) return null;
  socket.write(Buffer.from([version, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
  const address = rest.subarray(0, length);
  const host = type === named ? address.toString('latin1') : [...address].join('.');
  return `${host}:${rest.readUInt16BE(length)}`;
}
