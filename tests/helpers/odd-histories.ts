import type { Api } from 'telegram';
import type { ScriptedReply, ScriptedRequest } from './scripted-telegram.ts';
import type { ScriptedChannel, SourceUnderTest } from './telegram-source.ts';
import { answerOf, methodsOf, well } from './telegram-source.ts';

/**
 * What an answer shows in place of the messages older than asked for, newest first, or of none a count; `null`: what it
 * should. `times` counts the answers to the same question.
 */
export type OddHistory = (
  older: readonly Api.TypeMessage[],
  request: Api.messages.GetHistory,
  times: number,
) => Api.TypeMessage[] | { count: number } | null;

/** A server of a channel whose histories are odd, so many times at most, and count so many messages where they show some. */
export function oddHistories(
  channel: ScriptedChannel,
  odd: OddHistory,
  { count = channel.messages.length, most = Number.POSITIVE_INFINITY } = {},
) {
  const good = well([channel]);
  const times = new Map<number, number>();
  let left = most;
  return (call: ScriptedRequest): ScriptedReply | undefined => {
    if (call.method !== 'messages.GetHistory') return good(call);
    const request = call.request as Api.messages.GetHistory;
    const { offsetId, limit } = request;
    times.set(offsetId, (times.get(offsetId) ?? 0) + 1);
    const older = channel.messages.filter(({ id }) => offsetId === 0 || id < offsetId);
    const said = odd(older, request, times.get(offsetId) ?? 0);
    if (said === null || (left -= 1) < 0)
      return { answer: answerOf(channel, older.slice(0, limit), { count }) };
    return Array.isArray(said)
      ? { answer: answerOf(channel, said, { count }) }
      : { answer: answerOf(channel, [], said) };
  };
}

/** How many histories were asked for. */
export function historyCalls(tested: SourceUnderTest): number {
  return methodsOf(tested).filter((method) => method === 'GetHistory').length;
}
