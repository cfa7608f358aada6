import { hashOf } from '../random.ts';
import { shortNumber } from '../world/short-number.ts';
import { emojiHtml, escapeHtml, textHtml } from './markup.ts';
import { linkPreviewHtml, mediaHtml } from './media.ts';
import type { ShownChannel } from './names.ts';
import type { ShownPost } from './shown.ts';

/** Parts of a post's reactions by kind; the rest are of an emoji that only Telegram itself can draw. */
const kinds = [
  { emoji: '👍', share: 0.6 },
  { emoji: '❤️', share: 0.3 },
] as const;

function reactionsHtml(post: ShownPost): string {
  const total = post.reactions ?? 0;
  if (total === 0 && post.stars === null) return '';
  let left = total;
  // Stars stand first, with an icon in the place of an emoji.
  const paid =
    post.stars === null
      ? ''
      : `<span class="tgme_reaction tgme_reaction_paid"><i class="icon icon-telegram-stars"></i>${shortNumber(post.stars)}</span>`;
  const spans = kinds.map(({ emoji, share }) => {
    const count = Math.min(left, Math.ceil(total * share));
    left -= count;
    return count === 0 ? '' : `<span class="tgme_reaction">${emojiHtml(emoji)}${shortNumber(count)}</span>`;
  });
  if (left > 0) {
    spans.push(
      `<span class="tgme_reaction"><tg-emoji emoji-id="5370870893004203704"></tg-emoji>${shortNumber(left)}</span>`,
    );
  }
  return `<div class="tgme_widget_message_reactions js-message_reactions">${paid}${spans.join('')}</div>`;
}

function authorHtml(channel: ShownChannel): string {
  return `<div class="tgme_widget_message_author accent_color"><a class="tgme_widget_message_owner_name" href="https://t.me/${channel.name}"><span dir="auto">${escapeHtml(channel.title)}</span></a></div>`;
}

function forwardHtml(post: ShownPost): string {
  if (post.forward === null) return '';
  const { title, link } = post.forward;
  const name = `<span dir="auto">${escapeHtml(title)}</span>`;
  const source =
    link === null
      ? `<span class="tgme_widget_message_forwarded_from_name">${name}</span>`
      : `<a class="tgme_widget_message_forwarded_from_name" href="${escapeHtml(link)}">${name}</a>`;
  return `<div class="tgme_widget_message_forwarded_from accent_color">Forwarded from&nbsp;${source}</div>`;
}

function replyHtml(channel: ShownChannel, post: ShownPost): string {
  if (post.reply === null) return '';
  const { id, text, media } = post.reply;
  const node = media ? 'tgme_widget_message_metatext' : 'tgme_widget_message_text';
  return `<a class="tgme_widget_message_reply" href="https://t.me/${channel.name}/${id}">
  <div class="tgme_widget_message_author accent_color"><span class="tgme_widget_message_author_name" dir="auto">${escapeHtml(channel.title)}</span></div>
  <div class="${node} js-message_reply_text" dir="auto">${escapeHtml(text)}</div>
</a>`;
}

function bodyHtml(channel: ShownChannel, post: ShownPost): string {
  const text = (inner: string): string =>
    `<div class="tgme_widget_message_text js-message_text" dir="auto">${inner}</div>`;
  if (post.service && post.text !== 'Channel created') {
    const who = `<a class="tgme_widget_message_author_name" href="https://t.me/${channel.name}"><span dir="auto">${escapeHtml(channel.title)}</span></a>`;
    return text(`${who} ${textHtml(post.text)}`);
  }
  if (post.text === '') return '';
  // Under an album the words stand in two nested nodes of the same classes.
  return post.album ? text(text(textHtml(post.text))) : text(textHtml(post.text));
}

function infoHtml(channel: ShownChannel, post: ShownPost): string {
  const [id = 0] = post.ids;
  const time = new Date(post.published).toISOString();
  const count = post.views === null ? '' : shortNumber(post.views);
  const views =
    post.views === null
      ? ''
      : `<span class="tgme_widget_message_views">${count}</span><span class="copyonly"> view${count === '1' ? '' : 's'}</span>`;
  const signature =
    post.signature === null
      ? ''
      : `<span class="tgme_widget_message_from_author" dir="auto">${escapeHtml(post.signature)}</span>,&nbsp;`;
  const voters =
    post.attachments === 'poll' && !post.album
      ? `<span class="tgme_widget_message_voters">${1 + (hashOf('voters', channel.id, id) % 90)}</span><span class="copyonly"> voters</span>`
      : '';
  return `<div class="tgme_widget_message_footer compact js-message_footer">
  <div class="tgme_widget_message_info short js-message_info">
    ${voters}${views}<span class="tgme_widget_message_meta">${signature}${post.edited ? 'edited &nbsp;' : ''}<a class="tgme_widget_message_date" href="https://t.me/${channel.name}/${id}"><time datetime="${time.slice(0, 19)}+00:00" class="time">${time.slice(11, 16)}</time></a></span>
  </div>
</div>`;
}

/** What `t.me` counts a view by: the channel's negative id, the message (of an album with a `g`), the time. */
function viewKey(channel: ShownChannel, post: ShownPost, instant: number): string {
  const [id = 0] = post.ids;
  const key = {
    c: -channel.id,
    p: post.album ? `${id}g` : id,
    t: Math.floor(instant / 1000),
    h: [1, 2, 3].map((part) => hashOf('view', channel.id, id, part).toString(16).slice(0, 6)).join(''),
  };
  return Buffer.from(JSON.stringify(key), 'utf8').toString('base64url');
}

/** A post as an element of a page of `t.me/s`, by the smallest id of its messages. */
export function messageHtml(channel: ShownChannel, post: ShownPost, instant: number): string {
  const [id = 0] = post.ids;
  const letter = escapeHtml([...channel.title][0] ?? '');
  const classes = `tgme_widget_message text_not_supported_wrap ${post.service ? 'service_message ' : ''}js-widget_message`;
  const parts = [
    authorHtml(channel),
    forwardHtml(post),
    replyHtml(channel, post),
    mediaHtml({ channelId: channel.id, name: channel.name }, post),
    bodyHtml(channel, post),
    linkPreviewHtml({ channelId: channel.id, name: channel.name }, post),
    reactionsHtml(post),
    infoHtml(channel, post),
  ];
  return `<div class="tgme_widget_message_wrap js-widget_message_wrap"><div class="${classes}" data-post="${channel.name}/${id}" data-view="${viewKey(channel, post, instant)}">
  <div class="tgme_widget_message_user"><a href="https://t.me/${channel.name}"><i class="tgme_widget_message_user_photo bgcolor${channel.id % 7}" data-content="${letter}"></i></a></div>
  <div class="tgme_widget_message_bubble">
    ${parts.filter((part) => part !== '').join('\n')}
  </div>
</div></div>`;
}
