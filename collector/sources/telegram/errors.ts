import type { FailedLook } from '../kit/channel-outcome.ts';
import { channelOutcome } from '../kit/channel-outcome.ts';
import { brief } from './values.ts';

/**
 * What an error means for us. `silent`: no answer within the deadline; `unreachable`: no connection, or it was cut;
 * `passing`: Telegram's own trouble, try again; `flood`: this account waits with this method; `quota`: our own bound of
 * names a day; `forgotten`: the server does not know the account's key, which may pass; `dead_account`, `application`,
 * `moved` (it belongs to another server now): park the account and alert; `closed`, `free_name`, `taken_over`, `blocked`,
 * `became_group`: a state of the page; `unknown_channel`: this account's key to the channel does not hold any more;
 * `lost_key`: no account has a key to the channel, and its name does not lead there; `too_large`: an answer without end;
 * `our_bug`: fail loudly; `stopped`: the run was told to end.
 */
export type FailureKind =
  | 'silent'
  | 'unreachable'
  | 'passing'
  | 'flood'
  | 'quota'
  | 'forgotten'
  | 'dead_account'
  | 'application'
  | 'moved'
  | 'closed'
  | 'free_name'
  | 'taken_over'
  | 'blocked'
  | 'became_group'
  | 'unknown_channel'
  | 'lost_key'
  | 'too_large'
  | 'our_bug'
  | 'unknown'
  | 'stopped';

/**
 * Telegram's words by meaning. The words decide and not the codes: one of them may come with several (CHANNEL_PRIVATE with
 * 400 and 406). Source: core.telegram.org/api/errors and the methods' own lists.
 */
const words: readonly (readonly [FailureKind, RegExp])[] = [
  [
    'dead_account',
    /^(AUTH_KEY_(UNREGISTERED|INVALID|DUPLICATED|PERM_EMPTY)|SESSION_(REVOKED|EXPIRED|PASSWORD_NEEDED)|USER_DEACTIVATED(_BAN)?|PHONE_NUMBER_BANNED|FROZEN_METHOD_INVALID|BOT_METHOD_INVALID)$/,
  ],
  ['application', /^(API_ID_(INVALID|PUBLISHED_FLOOD)|CONNECTION_API_ID_INVALID|UPDATE_APP_TO_LOGIN)$/],
  ['moved', /_MIGRATE_\d+$/],
  ['free_name', /^USERNAME_(NOT_OCCUPIED|INVALID)$/],
  [
    'closed',
    /^(CHANNEL_PRIVATE|CHANNEL_PUBLIC_GROUP_NA|CHAT_FORBIDDEN|CHAT_ADMIN_REQUIRED|USER_NOT_PARTICIPANT)$/,
  ],
  ['unknown_channel', /^(CHANNEL_INVALID|PEER_ID_INVALID|CHAT_ID_INVALID|CHANNEL_MONOFORUM_UNSUPPORTED)$/],
  ['flood', /^((PEER|PHONE_NUMBER|PHONE_PASSWORD)_)?FLOOD/],
  [
    'passing',
    /^(INTERNAL|CONNECTION_NOT_INITED|RPC_(CALL|MCGET)_FAIL|TIMEOUT|WORKER_BUSY|HISTORY_GET_FAILED|MSG_WAIT_FAILED|NO_WORKERS_RUNNING|INTERDC_\w+_ERROR|AUTH_RESTART|STORAGE_CHECK_FAILED)/i,
  ],
  [
    'our_bug',
    /^(INPUT_|LIMIT_INVALID|OFFSET_INVALID|MSG_ID_INVALID|MAX_ID_INVALID|METHOD_INVALID|HASH_INVALID)/,
  ],
];

/** The meaning of Telegram's word; a word not known goes by its code (401 is the account, 5xx passes), else is `unknown`. */
export function classifyWord(word: string, code: number | null): FailureKind {
  const known = words.find(([, pattern]) => pattern.test(word));
  if (known) return known[0];
  if (code === 401) return 'dead_account';
  if (code === 420) return 'flood';
  if (code !== null && Math.abs(code) >= 500) return 'passing';
  return 'unknown';
}

const loginHint = 'make a new one by npm run profpulse -- telegram login, and put it into TELEGRAM_SESSIONS';

