import { Api, Logger, sessions, TelegramClient } from 'telegram';
import type { TelegramServer } from './serve.ts';

class Quiet extends Logger {
  override canSend(): boolean {
    return false;
  }
  override _log(): void {
    // What the client tells on its way is no matter of a test's.
  }
}

/** A real client of an account, connected through the server's proxy. */
export async function connectClient(
  server: TelegramServer,
  options: { session?: string; apiId?: number } = {},
): Promise<TelegramClient> {
  const client = new TelegramClient(
    new sessions.StringSession(options.session ?? server.sessions[0] ?? ''),
    options.apiId ?? server.apiId,
    'hash',
    {
      baseLogger: new Quiet(),
      proxy: { ip: '127.0.0.1', port: server.port, socksType: 5 },
      securityChecks: true,
      floodSleepThreshold: 0,
      connectionRetries: 1,
      reconnectRetries: -1,
      requestRetries: 1,
    },
  );
  client.onError = async () => undefined;
  await client.connect();
  return client;
}

/** How an account reaches the channel of a name. */
export async function reach(client: TelegramClient, username: string): Promise<Api.InputChannel> {
  const found = await client.invoke(new Api.contacts.ResolveUsername({ username }));
  const [chat] = found.chats;
  if (!(chat instanceof Api.Channel) || !chat.accessHash) throw new Error(`${username} is no channel`);
  return new Api.InputChannel({ channelId: chat.id, accessHash: chat.accessHash });
}
