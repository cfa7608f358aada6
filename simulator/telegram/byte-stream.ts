import type { Socket } from 'node:net';

/** What a peer sent that its protocol does not allow; the connection ends. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

/** Cuts what comes over a socket into as many bytes as are asked for. */
export class ByteStream {
  #data = Buffer.alloc(0);
  #ended = false;
  #wake: () => void = () => undefined;

  constructor(socket: Socket) {
    socket.on('data', (chunk) => {
      this.#data = Buffer.concat([this.#data, chunk]);
      this.#wake();
    });
    socket.on('close', () => {
      this.#ended = true;
      this.#wake();
    });
    // A peer may leave in any way it likes; `close` follows.
    socket.on('error', () => undefined);
  }

  /** The next bytes; `null` when the connection has ended before they came. */
  async take(length: number): Promise<Buffer | null> {
    while (this.#data.length < length) {
      if (this.#ended) {
        return null;
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const taken = this.#data.subarray(0, length);
    this.#data = this.#data.subarray(length);
    return taken;
  }
}
