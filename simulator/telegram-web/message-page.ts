import { messageHtml } from './message.ts';
import type { Named } from './names.ts';

function embedded(body: string): string {
  return `<!DOCTYPE html>
<html>
  <head>
    <meta charset="utf-8">
    <title>Telegram Widget</title>
    <base target="_blank">
  </head>
  <body class="widget_frame_base tgme_widget body_widget_post emoji_image no_transitions nodark">
${body}
  </body>
</html>
`;
}

const error = (words: string): string => embedded(`<div class="tgme_widget_message_error">${words}</div>`);

/**
 * The page of one message that others embed: the message (an album whole, by any of its messages), or that it is not
 * found; of a name that is no open channel, that the channel is not found.
 */
export function messagePage(named: Named, asked: string, id: number, instant: number): string {
  if (named.kind !== 'channel' || !named.preview)
    return error(`Channel with username <b>@${asked}</b> not found`);
  const post = named.posts().find(({ ids }) => ids.includes(id));
  return post ? embedded(messageHtml(named, post, instant)) : error('Post not found');
}
