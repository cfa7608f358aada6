import { load } from 'cheerio';
import { readMessage } from '#collector/sources/telegram-web/map-message.ts';

/** A key of `data-view`. */
export const view = (key: object) => Buffer.from(JSON.stringify(key)).toString('base64url');

/** Parts of a message's HTML; what is left out is as usual. */
export interface WrittenParts {
  classes?: string;
  post?: string;
  key?: string;
  body?: string;
  footer?: string;
  time?: string;
}

/** A message of these parts as it is read. */
export function read({ classes = '', post, key, body = '', footer, time }: WrittenParts = {}) {
  const html = `<div class="tgme_widget_message ${classes} js-widget_message" data-post="${post ?? 'Union/12'}" data-view="${key ?? view({ c: -77, p: 12 })}">
    <div class="tgme_widget_message_user"><a href="https://t.me/Union"></a></div>
    <div class="tgme_widget_message_author"><a class="tgme_widget_message_owner_name" href="https://t.me/Union"><span dir="auto">Union</span></a></div>
    ${body}
    <div class="tgme_widget_message_info">${footer ?? '<span class="tgme_widget_message_views">85.9K</span><span class="copyonly"> views</span>'}
    <span class="tgme_widget_message_meta"><a class="tgme_widget_message_date" href="https://t.me/Union/12">${time ?? '<time datetime="2026-03-01T09:30:00+00:00" class="time">09:30</time>'}</a></span></div></div>`;
  const $ = load(html);
  const [element] = $('.tgme_widget_message').get();
  return element ? readMessage($, element) : null;
}

/** The text of a message with that HTML for it. */
export const text = (html: string) =>
  read({ body: `<div class="tgme_widget_message_text js-message_text" dir="auto">${html}</div>` })?.text;
/** An emoji as pages draw it. */
export const emoji = (character: string) =>
  `<i class="emoji" style="background-image:url('//telegram.org/img/emoji/40/F0.png')"><b>${character}</b></i>`;
/** The reactions of a message with these. */
export const reactions = (...spans: string[]) =>
  read({
    body: `<div class="tgme_widget_message_reactions js-message_reactions">${spans.map((span) => `<span class="tgme_reaction">${span}</span>`).join('')}</div>`,
  })?.reactions;
/** The source of a message forwarded from that. */
export const forwarded = (from: string) =>
  read({
    body: `<div class="tgme_widget_message_forwarded_from accent_color">Forwarded from&nbsp;${from}</div>`,
  })?.source;
/** A link to a source. */
export const link = (href: string) =>
  `<a class="tgme_widget_message_forwarded_from_name" href="${href}"><span dir="auto">Other</span></a>`;
