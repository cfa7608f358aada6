import type { Confirmation, ConfirmRequest, ObservedPost } from '../../source.ts';
import { nothingConfirmed } from '../kit/nothing-confirmed.ts';
import { WebFailure } from './errors.ts';
import { mapPost } from './map-message.ts';
import type { Widget } from './map-widget.ts';
import { readWidget } from './map-widget.ts';
import type { Reader } from './reader.ts';
import { mapped } from './reader.ts';

/** Failures by which a single message may fail; by all others there is no use in asking for the next one. */
const ofOneMessage: ReadonlySet<string> = new Set(['broken', 'wrong_place']);

async function readMessagePage(
  reader: Reader,
  { nativeId }: ConfirmRequest,
  name: string,
  id: number,
  signal?: AbortSignal,
): Promise<Widget> {
  const answer = await reader.web.get(`/${encodeURIComponent(name)}/${id}?embed=1&mode=tme`, signal);
  if (answer.isHome) return { is: 'unknown', cause: 'it is the home page of Telegram' };
  return mapped(() => readWidget(answer.html, { name, nativeId, id }));
}

function postOf(
  reader: Reader,
  nativeId: number,
  { message }: Extract<Widget, { is: 'there' }>,
): ObservedPost | null {
  if (message.isService || !message.published || message.published > reader.clock.now()) return null;
  const idOf = (other: string) => reader.ids.get(other.toLowerCase()) ?? null;
  return mapPost(message, { reactions: reader.reacting.has(nativeId), idOf });
}

/**
 * Asks for messages one by one, by the page of their own that others embed. What is said of one counts only when the
 * page is surely that of the message; see `readWidget`. The rest of an album that shows is not asked for.
 */
export async function confirmMessages(
  reader: Reader,
  request: ConfirmRequest,
  signal?: AbortSignal,
): Promise<Confirmation> {
  const { nativeId, name, ids } = request;
  const now = () => reader.clock.now();
  if (name === null) {
    return nothingConfirmed(now(), request, `telegram: the channel ${nativeId} has no name to ask by`);
  }
  const led = reader.ids.get(name.toLowerCase()) ?? nativeId;
  if (led !== nativeId) {
    return nothingConfirmed(now(), request, `telegram: the name ${name} leads to the channel ${led} now`);
  }
  const there = new Set<number>();
  const gone: number[] = [];
  const posts = new Map<number, ObservedPost>();
  let cause = '';
  for (const id of ids) {
    if (there.has(id)) continue;
    try {
      const widget = await readMessagePage(reader, request, name, id, signal);
      if (widget.is === 'gone') gone.push(id);
      else if (widget.is === 'unknown')
        cause ||= `telegram: the page of ${name}/${id} tells nothing: ${widget.cause}`;
      else {
        for (const each of widget.ids) if (ids.includes(each)) there.add(each);
        const post = postOf(reader, nativeId, widget);
        if (post) posts.set(post.postId, post);
      }
    } catch (error) {
      if (!(error instanceof WebFailure)) throw error;
      cause ||= error.message;
      if (!ofOneMessage.has(error.kind)) break;
    }
  }
  return { observed: now(), there: [...there], gone, posts: [...posts.values()], cause };
}
