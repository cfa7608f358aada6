import type { Logger } from 'pino';
import type { TelegramClient } from 'telegram';
import { TelegramFailure } from './errors.ts';
import type { Proxy } from './proxy.ts';

/** gramjs, loaded when first needed: its schema alone takes longer to read than the rest of the collector. */
export type Gramjs = typeof import('telegram');

/** What a client is made of. */
export interface ClientSettings {
  /** `TELEGRAM_API_ID` and `TELEGRAM_API_HASH`. */
  apiId: number;
  apiHash: string;
  proxy: Proxy | null;
  /**
   * How often gramjs sends a request, or agrees on a key, by itself; 1 when left out. Only a login needs more: it may be
   * sent to another server, and gramjs takes keys that begin with a zero byte (one of 256) for broken.
   */
  tries?: number;
  log: Logger;
}

/** A client of gramjs's that can be got rid of. */
export interface Client {
  gramjs: Gramjs;
  client: TelegramClient;
  /** Lets calls be made, whether the first one was answered or not. */
  ready(): void;
  /** The session as it is now, with the key agreed on while connecting. */
  session(): string;
  /** What went wrong on the way to the server, in its own words; '' when nothing did. */
  trouble(): string;
  /** Closes every socket there is, and lets none be opened any more. */
  closeSockets(): Promise<void>;
}

/** gramjs's own words at the levels they deserve here: it calls every closing of a connection a warning. */
const levels = { error: 'warn', warn: 'debug', info: 'trace', debug: 'trace' } as const;

/** gramjs writes to the console whatever its logger says it would send: this one sends nothing and notes all. */
function createLogger(gramjs: Gramjs, log: Logger) {
  class QuietLogger extends gramjs.Logger {
    override canSend(): boolean {
      return false;
    }
    override _log(level: string, message: string): void {
      log[levels[level as keyof typeof levels] ?? 'trace'](`gramjs: ${message}`);
    }
  }
  return new QuietLogger();
}

/** Sockets that are known, so that those a destroyed client would leave behind can be closed. */
function createSockets(gramjs: Gramjs) {
  const { PromisedNetSockets } = gramjs.extensions;
  const opened = new Set<InstanceType<typeof PromisedNetSockets>>();
  let isClosed = false;
  class KnownSocket extends PromisedNetSockets {
    override async connect(port: number, ip: string): Promise<this> {
      if (isClosed) throw new Error('the connection was given up');
      opened.add(this);
      await super.connect(port, ip);
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
  return { KnownSocket, close };
}

/** What a client tells of its connection. */
export interface ClientEvents {
  /** It is made, and the key is agreed on. */
  onConnected(): void;
  /** The server does not know the session's key any more: gramjs itself would wait for ever. */
  onForgotten(): void;
}

/** Makes a client for a session ('' makes a new one), not yet connected. Throws `TelegramFailure` for what is no session. */
export async function createClient(
  secret: string,
  settings: ClientSettings,
  { onConnected, onForgotten }: ClientEvents,
): Promise<Client> {
  const gramjs = await import('telegram');
  const { UpdateConnectionState } = await import('telegram/network/index.js');
  const { log } = settings;

  class WatchedSession extends gramjs.sessions.StringSession {
    // Entities are kept in a store of our own; the state of the connection passes through here as well.
    override processEntities(change: unknown): void {
      if (!(change instanceof UpdateConnectionState)) return;
      if (change.state === UpdateConnectionState.broken) onForgotten();
      if (change.state === UpdateConnectionState.connected) onConnected();
    }
  }

  class BriefClient extends gramjs.TelegramClient {
    // As if it ran already: the loop of pings outlives the client, and a connection of ours lives for minutes.
    protected override _loopStarted = true;
    // A key holds for one server: whoever reads and is sent to another has to sign in there.
    override async _switchDC(server: number): Promise<boolean> {
      if ((settings.tries ?? 1) > 1) return await super._switchDC(server);
      throw movedTo(server);
    }
  }

  const sockets = createSockets(gramjs);
  const session = new WatchedSession(secret);
  const client = new BriefClient(session, settings.apiId, settings.apiHash, {
    baseLogger: createLogger(gramjs, log),
    networkSocket: sockets.KnownSocket,
    ...(settings.proxy ? { proxy: settings.proxy } : {}),
    // Off as by default: an answer names its request, so that one said again finds none, and a server that numbers
    // carelessly is not dropped unheard.
    securityChecks: false,
    floodSleepThreshold: 0,
    connectionRetries: settings.tries ?? 1,
    // Below zero: a connection that is cut ends what waits for it, and is not made again by itself.
    reconnectRetries: -1,
    requestRetries: settings.tries ?? 1,
    retryDelay: 0,
    deviceModel: 'ProfPulse',
    systemVersion: `Node ${process.versions.node}`,
    appVersion: '1.0',
  });
  let trouble = '';
  client.onError = async (error) => {
    trouble = error instanceof AggregateError ? error.errors.join(', ') : String(error.message ?? error);
    log.debug({ cause: trouble }, 'gramjs met an error');
  };
  return {
    gramjs,
    client,
    ready: () => client._connectedDeferred.resolve(),
    session: () => session.save(),
    trouble: () => trouble,
    closeSockets: sockets.close,
  };
}

function movedTo(server: number): TelegramFailure {
  return TelegramFailure.fromWord(`USER_MIGRATE_${server}`, 303);
}

/** What an error thrown by gramjs means; what it throws for a connection that was cut is a mere text. */
export function failureOf(error: unknown, gramjs: Gramjs): TelegramFailure {
  if (error instanceof TelegramFailure) return error;
  const { FloodWaitError, FloodTestPhoneWaitError, SlowModeWaitError } = gramjs.errors;
  const { RPCError, BadMessageError, TypeNotFoundError } = gramjs.errors;
  // Their word is just FLOOD, and the seconds stand beside it.
  if (
    error instanceof FloodWaitError ||
    error instanceof FloodTestPhoneWaitError ||
    error instanceof SlowModeWaitError
  ) {
    return TelegramFailure.fromWait(error.seconds);
  }
  // Neither does the error of a move hold its word.
  if ('newDc' in Object(error)) return movedTo((error as { newDc: number }).newDc);
  if (error instanceof BadMessageError) {
    return new TelegramFailure('passing', 'telegram: the server did not take a message as it was sent');
  }
  if (error instanceof RPCError) return TelegramFailure.fromWord(error.errorMessage, error.code ?? null);
  if (error instanceof TypeNotFoundError) {
    return new TelegramFailure(
      'unknown',
      'broken: Telegram answered with something this version does not know',
    );
  }
  const text = error instanceof Error ? error.message : String(error);
  if (/^Request was unsuccessful/.test(text)) {
    return new TelegramFailure('passing', 'telegram: the server had trouble of its own');
  }
  return new TelegramFailure('unreachable', `network: the connection to Telegram was cut (${text})`);
}
