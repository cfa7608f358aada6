import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { readSettings } from '../../domain/settings.ts';
import { checkVk, wordsOf } from './doctor-checks.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test.each([301, 302, 303, 307, 308])('a key is not passed on where VK answers %d', async (status) => {
  let asked = 0;
  const elsewhere = await serve((_request, response) => {
    asked += 1;
    response.end('{"response":[]}');
  });
  const url = await serve((_request, response) => {
    response.writeHead(status, { location: `${elsewhere}/method/groups.getById` }).end();
  });
  const settings = readSettings(
    { VK_TOKENS: 'service-key', VK_API_URL: `${url}/method` },
    { readFile: () => '', now: new Date('2026-07-01T00:00:00Z') },
  );
  const findings = await checkVk(settings, 1, wordsOf('en'), new AbortController().signal);
  expect(findings).toEqual([
    {
      level: 'bad',
      text: `VK: ${new URL(url).host} sends on to ${new URL(elsewhere).host}; the key was not passed there. Look after the setting VK_API_URL and the network.`,
    },
  ]);
  expect(asked).toBe(0);
});
