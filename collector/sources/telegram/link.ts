import type { Api } from 'telegram';
import type { Clock } from '../../../domain/clock.ts';
import { within } from './deadline.ts';
import { TelegramFailure } from './errors.ts';
import type { ClientSettings, Gramjs } from './gramjs.ts';
import { createClient, failureOf } from './gramjs.ts';

/** What every connection shares. Times in milliseconds of `timer`. */
export interface LinkSettings extends ClientSettings {
  /** Connecting, and any one call, without an answer for so long has failed. */
  deadline: number;
  timer: Clock;
}

/** A request, made when gramjs is loaded. */
export type MakeRequest<Request extends Api.AnyRequest> = (gramjs: Gramjs) => Request;

/** One connection to Telegram, to be thrown away when it fails. */
export interface Link {
  readonly gramjs: Gramjs;
  /** One request, once. Throws `TelegramFailure`. */
  invoke<Request extends Api.AnyRequest>(
    make: MakeRequest<Request>,
    signal?: AbortSignal,
  ): Promise<Request['__response']>;
  /** The session as it is now, with the key agreed on while connecting. */
  session(): string;
  /** Ends the connection whatever state it is in, and leaves no socket behind. */
  close(): Promise<void>;
}

/** gramjs may take its time to let go; nobody has to wait for that. */
const closingTime = 1_000;

/**
 * Connects with a session ('' makes a new one). gramjs may stay silent for ever in connecting and in any call, and return
 * false in place of throwing: here each wait has its deadline, and there is one attempt. Throws `TelegramFailure`.
 */
export async function openLink(secret: string, settings: LinkSettings, signal?: AbortSignal): Promise<Link> {
  const { timer, deadline, log } = settings;
  const forgotten = Promise.withResolvers<never>();
  forgotten.promise.catch(() => undefined);
  const made = await createClient(secret, settings, () => {
    forgotten.reject(TelegramFailure.fromWord('AUTH_KEY_UNREGISTERED', 404));
  });
  const { gramjs, client } = made;

  const wait = async <Result>(work: Promise<Result>, stop?: AbortSignal): Promise<Result> => {
    try {
      return await within(Promise.race([work, forgotten.promise]), deadline, timer, stop);
    } catch (error) {
      throw failureOf(error, gramjs);
    }
  };
  const close = async (): Promise<void> => {
    await within(client.destroy(), closingTime, timer).catch((error: unknown) => {
      log.debug({ cause: String(error) }, 'A connection to Telegram did not end in order');
    });
    await made.closeSockets();
  };

  try {
    if (!(await wait(client.connect(), signal))) {
      const cause = made.trouble() || 'refused';
      throw new TelegramFailure('unreachable', `network: no connection to Telegram (${cause})`);
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    gramjs,
    invoke: async (make, stop) => await wait(client.invoke(make(gramjs)), stop),
    session: made.session,
    close,
  };
}
