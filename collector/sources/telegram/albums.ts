import type { Api } from 'telegram';

/** An album has at most so many messages. */
const largestAlbum = 10;

/** The album that a message is of; `null` for a message of its own. */
export function albumOf(message: Api.TypeMessage): string | null {
  return message.className === 'Message' ? (message.groupedId?.toString() ?? null) : null;
}

/**
 * The messages of an answer that can be used although its end may have cut an album: those newer than all that is seen of
 * the album of its oldest message, which is then read again as a whole. When that album begins the answer, or when it is
 * as large as albums are, all are used: whoever goes on always comes further.
 */
export function uncut<Message extends Api.TypeMessage>(messages: readonly Message[]): readonly Message[] {
  const oldest = messages.reduce<Message | null>(
    (least, each) => (least === null || each.id < least.id ? each : least),
    null,
  );
  const album = oldest && albumOf(oldest);
  if (album === null) return messages;
  const parts = messages.filter((each) => albumOf(each) === album).map(({ id }) => id);
  if (parts.length >= largestAlbum) return messages;
  const first = Math.max(...parts);
  const newer = messages.filter(({ id }) => id > first);
  return newer.length > 0 ? newer : messages;
}
