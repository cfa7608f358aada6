import type { CauseRule } from './rule.ts';
import { kindWords, moreTimes, olderThan, reasonsOf, said, timesIn } from './rule.ts';

/** A cause within another of the network: that it is one is said already. */
const withoutKind = (cause = ''): string => cause.replace(/^network: /u, '');

/** What goes wrong between us and a network. */
export const ofAnswers: readonly CauseRule[] = [
  [/^broken: (.+)$/su, ([what], say) => `ответ не разобран: ${say(what ?? '')}`],
  [/^network: (.+)$/su, ([what], say) => `связь: ${say(what ?? '')}`],
  [
    /^what the network showed cannot be stored \((.+)\)$/su,
    ([why]) => `показанное сетью нельзя сохранить («${why}»)`,
  ],
  [/^no answer to (\S+) within the deadline$/u, ([method]) => `на ${method} нет ответа за отведённое время`],
  [/^(\S+) gave no answer within ([\d.]+) s$/u, ([host, seconds]) => `${host} не отвечает ${seconds} с`],
  said(
    'VK does not answer, calls are held back for a minute',
    'ВКонтакте не отвечает, вызовы отложены на минуту',
  ),
  [/^(\S+) cannot be reached \((.+)\)$/su, ([host, why], say) => `${host} недоступен (${say(why ?? '')})`],
  [/^no connection to Telegram \((.+)\)$/su, ([why], say) => `нет соединения с Telegram (${say(why ?? '')})`],
  [
    /^the connection to Telegram was cut \((.+)\)$/su,
    ([why], say) => `соединение с Telegram оборвалось (${say(why ?? '')})`,
  ],
  said('the connection was given up', 'соединение закрыто'),
  [/^(\S+) answered with status (\d+)$/u, ([host, status]) => `${host} ответил кодом ${status}`],
  [
    /^(\S+) refused the request \(status (\d+)\): look whether it opens in a browser, or set TELEGRAM_WEB_PROXY$/u,
    ([host, status]) =>
      `${host} отклонил запрос (код ${status}): проверьте, открывается ли он в браузере, или задайте TELEGRAM_WEB_PROXY`,
  ],
  [
    /^(\S+) failed (\d+) times in a row, the remaining pages were not asked for \((.+)\)$/su,
    ([host, count, why], say) =>
      `${host} не ответил ${count} ${timesIn(count)} подряд, остальные страницы не запрашивались (${say(withoutKind(why))})`,
  ],
  [
    /^(\S+) redirected more than (\d+) times$/u,
    ([host, count]) => `${host} перенаправил больше ${count} ${moreTimes(count)}`,
  ],
  [/^(\S+) redirected without a usable address$/u, ([host]) => `${host} перенаправил без адреса`],
  [
    /^(\S+) redirected to (\S+), a page of \S+ was expected: something between answers instead$/u,
    ([host, to]) => `${host} перенаправил на ${to}: вместо него отвечает кто-то по дороге`,
  ],
  [
    /^([\w.]+): (.+): look into VK_API_URL$/su,
    ([method, what], say) => `${method}: ${say(what ?? '')}: проверьте VK_API_URL`,
  ],
  [
    /^the server redirects to (.+?) \(HTTP (\d+)\)$/u,
    ([to, status]) =>
      `сервер перенаправляет на ${to === 'an address it does not name' ? 'адрес, которого не называет,' : to} (HTTP ${status})`,
  ],
  said('an address it does not name', 'адрес, которого не называет'),
  [
    /^(?:the answer is larger than|Telegram’s answer has more than) (\d+) MB$/u,
    ([size]) => `в ответе больше ${size} МБ`,
  ],
  [
    /^([\w.]+): (the answer is larger than \d+ MB)$/u,
    ([method, what], say) => `${method}: ${say(what ?? '')}`,
  ],
  said('the deadline passed', 'время вышло'),
  [
    /^the answer could not be read \((.+)\)$/su,
    ([why], say) => `прочитать ответ не удалось (${say(why ?? '')})`,
  ],
  [
    /^the page could not be read \((.+)\)$/su,
    ([why], say) => `прочитать страницу не удалось (${say(why ?? '')})`,
  ],
  [
    /^(?:(`?[\w.]+`?) of ([\w.]+)|the answer(?: to ([\w.]+))?) is (missing|null|a list|text|number|object|boolean)(?:, (a list|an object) is wanted)?$/u,
    ([field, ofMethod, method, found, wanted]) => {
      const what = field ? `${field} в ответе на ${ofMethod}` : `ответ${method ? ` на ${method}` : ''}`;
      const need = wanted === 'a list' ? ', нужен список' : wanted ? ', нужен объект' : '';
      return `${what}: получено ${kindWords(found ?? '')}${need}`;
    },
  ],
  [
    /^not one of (\d+) items of (\S+) is a post \((.+)\)$/u,
    ([count, method, reasons]) =>
      `среди ${count} записей ${method} нет ни одной публикации (${reasonsOf(reasons ?? '')})`,
  ],
  [/^(\S+) answers what was not asked for$/u, ([method]) => `${method} отвечает не о том, что спросили`],
  said('`error` of the answer holds no `error_code`', 'в `error` ответа нет `error_code`'),
  said('the answer holds neither `response` nor `error`', 'в ответе нет ни `response`, ни `error`'),
  said(
    '`execute_errors` of the answer is not a list of objects',
    '`execute_errors` в ответе — не список объектов',
  ),
  [
    /^`response` of execute is not a list of (\d+)$/u,
    ([count]) => `\`response\` у execute — не список из ${count}`,
  ],
  [
    /^the answer to (\S+) says nothing of (\d+) ids$/u,
    ([method, count]) => `ответ на ${method} ничего не говорит о номерах: ${count}`,
  ],
  [
    /^the answer to (\S+) says "not modified", messages are wanted$/u,
    ([method]) => `ответ на ${method} — «не изменилось», а нужны сообщения`,
  ],
  [
    /^the answer to (\S+) is (\S+), messages are wanted$/u,
    ([method, what]) => `ответ на ${method} — ${what}, а нужны сообщения`,
  ],
  [
    /^the answer to (\S+) has (\d+) messages, 100 are wanted$/u,
    ([method, count]) => `в ответе на ${method} сообщений ${count}, а нужно 100`,
  ],
  [
    /^the answer to (\S+) names the channel (\S+) and does not show it$/u,
    ([method, id]) => `ответ на ${method} называет канал ${id} и не показывает его`,
  ],
  [
    /^the answer to (\S+) is of (\S+), ChannelFull is wanted$/u,
    ([method, what]) => `ответ на ${method} — ${what}, а нужен ChannelFull`,
  ],
  [/^no end of messages in (\d+) answers$/u, ([count]) => `сообщения не кончаются за ${count} ответов`],
  said(
    'Telegram answered with something this version does not know',
    'Telegram ответил тем, чего эта версия не знает',
  ),
  said('a channel has an id that is none', 'у канала невозможный номер'),
  [
    /^elements stand more than (\d+) deep in each other on the page$/u,
    ([count]) => `на странице больше ${count} вложенных элементов`,
  ],
  [/^the page has more than (\d+) elements$/u, ([count]) => `на странице больше ${count} элементов`],
  said('the page is cut off: </html> was expected at its end', 'страница оборвана: в конце нет </html>'),
  [
    /^the page of (\S+) was expected, this one is of (\S+)$/u,
    ([name, other]) => `нужна страница ${name}, а пришла ${other}`,
  ],
  [
    /^the page of (\S+) was expected, this one has neither a title nor a link to contact it(?: and is called "(.*)")?$/u,
    ([name, title]) =>
      `нужна страница ${name}, а у этой нет ни названия, ни ссылки для связи${title ? ` («${title}»)` : ''}`,
  ],
  [
    /^a page of the channel (\S+) was expected, the answer is no HTML page$/u,
    ([name]) => `нужна страница канала ${name}, а пришла не HTML-страница`,
  ],
  [
    /^a page of the channel (\S+) was expected, the page has neither \S+ nor (\S+?)(?: and is called "(.*)")?$/u,
    ([name, , title]) => `нужна страница канала ${name}, а на этой его нет${title ? ` («${title}»)` : ''}`,
  ],
  [
    /^the channel (\S+) was expected, the page is of (\S+)$/u,
    ([name, other]) => `нужен канал ${name}, а страница — ${other}`,
  ],
  [
    /^the messages of (\S+) were expected, the page has no \S+$/u,
    ([name]) => `нужны сообщения ${name}, а на странице их нет`,
  ],
  [
    /^no message of (\S+) tells its channel: a number c in data-view was expected$/u,
    ([name]) => `ни одно сообщение ${name} не называет номера канала`,
  ],
  [
    /^messages of one channel were expected, those of (\S+) are of several$/u,
    ([name]) => `сообщения ${name} — из нескольких каналов`,
  ],
  [
    /^the link to older messages of (\S+) names no message$/u,
    ([name]) => `ссылка на более старые сообщения ${name} никуда не ведёт`,
  ],
  [
    /^older messages of (\S+) than (\d+|these) were expected, the page does not lead there$/u,
    ([name, id]) => `страница ${name} не ведёт к сообщениям старше ${olderThan(id)}`,
  ],
  [
    /^about twenty messages of (\S+) were expected, the page has more than (\d+)$/u,
    ([name, count]) => `на странице ${name} больше ${count} сообщений, а бывает около двадцати`,
  ],
  [
    /^messages of (\S+) were expected, none of (\d+) has a data-post with its name and number$/u,
    ([name, count]) => `среди ${count} сообщений нет ни одного из ${name}`,
  ],
  [
    /^messages of (\S+) before (\d+|these) were expected, the page shows others$/u,
    ([name, id]) => `нужны сообщения ${name} старше ${olderThan(id)}, а показаны другие`,
  ],
];
