/** A message of a written page. */
export interface WrittenMessage {
  id: number;
  /** Further messages of an album. */
  more?: readonly number[];
  /** Hours before `writtenAt`. */
  hours: number;
  text?: string;
  views?: string;
  /** Counts of reactions, one for each emoji. */
  reactions?: readonly string[];
  /** Paid reactions (Stars). */
  stars?: string;
  /** Below the text: a poll, a linked page. */
  attached?: string;
  /** No time can be read of it. */
  undated?: boolean;
  forwardedFrom?: string;
  service?: boolean;
  /** Another channel's, by `data-view`. */
  channelId?: number;
}

/** A channel whose pages are written; its messages newest first. */
export interface WrittenChannel {
  id: number;
  name: string;
  title?: string;
  /** As the head of the preview says: `921`, `1.47M`. */
  subscribers?: string;
  /** As the card says: `1 474 933`. */
  exact?: string;
  messages: readonly WrittenMessage[];
}

/** The instant that the ages of messages are counted from. */
export const writtenAt = '2026-03-10T12:00:00Z';

/** When a message of that age was published. */
export function hoursAgo(hours: number): Date {
  return new Date(Math.round(Date.parse(writtenAt) - hours * 3_600_000));
}

/** A channel with `size` messages, an hour apart, the newest an hour ago, of the id `size`. */
export function writtenChannel(id: number, size: number, more: Partial<WrittenChannel> = {}): WrittenChannel {
  const messages = Array.from({ length: size }, (_, index) => ({ id: size - index, hours: index + 1 }));
  return { id, name: `channel${id}`, messages, ...more };
}

function mediaHtml(name: string, { id, more }: WrittenMessage): string {
  if (!more) return '';
  const parts = [id, ...more].map(
    (part) =>
      `<a class="tgme_widget_message_photo_wrap grouped_media_wrap js-message_photo" href="https://t.me/${name}/${part}?single"></a>`,
  );
  return `<div class="tgme_widget_message_grouped_wrap js-message_grouped_wrap">${parts.join('')}</div>`;
}

function messageHtml(channel: WrittenChannel, message: WrittenMessage): string {
  const { id, more, hours, text = `text ${id}`, views = '10', reactions, forwardedFrom, service } = message;
  const { name } = channel;
  const view = { c: -(message.channelId ?? channel.id), p: more ? `${id}g` : id, t: 1, h: 'x' };
  const key = Buffer.from(JSON.stringify(view)).toString('base64url');
  const paid = message.stars
    ? `<span class="tgme_reaction tgme_reaction_paid"><i class="icon icon-telegram-stars"></i>${message.stars}</span>`
    : '';
  const free = (reactions ?? []).map(
    (count) =>
      `<span class="tgme_reaction"><i class="emoji" style="background-image:url('x')"><b>👍</b></i>${count}</span>`,
  );
  const spans = paid + free.join('');
  return `<div class="tgme_widget_message_wrap js-widget_message_wrap"><div class="tgme_widget_message text_not_supported_wrap${service ? ' service_message' : ''} js-widget_message" data-post="${name}/${id}" data-view="${key}">
<div class="tgme_widget_message_bubble">
${forwardedFrom === undefined ? '' : `<div class="tgme_widget_message_forwarded_from accent_color">Forwarded from&nbsp;<a class="tgme_widget_message_forwarded_from_name" href="${forwardedFrom}"><span dir="auto">Other</span></a></div>`}
${mediaHtml(name, message)}
${text === '' ? '' : `<div class="tgme_widget_message_text js-message_text" dir="auto">${text}</div>`}
${message.attached ?? ''}
${spans ? `<div class="tgme_widget_message_reactions js-message_reactions">${spans}</div>` : ''}
<div class="tgme_widget_message_footer compact js-message_footer"><div class="tgme_widget_message_info short js-message_info">
${service ? '' : `<span class="tgme_widget_message_views">${views}</span><span class="copyonly"> views</span>`}<span class="tgme_widget_message_meta"><a class="tgme_widget_message_date" href="https://t.me/${name}/${id}"><time datetime="${message.undated ? '' : hoursAgo(hours).toISOString()}" class="time">00:00</time></a></span>
</div></div></div></div></div>`;
}

/** What is odd about a page. */
export interface Oddity {
  /** Links to older messages that are left out: the page's own, or that of its head too. */
  leavesOut?: 'link' | 'links';
  /** Only so many of its newest posts are shown, whole. */
  only?: number;
}

const noPosts =
  '<div class="tgme_widget_message_wrap"><div class="tgme_widget_message_centered"><div class="tme_no_messages_found">No posts found</div></div></div>';

