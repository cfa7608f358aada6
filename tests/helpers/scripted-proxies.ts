import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';

/** A proxy on loopback, which leads every connection to one server, whatever host is asked for. */
export interface ScriptedProxy {
  port: number;
  /** What was asked of it: `CONNECT t.me:443`, `socks5 127.0.0.1:8080`. */
  asked: string[];
  /** Names and passwords it was given. */
  credentials: string[];
  close(): Promise<void>;
}

function through(client: Socket, server: Socket): void {
  client.pipe(server).pipe(client);
  client.on('error', () => server.destroy());
  server.on('error', () => client.destroy());
}

async function listen(onSocket: (socket: Socket) => void): Promise<Pick<ScriptedProxy, 'port' | 'close'>> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    onSocket(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** A proxy that speaks HTTP: requests with a whole address, and CONNECT. */
export async function serveHttpProxy(target: number): Promise<ScriptedProxy> {
  const asked: string[] = [];
  const credentials: string[] = [];
  const proxy = await listen((socket) => {
    socket.once('data', (head) => {
      const text = head.toString('latin1');
      const [line = ''] = text.split('\r\n');
      asked.push(line.replace(/ HTTP\/1\.1$/, ''));
      const basic = /^proxy-authorization: basic (\S+)/im.exec(text)?.[1];
      if (basic !== undefined) credentials.push(Buffer.from(basic, 'base64').toString('utf8'));
      const server = connect(target, '127.0.0.1', () => {
        if (line.startsWith('CONNECT ')) socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        else server.write(text.replace(/^GET http:\/\/[^/]+/, 'GET '), 'latin1');
        through(socket, server);
      });
    });
  });
  return { ...proxy, asked, credentials };
}

/** A SOCKS5 proxy; with a name and a password where the client brings them. */
export async function serveSocksProxy(target: number): Promise<ScriptedProxy> {
  const asked: string[] = [];
  const credentials: string[] = [];
  const connected = (socket: Socket, request: Buffer): void => {
    const [, , , type = 0, length = 0] = request;
    const host =
      type === 3 ? request.toString('latin1', 5, 5 + length) : [...request.subarray(4, 8)].join('.');
    asked.push(`socks5 ${host}:${request.readUInt16BE(request.length - 2)}`);
    const server = connect(target, '127.0.0.1', () => {
      socket.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]));
      through(socket, server);
    });
  };
  const proxy = await listen((socket) => {
    socket.once('data', (greeting) => {
      const wantsName = greeting.subarray(2).includes(2);
      socket.write(Buffer.from([5, wantsName ? 2 : 0]));
      if (!wantsName) {
        socket.once('data', (request) => connected(socket, request));
        return;
      }
      socket.once('data', (login) => {
        const [, length = 0] = login;
        credentials.push(`${login.toString('utf8', 2, 2 + length)}:${login.toString('utf8', 3 + length)}`);
        socket.write(Buffer.from([1, 0]));
        socket.once('data', (request) => connected(socket, request));
      });
    });
  });
  return { ...proxy, asked, credentials };
}
