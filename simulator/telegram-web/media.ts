import { hashOf } from '../random.ts';
import { escapeHtml } from './markup.ts';
import type { ShownPost } from './shown.ts';

/** Where a post stands: the channel's id for pictures, its name for links. */
export interface Place {
  channelId: number;
  name: string;
}

function pictureOf(place: Place, id: number, kind: string): string {
  const file = hashOf(place.channelId, id, kind).toString(36).padStart(7, '0');
  return `https://cdn${(id % 5) + 1}.telesco.example.org/file/${file}.jpg`;
}

function photoHtml(place: Place, id: number): string {
  const style = `width:800px;background-image:url('${pictureOf(place, id, 'photo')}')`;
  return `<a class="tgme_widget_message_photo_wrap" href="https://t.me/${place.name}/${id}" style="${style}">
  <div class="tgme_widget_message_photo" style="padding-top:75%"></div>
</a>`;
}

/** An album's photos, two in a row; each links to its own message. */
function groupedHtml(place: Place, ids: readonly number[]): string {
  const rows = Math.ceil(ids.length / 2);
  const photos = ids.map((id, index) => {
    const [left, top] = [(index % 2) * 227, Math.floor(index / 2) * 171];
    const picture = pictureOf(place, id, 'photo');
    const style = `left:${left}px;top:${top}px;width:225px;height:169px;margin-right:${index % 2 === 0 ? 2 : 0}px;margin-bottom:0px;background-image:url('${picture}')`;
    return `<a class="tgme_widget_message_photo_wrap grouped_media_wrap blured js-message_photo" style="${style}" data-ratio="1.3333333333333" href="https://t.me/${place.name}/${id}?single">
  <div class="grouped_media_helper" style="left:0;right:0;top:0px;bottom:0px;">
    <div class="tgme_widget_message_photo grouped_media" style="left:0;right:0;top:0px;bottom:0px;"></div>
  </div>
</a>`;
  });
  return `<div class="tgme_widget_message_grouped_wrap js-message_grouped_wrap" data-margin-w="2" data-margin-h="2" style="width:453px;">
  <div class="tgme_widget_message_grouped js-message_grouped" style="padding-top:${((rows * 171) / 4.53).toFixed(3)}%">
    <div class="tgme_widget_message_grouped_layer js-message_grouped_layer" style="width:453px;height:${rows * 171}px">
      ${photos.join('')}
    </div>
  </div>
</div>`;
}

function videoHtml(place: Place, id: number): string {
  const seconds = 5 + (hashOf('video', place.channelId, id) % 170);
  const length = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return `<a class="tgme_widget_message_video_player not_supported js-message_video_player" href="https://t.me/${place.name}/${id}"><i class="tgme_widget_message_video_thumb" style="background-image:url('${pictureOf(place, id, 'video')}')"></i>
<div class="tgme_widget_message_video_wrap" style="width:640px;padding-top:56.25%"></div>
<div class="message_video_play js-message_video_play"></div>
<time class="message_video_duration js-message_video_duration">${length}</time>
<div class="message_media_not_supported_wrap">
  <div class="message_media_not_supported">
    <div class="message_media_not_supported_label">Media is too big</div>
    <span class="message_media_view_in_telegram">VIEW IN TELEGRAM</span>
  </div>
</div></a>`;
}

function pollHtml(place: Place, id: number): string {
  const agreed = hashOf('poll', place.channelId, id) % 101;
  const option = (text: string, percent: number): string => `<div class="tgme_widget_message_poll_option">
    <div class="tgme_widget_message_poll_option_percent">${percent}%</div>
    <div class="tgme_widget_message_poll_option_value">
      <div class="tgme_widget_message_poll_option_text">${text}</div>
      <div class="tgme_widget_message_poll_option_bar accent_bg" style="width:${percent}%"></div>
    </div>
  </div>`;
  return `<div class="tgme_widget_message_poll js-poll">
  <div class="tgme_widget_message_poll_question">Придёте?</div>
  <div class="tgme_widget_message_poll_type">Anonymous Poll</div>
  <a class="tgme_widget_message_poll_options" href="https://t.me/${place.name}/${id}">
  ${option('Да', agreed)}${option('Нет', 100 - agreed)}
  </a>
</div>`;
}

/** What stands above a post's words: photos, a video, a poll. */
export function mediaHtml(place: Place, post: ShownPost): string {
  const [id = 0] = post.ids;
  if (post.album) return groupedHtml(place, post.ids);
  switch (post.attachments) {
    case 'photo':
    case 'album':
      return photoHtml(place, id);
    case 'video':
      return videoHtml(place, id);
    case 'poll':
      return pollHtml(place, id);
    default:
      return '';
  }
}

/** What stands below them: a linked page with words of its own. */
export function linkPreviewHtml(place: Place, post: ShownPost): string {
  if (post.attachments !== 'link' || post.album) return '';
  const [id = 0] = post.ids;
  const address = escapeHtml(`https://news.example.org/${place.channelId}/${id}`);
  return `<a class="tgme_widget_message_link_preview" href="${address}">
  <i class="link_preview_right_image" style="background-image:url('${pictureOf(place, id, 'link')}')"></i>
  <div class="link_preview_site_name accent_color" dir="auto">Новости отрасли</div>
  <div class="link_preview_title" dir="auto">Подробности на сайте</div>
  <div class="link_preview_description" dir="auto">Полный текст, фотографии и документы — на странице новости.</div>
</a>`;
}