/** A preview of the channel without a message. */
export function emptyHtml(channel: WrittenChannel): string {
  return pageHtml(channel, noPosts);
}

/** The page of one message that others embed: the album it is part of, or that it is gone. */
export function widgetHtml(channel: WrittenChannel, id: number): string {
  const message = channel.messages.find((each) => each.id === id || each.more?.includes(id));
  return embeddedHtml(
    message ? messageHtml(channel, message) : '<div class="tgme_widget_message_error">Post not found</div>',
  );
}

/** A page that others embed, with anything in it. */
export function embeddedHtml(body: string): string {
  return `<!DOCTYPE html>
<html><head><title>Telegram Widget</title></head>
<body class="widget_frame_base tgme_widget body_widget_post emoji_image">${body}</body></html>`;
}

/** The page of `t.me/s/<name>` with 20 messages older than `before`; an album is cut where the twenty end. */
export function previewHtml(
  channel: WrittenChannel,
  before: number | null = null,
  { leavesOut, only }: Oddity = {},
): string {
  const single = channel.messages.flatMap((message) => [
    ...(message.more ?? []).map((id) => ({ id, message })).reverse(),
    { id: message.id, message },
  ]);
  const older = single.filter(({ id }) => before === null || id < before);
  const few = new Set([...new Set(older.map(({ message }) => message))].slice(0, only));
  const shown = only === undefined ? older.slice(0, 20) : older.filter(({ message }) => few.has(message));
  const messages = [...new Set(shown.map(({ message }) => message))].map((message) => {
    const [first = message.id, ...more] = shown
      .filter((each) => each.message === message)
      .map(({ id }) => id)
      .reverse();
    return message.more ? { ...message, id: first, more } : message;
  });
  const oldest = shown.at(-1)?.id ?? 0;
  const isEnd = shown.length === 0 || oldest === (single.at(-1)?.id ?? 0);
  const more = `<a href="/s/${channel.name}?before=${oldest}" class="tme_messages_more js-messages_more" data-before="${oldest}"></a>`;
  return pageHtml(
    channel,
    `${isEnd || leavesOut ? '' : more}${messages
      .reverse()
      .map((each) => messageHtml(channel, each))
      .join('')}${messages.length === 0 ? noPosts : ''}`,
    isEnd || leavesOut === 'links' ? '' : `<link rel="prev" href="/s/${channel.name}?before=${oldest}">`,
  );
}

/** A preview with a channel's head and any history. */
export function pageHtml(channel: Omit<WrittenChannel, 'messages'>, history: string, head = ''): string {
  const { name, title = `Title ${channel.id}`, subscribers = '921' } = channel;
  return `<!DOCTYPE html>
<html><head><title>${title} – Telegram</title><meta property="og:title" content="${title}">${head}</head>
<body class="widget_frame_base tgme_webpreview">
<div class="tgme_channel_info"><div class="tgme_channel_info_header">
<div class="tgme_channel_info_header_title"><span dir="auto">${title}</span></div>
<div class="tgme_channel_info_header_username"><a href="https://t.me/${name}">@${name}</a></div></div>
<div class="tgme_channel_info_counters"><div class="tgme_channel_info_counter"><span class="counter_value">${subscribers}</span> <span class="counter_type">subscribers</span></div><div class="tgme_channel_info_counter"><span class="counter_value">5.88K</span> <span class="counter_type">photos</span></div></div></div>
<main class="tgme_main" data-url="/${name}"><section class="tgme_channel_history js-message_history">${history}</section></main>
</body></html>
<!-- page generated in 1ms -->`;
}

/** A page of `t.me/<name>`; `extra` as `1 474 933 subscribers`, nothing where nobody has the name. */
export function cardHtml(name: string, title: string, extra: string, more = ''): string {
  const head =
    title === ''
      ? '<div class="tgme_page_icon"><i class="tgme_icon_user"></i></div>'
      : `<div class="tgme_page_title" dir="auto"><span dir="auto">${title}</span></div>`;
  return `<!DOCTYPE html>
<html><head><title>Telegram: Contact @${name}</title></head><body><div class="tgme_page_wrap"><div class="tgme_page">
${head}
${extra === '' ? '' : `<div class="tgme_page_extra">${extra}</div>`}
${more}
<div class="tgme_page_action"><a class="tgme_action_button_new" href="tg://resolve?domain=${name}">View in Telegram</a></div>
</div></div></body></html>`;
}

/** What is shown under a name that nobody has. */
export function contactHtml(name: string): string {
  return cardHtml(
    name,
    '',
    '',
    '<div class="tgme_page_description">If you have <strong>Telegram</strong>, you can contact</div>',
  );
}