const explanations: readonly (readonly [RegExp, string])[] = [
  [
    /^AUTH_KEY_DUPLICATED$/,
    `the session was used from two addresses at once and has been ended by Telegram: ${loginHint}`,
  ],
  [/^USER_DEACTIVATED|^PHONE_NUMBER_BANNED$/, `the account was deleted or banned: use another, ${loginHint}`],
  [/^FROZEN_METHOD_INVALID$/, 'Telegram has frozen the account: see in Telegram itself why, or use another'],
  [/^BOT_METHOD_INVALID$/, `the session is a bot’s, and bots may not read channels: ${loginHint}`],
  [/^SESSION_PASSWORD_NEEDED$/, `the login was not finished, its second factor is missing: ${loginHint}`],
  [
    /^API_ID|^CONNECTION_API_ID/,
    'look at TELEGRAM_API_ID and TELEGRAM_API_HASH: they are those of my.telegram.org',
  ],
  [
    /_MIGRATE_/,
    `the account belongs to another of Telegram’s servers now, where its session does not hold: ${loginHint}`,
  ],
  [/^UPDATE_APP_TO_LOGIN$/, 'Telegram wants a newer client: update ProfPulse'],
  [/^CHANNEL_PRIVATE$/, 'the channel lets nobody in but its members'],
  [/^USERNAME_NOT_OCCUPIED$/, 'nobody has this name'],
  [/^USERNAME_INVALID$/, 'Telegram allows no such name'],
];

function explanationOf(word: string, kind: FailureKind): string {
  const known = explanations.find(([pattern]) => pattern.test(word));
  if (known) return known[1];
  return kind === 'dead_account' ? `the session has been ended: ${loginHint}` : '';
}

/** A call to Telegram that did not give what was asked for. The message holds no session and no hash. */
export class TelegramFailure extends Error {
  override readonly name = 'TelegramFailure';
  readonly kind: FailureKind;
  /** How long Telegram wants to be left alone; `null` when it did not say. */
  readonly seconds: number | null;
  /** Telegram's own word; '' when the failure is not its answer. */
  readonly word: string;

  constructor(kind: FailureKind, cause: string, more: { seconds?: number; word?: string } = {}) {
    super(cause);
    this.kind = kind;
    this.seconds = more.seconds ?? null;
    this.word = more.word ?? '';
  }

  /** From an answer of Telegram's that is an error. */
  static fromWord(said: string, code: number | null): TelegramFailure {
    const word = brief(said);
    const kind = classifyWord(word, code);
    const explanation = explanationOf(word, kind);
    return new TelegramFailure(kind, `telegram:${word}${explanation ? ` ${explanation}` : ''}`, { word });
  }

  /** From the transport's word that it knows no such key, which need not hold for ever. */
  static forgotten(): TelegramFailure {
    const { message, word } = TelegramFailure.fromWord('AUTH_KEY_UNREGISTERED', 401);
    return new TelegramFailure('forgotten', message, { word });
  }

  /** From an answer that is not what was asked for, whatever was thrown over it. */
  static fromBroken(error: unknown): TelegramFailure {
    const words = error instanceof Error ? error.message : String(error);
    return new TelegramFailure('unknown', `broken: ${brief(words)}`);
  }

  /** From an order to wait so many seconds. */
  static fromWait(seconds: number): TelegramFailure {
    const cause = `telegram:FLOOD_WAIT Telegram wants to be left alone for ${seconds} s`;
    return new TelegramFailure('flood', cause, { seconds, word: 'FLOOD_WAIT' });
  }
}

const ofAccount: ReadonlySet<FailureKind> = new Set([
  'silent',
  'unreachable',
  'flood',
  'quota',
  'forgotten',
  'dead_account',
  'application',
  'moved',
]);

/** A failure that is the account's or its connection's, so that another account may do better. */
export function isOfAccount({ kind }: TelegramFailure): boolean {
  return ofAccount.has(kind);
}

/** How a page's look ends by this failure. */
export function outcomeOf({ kind }: TelegramFailure): FailedLook {
  return channelOutcome(kind);
}

/** An answer whose shape is not what the method promises; the message names what was missed. */
export class BrokenAnswer extends Error {
  override readonly name = 'BrokenAnswer';
}

/** Maps an answer; whatever is thrown over it is a failure that says so, and its page's alone. Throws `TelegramFailure`. */
export function mapped<Result>(map: () => Result): Result {
  try {
    return map();
  } catch (error) {
    throw error instanceof TelegramFailure ? error : TelegramFailure.fromBroken(error);
  }
}
