import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server under a name of a local network, over plain http: to a browser it is no secure context. */
export interface LanServer {
  origin: string;
  /** What tells the browser where the name leads. */
  browserArguments: readonly string[];
  close(): Promise<void>;
}

/** Passes what is asked of a name on to a server of this machine. */
export async function serveUnderName(name: string, target: string): Promise<LanServer> {
  const { hostname, port, host } = new URL(target);
  const server = createServer((incoming, answer) => {
    const headers = { ...incoming.headers, host };
    const asked = request(
      { hostname, port, path: incoming.url, method: incoming.method, headers },
      (given) => {
        answer.writeHead(given.statusCode ?? 502, given.headers);
        given.pipe(answer);
      },
    );
    asked.on('error', () => answer.destroy());
    incoming.pipe(asked);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://${name}:${(server.address() as AddressInfo).port}`,
    browserArguments: [`--host-resolver-rules=MAP ${name} 127.0.0.1`],
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
