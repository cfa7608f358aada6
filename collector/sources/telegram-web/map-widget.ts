import type { ShownMessage } from './map-message.ts';
import { messageSelector, readMessage } from './map-message.ts';
import { parseHtml } from './html.ts';
import { idsOf } from './shown-messages.ts';

/** What the widget page of one message shows: the message, that it is gone, or something else, in words. */
export type Widget =
  | { is: 'there'; message: ShownMessage; ids: readonly number[] }
  | { is: 'gone' }
  | { is: 'unknown'; cause: string };

/** Whose message was asked for. */
export interface WidgetQuestion {
  name: string;
  /** The positive id of the channel. */
  nativeId: number;
  id: number;
}

/**
 * Reads `t.me/<name>/<id>?embed=1&mode=tme`, the page that others embed. No saved one is at hand: its shape is what
 * several independent readers of it agree on. A message stands in it as in a preview (an album whole, under the smallest
 * id or the one asked for); one that is not there is a `.tgme_widget_message_error` with "Post not found", in which
 * nothing tells whose page it is; a name that nobody has says "Channel with username ... not found" in the same element,
 * which says nothing of the message. Throws `BrokenPage`.
 */
export function readWidget(html: string, { name, nativeId, id }: WidgetQuestion): Widget {
  const unknown = (cause: string): Widget => ({ is: 'unknown', cause });
  if (!/<\/html>/iu.test(html)) return unknown('the page is cut off');
  const $ = parseHtml(html);
  const elements = $(messageSelector).toArray();
  const [error] = $('.tgme_widget_message_error').toArray();
  if (error && elements.length === 0) {
    const said = $(error).text().slice(0, 200).replace(/\s+/gu, ' ').trim();
    return /\b(?:post|message) (?:was )?not found\b/iu.test(said)
      ? { is: 'gone' }
      : unknown(`it says "${said}"`);
  }
  const [message, more] = elements.flatMap((element) => readMessage($, element) ?? []);
  if (!message || more || error) return unknown('it is no page of one message');
  const ids = idsOf(message);
  if (message.channelName.toLowerCase() !== name.toLowerCase() || !ids.includes(id)) {
    return unknown(`it shows the message ${message.channelName}/${message.id}`);
  }
  if (message.channelId !== nativeId) return unknown('its message is of another channel');
  return { is: 'there', message, ids };
}
