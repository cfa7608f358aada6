import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { crc32 } from 'node:zlib';

const sha256 = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
const greeting = [Buffer.from([5, 1, 0]), Buffer.from([5, 1, 0, 1, 127, 0, 0, 1, 0, 80])];
const greeted = 2 + 10;

/** Takes whole packets off a stream that grows; `cut` gives one and its length in the stream, or `null`. */
function packets(cut: (data: Buffer) => { packet: Buffer; length: number } | null) {
  let data = Buffer.alloc(0);
  return (chunk: Buffer): Buffer[] => {
    data = Buffer.concat([data, chunk]);
    const whole: Buffer[] = [];
    for (let next = cut(data); next; next = cut(data)) {
      whole.push(next.packet);
      data = data.subarray(next.length);
    }
    return whole;
  };
}

function abridged(packet: Buffer): Buffer {
  const words = packet.length >> 2;
  const head = words < 127 ? [words] : [127, words & 255, (words >> 8) & 255, words >> 16];
  return Buffer.concat([Buffer.from(head), packet]);
}

function cutAbridged(data: Buffer) {
  const isLong = data[0] === 127;
  if (data.length < (isLong ? 4 : 1)) return null;
  const start = isLong ? 4 : 1;
  const length = start + 4 * (isLong ? data.readUIntLE(1, 3) : (data[0] ?? 0));
  return data.length < length ? null : { packet: data.subarray(start, length), length };
}

function full(packet: Buffer, number: number): Buffer {
  const head = Buffer.alloc(8);
  head.writeInt32LE(packet.length + 12, 0);
  head.writeInt32LE(number, 4);
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(crc32(packet, crc32(head)), 0);
  return Buffer.concat([head, packet, sum]);
}

function cutFull(data: Buffer) {
  const length = data.length < 4 ? Infinity : data.readInt32LE(0);
  return data.length < length ? null : { packet: data.subarray(8, length - 4), length };
}

/** Whatever the client sends first, 64 bytes, tells the keys of both directions, with the secret mixed in. */
function ciphersOf(header: Buffer, secret: Buffer) {
  const reversed = Buffer.from(header.subarray(8, 56)).reverse();
  const key = (bytes: Buffer) => sha256(bytes.subarray(0, 32), secret);
  const decipher = createDecipheriv('aes-256-ctr', key(header.subarray(8, 40)), header.subarray(40, 56));
  const isAbridged = decipher.update(header).subarray(56, 60).equals(Buffer.from('efefefef', 'hex'));
  const cipher = createCipheriv('aes-256-ctr', key(reversed), reversed.subarray(32, 48));
  return isAbridged ? { decipher, cipher } : null;
}

/**
 * An MTProxy in front of a server that stands behind SOCKS (`socks5://host:port`): core.telegram.org/mtproto/mtproto-transports.
 * Gives its address as a setting. A client with another secret gets no answer.
 */
export async function serveMtProxy(
  behind: string,
  secret: string,
): Promise<{ url: string; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const { hostname, port } = new URL(behind);
    const upstream = connect(Number(port), hostname);
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    for (const part of greeting) upstream.write(part);
    let header = Buffer.alloc(0);
    let ciphers: ReturnType<typeof ciphersOf> = null;
    let sent = 0;
    const take = packets(cutAbridged);
    client.on('data', (chunk) => {
      const missing = 64 - header.length;
      header = Buffer.concat([header, chunk.subarray(0, missing)]);
      if (header.length < 64) return;
      if (missing > 0) ciphers = ciphersOf(header, Buffer.from(secret, 'hex'));
      const rest = chunk.subarray(missing);
      for (const packet of ciphers ? take(ciphers.decipher.update(rest)) : []) {
        upstream.write(full(packet, sent));
        sent += 1;
      }
    });
    let skipped = 0;
    const give = packets(cutFull);
    upstream.on('data', (chunk) => {
      const skip = Math.min(greeted - skipped, chunk.length);
      skipped += skip;
      for (const packet of give(chunk.subarray(skip))) {
        if (ciphers) client.write(ciphers.cipher.update(abridged(packet)));
      }
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `mtproxy://127.0.0.1:${(server.address() as AddressInfo).port}/${secret}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}
