import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line to a server on loopback that can be cut, frozen and taken away. */
export interface TcpProxy {
  readonly port: number;
  /** Breaks every connection of the moment; new ones are taken. */
  cut(): void;
  /** Lets nothing through in either direction, and breaks nothing, as a server that has stopped. */
  freeze(): void;
  /** Lets all through again, what was held back first. */
  thaw(): void;
  /** Breaks every connection, and takes no new ones until `comeBack`. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  /** Takes so many connections at once, and tells others as PostgreSQL does that there are too many. */
  limit(most: number): void;
  /** Connections of the moment. */
  connections(): number;
  /** How many were told that there are too many. */
  refused(): number;
  close(): Promise<void>;
}

/** PostgreSQL's error 53300 in its protocol: a type, a length, fields that end with a zero, and a zero. */
const tooMany = ((): Buffer => {
  const fields = Buffer.from('SFATAL\0VFATAL\0C53300\0Msorry, too many clients already\0\0');
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
})();

/** Opens a line to a port of this machine. */
export async function openProxy(target: number): Promise<TcpProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let isFrozen = false;
  let port = 0;
  let most = Infinity;
  let refused = 0;

  const take = (near: Socket): void => {
    if (pairs.size >= most) {
      refused += 1;
      near.on('error', () => undefined);
      near.once('data', () => near.end(tooMany));
      return;
    }
    const far = connect(target, '127.0.0.1');
    const pair = [near, far] as const;
    pairs.add(pair);
    for (const [from, to] of [pair, [far, near]] as const) {
      from.on('data', (bytes) => void to.write(bytes));
      // The other end is broken too, by a reset: nobody says goodbye on a line that is cut.
      from.on('error', () => to.resetAndDestroy());
      from.on('close', () => {
        pairs.delete(pair);
        to.destroy();
      });
      if (isFrozen) from.pause();
    }
  };
  const server = createServer(take);
  const listen = async (): Promise<void> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  };
  const cut = (): void => {
    for (const [near, far] of pairs) {
      near.resetAndDestroy();
      far.destroy();
    }
  };
  const goAway = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    cut();
    await closed;
  };
  await listen();
  return {
    port,
    cut,
    freeze: () => {
      isFrozen = true;
      for (const pair of pairs) for (const socket of pair) socket.pause();
    },
    thaw: () => {
      isFrozen = false;
      for (const pair of pairs) for (const socket of pair) socket.resume();
    },
    goAway,
    comeBack: listen,
    limit: (connections) => (most = connections),
    connections: () => pairs.size,
    refused: () => refused,
    close: goAway,
  };
}
