import type { CauseRule } from './rule.ts';
import { olderThan, reasonsOf, said } from './rule.ts';

const valueNames: Readonly<Record<string, string>> = {
  subscribers: 'подписчики',
  views: 'просмотры',
  likes: 'лайки',
  comments: 'комментарии',
  reposts: 'репосты',
  stars: 'звёзды',
  source: 'источник',
};

/** What is doubted, and why. */
export const ofDoubts: readonly CauseRule[] = [
  [
    /^suspect: ([^(]+) \((.+)\)$/su,
    ([what, detail], say) => `ответ под сомнением: ${say(what ?? '')} (${say(detail ?? '')})`,
  ],
  [/^history: (.+)$/su, ([what], say) => `история: ${say(what ?? '')}`],
  said('it did not end where it seemed to', 'она кончается не там, где казалось'),
  said('an answer without posts contradicts itself', 'ответ без публикаций противоречит сам себе'),
  said('the answer is of another place in the page', 'показано другое место страницы'),
  said(
    'too many items of the answer are no posts of this page',
    'слишком многое в ответе — не публикации этой страницы',
  ),
  said('more posts are missing at once than is likely', 'сразу пропало больше публикаций, чем бывает'),
  said(
    'posts are missing that are there when asked for by id',
    'в списке нет публикаций, которые по номерам находятся',
  ),
  said('the dates of known posts are others', 'у известных публикаций другие даты'),
  [
    /^(\d+) of (\d+) known posts are not shown$/u,
    ([count, all]) => `не показано известных публикаций: ${count} из ${all}`,
  ],
  [
    /^(\d+) of (\d+) known posts have other dates$/u,
    ([count, all]) => `другие даты у известных публикаций: ${count} из ${all}`,
  ],
  [
    /^(\d+) new posts are dated before the last look, which did not show them$/u,
    ([count]) => `новых публикаций с датами до прошлого сбора, в котором их не было: ${count}`,
  ],
  [
    /^(\d+) posts that the page does not show are there$/u,
    ([count]) => `находятся по номерам, хотя в списке их нет: ${count}`,
  ],
  [
    /^asked for by id, (\d+) of them are there$/u,
    ([count]) => `при проверке по номерам из них находятся: ${count}`,
  ],
  [
    /^posts not shown could not be asked for: (.+)$/su,
    ([why], say) => `проверить по номерам, чего не видно, не удалось: ${say(why ?? '')}`,
  ],
  [
    /^whether there are older posts could not be asked: (.+)$/su,
    ([why], say) => `узнать, есть ли публикации старше, не удалось: ${say(why ?? '')}`,
  ],
  [
    /^the network counts more posts than were read(?:: (\d+))?$/u,
    ([count]) => `по счётчику публикаций больше, чем прочитано${count ? `, на ${count}` : ''}`,
  ],
  [
    /^passed over: (.+)$/su,
    ([what], say) => `принято как есть, раз за несколько часов не изменилось: ${say(what ?? '')}`,
  ],
  [/^on the whole way (.+)$/u, ([reasons]) => `на всём пути: ${reasonsOf(reasons ?? '')}`],
  [
    /^values that cannot be were left out: (.+?)(?: \(\+(\d+)\))?$/u,
    ([what, more], say) => {
      const named = (what ?? '').split(', ').map(say).join(', ');
      return `невозможные значения не учтены: ${named}${more ? ` и ещё ${more}` : ''}`;
    },
  ],
  [
    /^(subscribers|views|likes|comments|reposts|stars|source)(?: of post (\d+))? (\(no number\)|\S+)$/u,
    ([field, id, value]) => {
      const said = value === '(no number)' ? 'не число' : value;
      return `${valueNames[field ?? '']}${id ? ` публикации ${id}` : ''} (${said})`;
    },
  ],
  [/^([a-z_]+ \d+(?:, [a-z_]+ \d+)*)$/u, ([reasons]) => reasonsOf(reasons ?? '')],
  [
    /^at least half of the items are no posts of this page: (.+)$/u,
    ([reasons]) => `не меньше половины — не публикации этой страницы: ${reasonsOf(reasons ?? '')}`,
  ],
  [
    /^half of the messages(?: of (\S+))? or more are no posts of (?:it|the channel) \((.+)\)$/u,
    ([name, reasons]) =>
      `не меньше половины сообщений${name ? ` канала ${name}` : ''} — не его публикации (${reasonsOf(reasons ?? '')})`,
  ],
  [
    /^messages that are no posts \((.+)\)$/u,
    ([reasons]) => `сообщения, которые не публикации (${reasonsOf(reasons ?? '')})`,
  ],
  [
    /^messages that were no posts \((.+)\) were some when asked for again$/u,
    ([reasons]) => `сообщения (${reasonsOf(reasons ?? '')}) при повторном запросе оказались публикациями`,
  ],
  said('no messages', 'сообщений нет'),
  [/^no messages older than (\d+|these)$/u, ([id]) => `сообщений старше ${olderThan(id)} нет`],
  [
    /^(no messages.*), though the channel counts some$/u,
    ([what], say) => `${say(what ?? '')}, хотя по счётчику канала они есть`,
  ],
  said('messages of another place', 'сообщения из другого места'),
  [
    /^none of the messages is older than (\d+|these), as was asked for$/u,
    ([id]) => `среди сообщений нет старше ${olderThan(id)}, хотя запрошены именно они`,
  ],
  said(
    'asked again: the first answer had other dates',
    'запрошено повторно: в первом ответе были другие даты',
  ),
  [
    /^asked again: the first answer had (.+)$/u,
    ([what], say) => `запрошено повторно: в первом ответе было не то (${say(what ?? '')})`,
  ],
  said('no posts are shown, nor how many there are', 'не показаны ни публикации, ни их число'),
  said(
    'no posts are shown, though the wall is said to have some',
    'публикации не показаны, хотя по счётчику стены они есть',
  ),
  said('the wall is said to hold no posts', 'по счётчику на стене нет публикаций'),
  [
    /^(?:the posts behind post (\d+)|the posts) are not found again$/u,
    ([id]) => `${behind(id)} больше не находятся`,
  ],
  [
    /^(?:the posts behind post (\d+)|the posts) are not shown, nor how many there are$/u,
    ([id]) => `${behind(id)} не показаны, и их число тоже`,
  ],
  [
    /^(?:the posts behind post (\d+)|the posts) are not shown, though the wall is said to have more$/u,
    ([id]) => `${behind(id)} не показаны, хотя по счётчику стены они есть`,
  ],
  [
    /^(?:the posts behind post (\d+)|the posts) are not shown: the same come again$/u,
    ([id]) => `${behind(id)} не показаны: приходят те же самые`,
  ],
  [
    /^post (\d+) and all before it are not shown any more$/u,
    ([id]) => `публикация ${id} и все до неё больше не показаны`,
  ],
  said('the pages show no posts, and lead on to older ones', 'страницы пусты, но ведут к более старым'),
  [/^the posts(?: behind post (\d+))?$/u, ([id]) => behind(id)],
  said('the newest page', 'страница с новыми публикациями'),
  [/^the page before (\d+)$/u, ([id]) => `страница до сообщения ${id}`],
  said('the page before these', 'страница до показанных сообщений'),
  [
    /^(the (?:newest page|page before \d+)) showed no posts at first, and did when asked again$/u,
    ([place], say) => `${say(place ?? '')} сначала была пуста, а при повторном запросе нет`,
  ],
  [
    /^(the (?:newest page|page before (?:\d+|these))) shows no posts, and the one before showed an album there$/u,
    ([place], say) => `${say(place ?? '')} пуста, хотя предыдущая показала там альбом`,
  ],
  [
    /^(the (?:newest page|page before (?:\d+|these))) shows few posts, and then none$/u,
    ([place], say) => `${say(place ?? '')} показывает мало публикаций, а при повторном запросе ни одной`,
  ],
  [
    /^(the (?:newest page|page before \d+)) showed more posts when asked again$/u,
    ([place], say) => `${say(place ?? '')} при повторном запросе показала больше публикаций`,
  ],
  [
    /^(the (?:newest page|page before \d+)) showed other dates when asked again$/u,
    ([place], say) => `${say(place ?? '')} при повторном запросе показала другие даты`,
  ],
  [
    /^the pages of (\S+) show less than half of their messages, and lead on to older ones$/u,
    ([name]) => `страницы канала ${name} показывают меньше половины своих сообщений, но ведут к более старым`,
  ],
  said(
    'answers have less than half of the messages asked for, though the channel counts more',
    'в ответах меньше половины запрошенных сообщений, хотя по счётчику канала их больше',
  ),
  said(
    'asked again: the first answer left messages out',
    'запрошено повторно: в первом ответе были не все сообщения',
  ),
  said(
    'the channel counts more messages than were read: all are read once more',
    'по счётчику канала сообщений больше, чем прочитано: все читаются ещё раз',
  ),
  [
    /^the page that ends at (\d+) left out its link to older posts, which are there$/u,
    ([id]) => `на странице до сообщения ${id} нет ссылки на более старые, хотя они есть`,
  ],
];

function behind(id: string | undefined): string {
  return id ? `публикации старше ${id}` : 'публикации';
}
