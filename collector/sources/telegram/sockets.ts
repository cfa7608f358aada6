import type { Socket } from 'node:net';
import { unzipSync } from 'node:zlib';
import { TelegramFailure } from './errors.ts';
import type { Gramjs } from './gramjs-type.ts';

/** No answer is larger, packed or unpacked: 100 messages with all that belongs to them are a few MB. */
const mostBytes = 16 * 1024 * 1024;

/** The failure that an answer is which does not end. */
export function tooLarge(): TelegramFailure {
  const cause = `broken: Telegram’s answer has more than ${mostBytes / 1024 / 1024} MB`;
  return new TelegramFailure('too_large', cause);
}

/** gramjs opens whatever is packed, however large it turns out to be: this opens so much and no more. */
export async function boundUnpacking(): Promise<void> {
  const { GZIPPacked } = await import('telegram/tl/core/index.js');
  GZIPPacked.ungzip = (packed: Buffer): Buffer => {
    try {
      return unzipSync(packed, { maxOutputLength: mostBytes });
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge() : error;
    }
  };
}

/**
 * Sockets that are known, so that those a destroyed client would leave behind can be closed; each is closed when more
 * comes than one answer may have.
 */
export function createSockets(gramjs: Gramjs, onTooLarge: () => void) {
  const { PromisedNetSockets } = gramjs.extensions;
  const opened = new Set<InstanceType<typeof PromisedNetSockets>>();
  let isClosed = false;
  let received = 0;
  const count = ({ length }: Buffer): void => {
    received += length;
    if (received <= mostBytes) return;
    onTooLarge();
    void close();
  };
  class KnownSocket extends PromisedNetSockets {
    override async connect(port: number, ip: string): Promise<this> {
      if (isClosed) throw new Error('the connection was given up');
      opened.add(this);
      await super.connect(port, ip);
      (this as unknown as { client?: Socket }).client?.on('data', count);
      if (isClosed) {
        await this.close();
        throw new Error('the connection was given up');
      }
      return this;
    }
  }
  const close = async (): Promise<void> => {
    isClosed = true;
    for (const socket of opened) await socket.close();
  };
  const expect = (): void => {
    received = 0;
  };
  return { KnownSocket, close, expect };
}
