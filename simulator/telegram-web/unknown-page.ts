import { hashOf } from '../random.ts';
import type { ShownPost } from './shown.ts';

const day = 86_400_000;

const offers = [
  'Скидка 20% на доставку еды до конца недели',
  'Промокод на такси: две поездки по цене одной',
  'Распродажа зимней обуви, успейте до воскресенья',
  'Бесплатный месяц подписки на кино по нашей ссылке',
  'Кешбэк 15% в аптеках города',
] as const;

function blank(id: number, published: number): ShownPost {
  return {
    ids: [id],
    album: false,
    published,
    service: false,
    text: '',
    edited: false,
    views: null,
    reactions: null,
    stars: null,
    signature: null,
    forward: null,
    reply: null,
    attachments: 'none',
  };
}

/** What an unknown page publishes under the name that was taken: its creation at that instant, then an offer a day. */
export function unknownPagePosts(
  unknownPage: { id: number; subscribers: number },
  since: number,
  instant: number,
): ShownPost[] {
  const posts: ShownPost[] = [{ ...blank(1, since), service: true, text: 'Channel created' }];
  for (let id = 2, published = since + day / 4; published <= instant; id += 1, published += day) {
    const chance = hashOf('stranger', unknownPage.id, id);
    posts.push({
      ...blank(id, published),
      text: offers[chance % offers.length] ?? '',
      views: Math.round(unknownPage.subscribers * (0.2 + (chance % 30) / 100)),
    });
  }
  return posts;
}
