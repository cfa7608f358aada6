import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a server that fails on order. */
export interface Way {
  url: string;
  /** Whether connections are broken, and refused. */
  cut(isCut: boolean): void;
  /** Whether connections are taken, and nothing is ever answered: as of a server that has frozen. */
  freeze(isFrozen: boolean): void;
  close(): Promise<void>;
}

/** Opens a way to the server at an address. */
export async function wayTo(url: string): Promise<Way> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let [isCut, isFrozen] = [false, false];
  const dropAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const way = createServer((socket) => {
    if (isCut) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    if (isFrozen) return;
    const onward = connect(Number(target.port), target.hostname);
    sockets.add(onward);
    onward.on('close', () => sockets.delete(onward)).on('error', () => undefined);
    socket.pipe(onward).pipe(socket);
  });
  way.listen(0, '127.0.0.1');
  await once(way, 'listening');
  const address = new URL(url);
  address.port = String((way.address() as AddressInfo).port);
  return {
    url: address.href,
    cut: (now) => {
      isCut = now;
      if (now) dropAll();
    },
    freeze: (now) => {
      isFrozen = now;
      for (const socket of sockets) {
        if (now) socket.unpipe().pause();
        else socket.destroy();
      }
    },
    close: async () => {
      dropAll();
      way.close();
      await once(way, 'close');
    },
  };
}
