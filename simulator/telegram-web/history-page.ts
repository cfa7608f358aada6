import { shortNumber } from '../world/short-number.ts';
import { escapeHtml, textHtml } from './markup.ts';
import { messageHtml } from './message.ts';
import type { ShownChannel } from './names.ts';
import { pageOfPosts, type Position } from './page-of-posts.ts';
import type { ShownPost } from './shown.ts';

function counterHtml(count: number, one: string): string {
  if (count === 0) return '';
  return `<div class="tgme_channel_info_counter"><span class="counter_value">${shortNumber(count)}</span> <span class="counter_type">${one}${count === 1 ? '' : 's'}</span></div>`;
}

function countersHtml(channel: ShownChannel, posts: readonly ShownPost[]): string {
  const messagesWith = (kind: ShownPost['attachments']): number =>
    posts.reduce((sum, post) => sum + (post.attachments === kind ? post.ids.length : 0), 0);
  return [
    counterHtml(channel.subscribers, 'subscriber'),
    counterHtml(messagesWith('photo'), 'photo'),
    counterHtml(messagesWith('video'), 'video'),
    counterHtml(messagesWith('link'), 'link'),
  ].join('');
}

function headerHtml(channel: ShownChannel, posts: readonly ShownPost[]): string {
  const title = escapeHtml(channel.title);
  const photo = `<i class="tgme_page_photo_image bgcolor${channel.id % 7}" data-content="${escapeHtml([...channel.title][0] ?? '')}"></i>`;
  const subscribers = `${shortNumber(channel.subscribers)} subscriber${channel.subscribers === 1 ? '' : 's'}`;
  return `<header class="tgme_header search_collapsed">
  <div class="tgme_container">
    <div class="tgme_header_search">
      <form class="tgme_header_search_form" action="/s/${channel.name}">
        <input class="tgme_header_search_form_input js-header_search" placeholder="Search" name="q" autocomplete="off" value="" />
      </form>
    </div>
    <div class="tgme_header_right_column">
      <section class="tgme_right_column">
        <div class="tgme_channel_info">
          <div class="tgme_channel_info_header">
            ${photo}
            <div class="tgme_channel_info_header_title"><span dir="auto">${title}</span></div>
            <div class="tgme_channel_info_header_username"><a href="https://t.me/${channel.name}">@${channel.name}</a></div>
          </div>
          <div class="tgme_channel_info_counters">${countersHtml(channel, posts)}</div>
          <div class="tgme_channel_info_description">${textHtml(channel.description)}</div>
          <a class="tgme_channel_download_telegram" href="//telegram.org/dl">Download Telegram</a>
          <div class="tgme_channel_download_telegram_bottom">to view and join the conversation</div>
        </div>
      </section>
    </div>
    <div class="tgme_header_info">
      <a class="tgme_channel_join_telegram" href="//telegram.org/dl">Join</a>
      <a class="tgme_header_link" href="https://t.me/${channel.name}">
        ${photo}
        <div class="tgme_header_title">${title}</div>
        <div class="tgme_header_counter">${subscribers}</div>
      </a>
    </div>
  </div>
</header>`;
}

const noPosts =
  '<div class="tgme_widget_message_wrap js-widget_message_wrap"><div class="tgme_widget_message_centered"><div class="tme_no_messages_found">No posts found</div></div></div>';

function moreHtml(channel: ShownChannel, side: 'before' | 'after', id: number): string {
  return `<a href="/s/${channel.name}?${side}=${id}" class="tme_messages_more js-messages_more" data-${side}="${id}"></a>`;
}

/** What is left out of a page. */
export interface LeftOut {
  /** All but so many of its newest posts. */
  allBut?: number;
  /** Its link to older posts, in the page or also in its head. */
  olderLink?: 'page' | 'everywhere';
}

/** A page of `t.me/s/<name>`: the channel's header and posts, oldest first, with links to others on either side. */
export function historyPage(
  channel: ShownChannel,
  position: Position,
  instant: number,
  cutsAlbums: boolean,
  leftOut: LeftOut = {},
): string {
  const all = channel.posts();
  const { posts: onPage, older, newer } = pageOfPosts(all, position, cutsAlbums);
  const posts = onPage.slice(Math.max(0, onPage.length - (leftOut.allBut ?? onPage.length)));
  const oldest = posts[0]?.ids[0] ?? 0;
  const newest = posts.at(-1)?.ids.at(-1) ?? 0;
  const title = escapeHtml(channel.title);
  const link = (rel: string, side: string, id: number): string =>
    `<link rel="${rel}" href="/s/${channel.name}?${side}=${id}">`;
  const history = [
    older && leftOut.olderLink === undefined ? moreHtml(channel, 'before', oldest) : '',
    posts.length === 0 ? noPosts : posts.map((post) => messageHtml(channel, post, instant)).join(''),
    newer ? moreHtml(channel, 'after', newest) : '',
  ];
  return `<!DOCTYPE html>
<html>
  <head>
    <meta charset="utf-8">
    <title>${title} – Telegram</title>
    <meta name="viewport" content="width=device-width, initial-scale=1.0, minimum-scale=1.0, maximum-scale=1.0, user-scalable=no" />
    <meta property="og:title" content="${title}">
    <meta property="og:site_name" content="Telegram">
    <meta property="og:description" content="${escapeHtml(channel.description)}">
    ${older && leftOut.olderLink !== 'everywhere' ? link('prev', 'before', oldest) : ''}
    ${newer ? link('next', 'after', newest) : ''}
    ${link('canonical', 'before', newest + 1)}
  </head>
  <body class="widget_frame_base tgme_webpreview emoji_image thin_box_shadow no_transitions">
${headerHtml(channel, all)}
<main class="tgme_main" data-url="/${channel.name}">
  <div class="tgme_container">
    <section class="tgme_channel_history js-message_history">
      ${history.join('')}
    </section>
  </div>
</main>
  </body>
</html>
`;
}
