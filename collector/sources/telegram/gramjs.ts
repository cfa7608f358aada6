import type { Logger } from 'pino';
import type { TelegramClient } from 'telegram';
import { TelegramFailure } from './errors.ts';
import type { Gramjs } from './gramjs-type.ts';
import type { Proxy } from './proxy.ts';
import { guardSchema } from './schema-guard.ts';
import { boundUnpacking, createSockets, tooLarge } from './sockets.ts';
import { brief } from './values.ts';

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
  maxAttempts?: number;
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
  /** An answer is waited for: as many bytes as one may have are taken from now on. */
  expect(): void;
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

/** What a client tells of its connection. */
export interface ClientEvents {
  /** It is made, and the key is agreed on. */
  onConnected(): void;
  /** Nothing more comes of the connection, where gramjs itself would wait for ever. */
  onBroken(failure: TelegramFailure): void;
}

/** Makes a client for a session ('' makes a new one), not yet connected. Throws `TelegramFailure` for what is no session. */
export async function createClient(
  secret: string,
  settings: ClientSettings,
  { onConnected, onBroken }: ClientEvents,
): Promise<Client> {
  const gramjs = await import('telegram');
  const { UpdateConnectionState } = await import('telegram/network/index.js');
  await boundUnpacking();
  await guardSchema(gramjs);
  const { log } = settings;

  class WatchedSession extends gramjs.sessions.StringSession {
    // Entities are kept in a store of our own; the state of the connection passes through here as well.
    override processEntities(change: unknown): void {
      if (!(change instanceof UpdateConnectionState)) return;
      if (change.state === UpdateConnectionState.broken) onBroken(TelegramFailure.forgotten());
      if (change.state === UpdateConnectionState.connected) onConnected();
    }
  }

  class BriefClient extends gramjs.TelegramClient {
    // As if it ran already: the loop of pings outlives the client, and a connection of ours lives for minutes.
    protected override _loopStarted = true;
    // A key holds for one server: whoever reads and is sent to another has to sign in there.
    override async _switchDC(server: number): Promise<boolean> {
      if ((settings.maxAttempts ?? 1) > 1) return await super._switchDC(server);
      throw movedTo(server);
    }
  }

  const sockets = createSockets(gramjs, () => onBroken(tooLarge()));
  const session = new WatchedSession(secret);
  const client = new BriefClient(session, settings.apiId, settings.apiHash, {
    baseLogger: createLogger(gramjs, log),
    networkSocket: sockets.KnownSocket,
    ...(settings.proxy ? { proxy: settings.proxy } : {}),
    // Off as by default: an answer names its request, so that one said again finds none, and a server that numbers
    // carelessly is not dropped unheard.
    securityChecks: false,
    floodSleepThreshold: 0,
    connectionRetries: settings.maxAttempts ?? 1,
    // Below zero: a connection that is cut ends what waits for it, and is not made again by itself.
    reconnectRetries: -1,
    requestRetries: settings.maxAttempts ?? 1,
    retryDelay: 0,
    deviceModel: 'ProfPulse',
    systemVersion: `Node ${process.versions.node}`,
    appVersion: '1.0',
  });
  let trouble = '';
  client.onError = async (error) => {
    if (error instanceof TelegramFailure) onBroken(error);
    trouble = error instanceof AggregateError ? error.errors.join(', ') : String(error.message ?? error);
    log.debug({ cause: trouble }, 'gramjs met an error');
  };
  return {
    gramjs,
    client,
    ready: () => client._connectedDeferred.resolve(),
    session: () => session.save(),
    expect: sockets.expect,
    trouble: () => trouble,
    closeSockets: sockets.close,
  };
}

/** What reading an answer throws that is cut short, or whose parts are not what their class says. */
function isUnreadable(error: unknown): boolean {
  if (error instanceof TypeError || error instanceof RangeError) return true;
  return (
    error instanceof Error &&
    /^(No more data left|Invalid (boolean|constructor)|\w+ is a required attribute)/.test(error.message)
  );
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
  if (isUnreadable(error)) return TelegramFailure.fromBroken(error);
  const text = error instanceof Error ? error.message : String(error);
  if (/^Request was unsuccessful/.test(text)) {
    return new TelegramFailure('passing', 'telegram: the server had trouble of its own');
  }
  return new TelegramFailure('unreachable', `network: the connection to Telegram was cut (${brief(text)})`);
}
