import { Api } from 'telegram';

/** A call that is answered with an error of Telegram's: its word and code. */
export class TelegramRefusal extends Error {
  override readonly name = 'TelegramRefusal';
  readonly word: string;
  readonly code: number;

  constructor(word: string, code = 400) {
    super(word);
    this.word = word;
    this.code = code;
  }

  /** As it is written into an answer. */
  shape(): Api.RpcError {
    return new Api.RpcError({ errorCode: this.code, errorMessage: this.word });
  }
}

const codes: Readonly<Record<string, number>> = {
  AUTH_KEY_UNREGISTERED: 401,
  AUTH_KEY_DUPLICATED: 406,
  SESSION_REVOKED: 401,
  SESSION_EXPIRED: 401,
  USER_DEACTIVATED: 401,
  USER_DEACTIVATED_BAN: 401,
  INTERNAL: 500,
  TIMEOUT: 503,
};

/** The code that Telegram sends with a word, where this server knows it; FLOOD_WAIT and its like are 420, others 400. */
export function codeOf(word: string): number {
  return codes[word] ?? (/^FLOOD|^SLOWMODE/.test(word) ? 420 : 400);
}
