import { errors } from 'telegram';
import { describe, expect, test } from 'vitest';
import { TelegramFailure, classifyWord, isOfAccount, outcomeOf } from './errors.ts';
import { failureOf } from './gramjs.ts';

const gramjs = await import('telegram');
const request = { className: 'messages.GetHistory' } as never;

describe('a word of Telegram’s', () => {
  test.each([
    ['AUTH_KEY_UNREGISTERED', 401, 'dead_account'],
    ['SESSION_REVOKED', 401, 'dead_account'],
    ['USER_DEACTIVATED_BAN', 401, 'dead_account'],
    ['AUTH_KEY_DUPLICATED', 406, 'dead_account'],
    ['SOMETHING_NEW', 401, 'dead_account'],
    ['API_ID_INVALID', 400, 'application'],
    ['CHANNEL_PRIVATE', 400, 'closed'],
    ['CHANNEL_PRIVATE', 406, 'closed'],
    ['CHANNEL_INVALID', 400, 'unknown_channel'],
    ['USERNAME_NOT_OCCUPIED', 400, 'free_name'],
    ['USERNAME_INVALID', 400, 'free_name'],
    ['PEER_FLOOD', 400, 'flood'],
    ['SOMETHING_NEW', 420, 'flood'],
    ['INTERNAL', 500, 'passing'],
    ['Timeout', -503, 'passing'],
    ['SOMETHING_NEW', 500, 'passing'],
    ['LIMIT_INVALID', 400, 'our_bug'],
    ['SOMETHING_NEW', 400, 'unknown'],
    ['SOMETHING_NEW', null, 'unknown'],
  ] as const)('%s (%s) means %s', (word, code, kind) => {
    expect(classifyWord(word, code)).toBe(kind);
  });

  test('is told with what to do about it', () => {
    expect(TelegramFailure.fromWord('SESSION_REVOKED', 401).message).toMatch(
      /^telegram:SESSION_REVOKED .*telegram login/,
    );
    expect(TelegramFailure.fromWord('SOMETHING_NEW', 400).message).toBe('telegram:SOMETHING_NEW');
  });
});

describe('what gramjs throws', () => {
  const thrown = (word: string, code: number) =>
    failureOf(errors.RPCMessageToError({ errorMessage: word, errorCode: code } as never, request), gramjs);

  test.each(['FLOOD_WAIT_61', 'FLOOD_PREMIUM_WAIT_61', 'FLOOD_TEST_PHONE_WAIT_61', 'SLOWMODE_WAIT_61'])(
    'for %s holds the seconds beside its word',
    (word) => {
      expect(thrown(word, 420)).toMatchObject({ kind: 'flood', seconds: 61 });
    },
  );

  test('goes by the word, for a cut connection by being no error at all', () => {
    expect(thrown('CHANNEL_PRIVATE', 406)).toMatchObject({ kind: 'closed', word: 'CHANNEL_PRIVATE' });
    expect(failureOf('Maximum reconnection retries reached. Aborting!', gramjs).kind).toBe('unreachable');
    expect(failureOf(new Error('Cannot send requests while disconnected.'), gramjs).kind).toBe('unreachable');
    expect(failureOf(new Error('Request was unsuccessful 1 time(s)'), gramjs).kind).toBe('passing');
    expect(failureOf(new errors.TypeNotFoundError(7, Buffer.alloc(0)), gramjs)).toMatchObject({
      kind: 'unknown',
      message: expect.stringContaining('broken'),
    });
    const ours = new TelegramFailure('silent', 'nothing');
    expect(failureOf(ours, gramjs)).toBe(ours);
  });
});

test('a failure of the account is not the page’s', () => {
  const outcome = (word: string) => outcomeOf(TelegramFailure.fromWord(word, null));
  expect(outcome('CHANNEL_PRIVATE')).toEqual({ outcome: 'closed', state: 'closed' });
  expect(outcome('USERNAME_NOT_OCCUPIED')).toEqual({ outcome: 'gone', state: 'not_found' });
  expect(outcome('SESSION_REVOKED')).toEqual({ outcome: 'error', state: null });
  expect(outcomeOf(TelegramFailure.fromWait(100))).toEqual({ outcome: 'rate_limited', state: null });
  expect(isOfAccount(TelegramFailure.fromWait(100))).toBe(true);
  expect(isOfAccount(TelegramFailure.fromWord('CHANNEL_PRIVATE', 400))).toBe(false);
});
