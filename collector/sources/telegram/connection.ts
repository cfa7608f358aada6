import type { Api } from 'telegram';
import type { Clock } from '#domain/clock.ts';
import { within } from './deadline.ts';
import { TelegramFailure } from './errors.ts';
import type { ClientSettings } from './gramjs.ts';
import type { Gramjs } from './gramjs-type.ts';
import { createClient, failureOf } from './gramjs.ts';

/** What every connection shares. Times in milliseconds of `timer`. */
export interface ConnectionSettings extends ClientSettings {
  /** Connecting, and any one call, without an answer for so long has failed. */
  deadline: number;
  timer: Clock;
}

/** A request, made when gramjs is loaded. */
export type MakeRequest<Request extends Api.AnyRequest> = (gramjs: Gramjs) => Request;

/** One connection to Telegram, to be thrown away when it fails. */
export interface Connection {
  readonly gramjs: Gramjs;
  /** One request, once. Throws `TelegramFailure`. */
  invoke<Request extends Api.AnyRequest>(
    make: MakeRequest<Request>,
    signal?: AbortSignal,
  ): Promise<Request['__response']>;
  /** Whether the server has answered anything on it. */
  hasAnswered(): boolean;
  /** The session as it is now, with the key agreed on while connecting. */
  session(): string;
  /** Ends the connection whatever state it is in, and leaves no socket behind. */
  close(): Promise<void>;
}

/** gramjs may take its time to let go; nobody has to wait for that. */
const closingTime = 1_000;

/** Failures by which the server has said something. */
function isAnswer({ kind }: TelegramFailure): boolean {
  return kind !== 'silent' && kind !== 'unreachable' && kind !== 'stopped';
}

/** What a first call may be refused with by a server that has nothing against the account. */
function isHarmless({ kind }: TelegramFailure): boolean {
  return kind === 'unknown' || kind === 'our_bug';
}

/**
 * Connects with a session ('' makes a new one). gramjs may stay silent for ever in connecting and in any call, and return
 * false in place of throwing: here each wait has its deadline, and there is one attempt. Throws `TelegramFailure`.
 */
export async function openConnection(
  secret: string,
  settings: ConnectionSettings,
  signal?: AbortSignal,
): Promise<Connection> {
  const { timer, deadline, log } = settings;
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => undefined);
  const connected = Promise.withResolvers<null>();
  const made = await createClient(secret, settings, {
    onConnected: () => connected.resolve(null),
    onBroken: (failure) => broken.reject(failure),
  });
  const { gramjs, client } = made;
  let hasAnswered = false;

  const wait = async <Result>(work: Promise<Result>, stop?: AbortSignal): Promise<Result> => {
    try {
      const result = await within(Promise.race([work, broken.promise]), deadline, timer, stop);
      hasAnswered = true;
      return result;
    } catch (error) {
      const failure = failureOf(error, gramjs);
      hasAnswered ||= isAnswer(failure);
      throw failure;
    }
  };
  const close = async (): Promise<void> => {
    await within(client.destroy(), closingTime, timer).catch((error: unknown) => {
      log.debug({ cause: String(error) }, 'A connection to Telegram did not end in order');
    });
    await made.closeSockets();
  };

  /** The first call asks for a configuration that nobody here looks at: without an answer to it the next call is made. */
  const connect = async (): Promise<void> => {
    const settled = new AbortController();
    const unanswered = connected.promise.then(() => timer.sleep(deadline / 3, settled.signal));
    unanswered.catch(() => undefined);
    try {
      const answered = await wait(Promise.race([client.connect(), unanswered.then(() => null)]), signal);
      hasAnswered = answered === true;
      if (answered === false) {
        const cause = made.trouble() || 'refused';
        throw new TelegramFailure('unreachable', `network: no connection to Telegram (${cause})`);
      }
    } catch (error) {
      if (!(error instanceof TelegramFailure) || !isHarmless(error)) throw error;
      log.debug({ cause: error.message }, 'Telegram gives no configuration: going on without it');
    } finally {
      settled.abort();
    }
    made.ready();
  };

  try {
    await connect();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    gramjs,
    invoke: async (make, stop) => {
      made.expect();
      return await wait(client.invoke(make(gramjs)), stop);
    },
    hasAnswered: () => hasAnswered,
    session: made.session,
    close,
  };
}
