import { escapeHtml, textHtml } from './markup.ts';
import type { ShownChannel } from './names.ts';

function wrapped(parts: {
  name: string;
  title: string;
  head: string;
  classes: string;
  body: string;
}): string {
  const deepLink = `tg://resolve?domain=${parts.name}`;
  const title = escapeHtml(parts.title);
  return `<!DOCTYPE html>
<html>
  <head>
    <meta charset="utf-8">
    <title>Telegram: Contact @${parts.name}</title>
    <meta name="viewport" content="width=device-width, initial-scale=1.0">
    ${parts.head}
    <meta property="og:title" content="${title}">
    <meta property="og:site_name" content="Telegram">
    <meta property="twitter:title" content="${title}">
    <meta property="twitter:site" content="@Telegram">
    <meta property="al:ios:app_name" content="Telegram Messenger">
    <meta property="al:ios:url" content="${deepLink}">
    <meta property="al:android:url" content="${deepLink}">
  </head>
  <body>
    <div class="tgme_page_wrap">
      <div class="tgme_head_wrap">
        <div class="tgme_head">
          <a href="//telegram.org/" class="tgme_head_brand"><i class="tgme_logo"></i></a>
        </div>
      </div>
      <a class="tgme_head_dl_button" href="//telegram.org/dl">
        Don't have <strong>Telegram</strong> yet? Try it now!<i class="tgme_icon_arrow"></i>
      </a>
      <div class="${parts.classes}">
        ${parts.body}
      </div>
    </div>
    <div id="tgme_frame_cont"></div>
  </body>
</html>
`;
}

function channelHead(name: string, title: string): string {
  const letter = escapeHtml([...title][0] ?? '');
  return `<div class="tgme_page_photo">
  <a href="tg://resolve?domain=${name}"><i class="tgme_page_photo_image bgcolor5" data-content="${letter}"></i></a>
</div>
<div class="tgme_page_title" dir="auto">
  <span dir="auto">${escapeHtml(title)}</span>
</div>`;
}

function viewButton(name: string): string {
  return `<div class="tgme_page_action">
  <a class="tgme_action_button_new" href="tg://resolve?domain=${name}">View in Telegram</a>
</div>`;
}

/** A whole number with a space between thousands: `12 345`. */
function spaced(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ' ');
}

/** The card at `t.me/<name>` of a channel, with its exact subscribers, and a way to its posts where they are shown. */
export function cardPage(channel: ShownChannel): string {
  const { name, title, subscribers } = channel;
  const preview = channel.preview
    ? `<div class="tgme_page_action tgme_page_context_action"><div class="tgme_page_context_btn"><a class="tgme_action_button_new" href="/s/${name}"><span class="tgme_action_button_label">Preview channel</span></a></div></div>`
    : '';
  const body = `${channelHead(name, title)}
<div class="tgme_page_extra">${spaced(subscribers)} subscriber${subscribers === 1 ? '' : 's'}</div>
<div class="tgme_page_description" dir="auto">${textHtml(channel.description)}</div>
${viewButton(name)}
${preview}
<div class="tgme_page_additional">
  If you have <strong>Telegram</strong>, you can view and join <br><strong>${escapeHtml(title)}</strong> right away.
</div>`;
  return wrapped({ name, title, head: '', classes: 'tgme_page tgme_page_post', body });
}

/** The card of a channel that Telegram has blocked: no subscribers, and the reason in the place of its description. */
export function blockedPage(name: string, title: string): string {
  const body = `${channelHead(name, title)}
<div class="tgme_page_description" dir="auto">This channel can&#39;t be displayed because it violated Telegram&#39;s Terms of Service.</div>
${viewButton(name)}`;
  return wrapped({ name, title, head: '', classes: 'tgme_page tgme_page_post', body });
}

/** What `t.me/<name>` shows when nobody has the name, or a person who shows nothing. */
export function contactPage(name: string): string {
  const body = `<div class="tgme_page_icon">
  <i class="tgme_icon_user"></i>
</div>
<div class="tgme_page_description">
  If you have <strong>Telegram</strong>, you can contact <a class="tgme_username_link" href="tg://resolve?domain=${name}">@${name}</a> right away.
</div>
<div class="tgme_page_action">
  <a class="tgme_action_button" href="tg://resolve?domain=${name}">Send Message</a>
</div>`;
  return wrapped({
    name,
    title: `Telegram: Contact @${name}`,
    head: '<meta name="robots" content="noindex, nofollow">',
    classes: 'tgme_page',
    body,
  });
}
