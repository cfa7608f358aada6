import type { Socket } from 'node:net';
import { crc32 } from 'node:zlib';
import { type ByteStream, ProtocolError } from './byte-stream.ts';

/** Length, number of the packet, and the checksum at its end. */
const frame = 12;
const largestPacket = 1 << 20;

/** The `full` transport over TCP: core.telegram.org/mtproto/mtproto-transports#full. */
export class FullTransport {
  #received = 0;
  #sent = 0;
  #socket: Socket;
  #stream: ByteStream;

  constructor(socket: Socket, stream: ByteStream) {
    this.#socket = socket;
    this.#stream = stream;
  }

  /** The next packet's content, `null` at the end of the connection. Throws `ProtocolError`. */
  async receive(): Promise<Buffer | null> {
    const head = await this.#stream.take(8);
    if (!head) return null;
    const length = head.readInt32LE(0);
    if (length < frame || length > largestPacket || length % 4 !== 0) {
      throw new ProtocolError(`a packet of ${length} bytes`);
    }
    if (head.readInt32LE(4) !== this.#received) {
      throw new ProtocolError(`packet ${head.readInt32LE(4)}, packet ${this.#received} is next`);
    }
    this.#received += 1;
    const rest = await this.#stream.take(length - 8);
    if (!rest) return null;
    const content = rest.subarray(0, -4);
    if (crc32(content, crc32(head)) !== rest.readUInt32LE(rest.length - 4)) {
      throw new ProtocolError('a packet with a wrong checksum');
    }
    return content;
  }

  send(content: Buffer): void {
    const head = Buffer.alloc(8);
    head.writeInt32LE(content.length + frame, 0);
    head.writeInt32LE(this.#sent, 4);
    this.#sent += 1;
    const sum = Buffer.alloc(4);
    sum.writeUInt32LE(crc32(content, crc32(head)), 0);
    this.#socket.write(Buffer.concat([head, content, sum]));
  }

  /** A transport error, such as -404 for a key that is not known: four bytes in place of a message. */
  sendError(code: number): void {
    const content = Buffer.alloc(4);
    content.writeInt32LE(code, 0);
    this.send(content);
  }
}
