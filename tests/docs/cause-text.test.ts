import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { causeText } from '#domain/cause-text.ts';

/** What stands for an expression in a cause; any other is a name or a number. */
const samples: readonly (readonly [RegExp, string])[] = [
  [/^placeWords/u, 'the newest page'],
  [/^behind/u, 'the posts behind post 7'],
  [/^field$/u, 'views'],
  [/^name$/u, 'subscribers'],
  [/^named$/u, 'views of post 7 -5'],
  [/^more$/u, ' (+4)'],
  [/^where/u, 'no messages older than 7'],
  [/^describe\(/u, 'null'],
  [/^describeDrops|reasons|broken\.join/u, 'no_date 3, service 1'],
  [/^otherWords/u, 'a group chat'],
  [/^groupInWords/u, 'a group chat: people talk in it, it is no channel of publications'],
  [/^thing\.other|^resolved\.other/u, 'user'],
  [/^state$/u, 'deleted'],
  [/^to$/u, 'the channel 7'],
  [/^why$/u, 'it has no name to find it by'],
  [/^loginHint/u, 'make a new one by npm run profpulse -- telegram login, and put it into TELEGRAM_SESSIONS'],
  [/^odd\?\.note/u, 'no messages'],
  [/^said$/u, ' for 7 s'],
  [/^reasonOf|\.message\b|^words|^cause$|^brief\(text/u, 'ECONNRESET'],
];

function sampleOf(expression: string): string {
  return samples.find(([pattern]) => pattern.test(expression.trim()))?.[1] ?? '7';
}

/** Texts that are no causes: errors of programmers, and what is said at the command line. */
const noCauses = [
  /SELECT|INSERT/u,
  /^A post (?:has|is made)/u,
  /^The slot .* is still to come/u,
  /^Page .* cannot be collected/u,
  /^TELEGRAM_PROXY is no address/u,
  /^\.tgme_/u,
  /Precision$/u,
  /^views of post 7$/u,
  /^(?:at once|when convincing)$/u,
  /^message \d|^album \d|^Node \d/u,
  /^ for |^ \(\+/u,
  /^ and is called/u,
  /^(?:is dead|needs a person)$/u,
  /^A token of VK/u,
  /^Another process closed the run of/u,
];

/** Texts of the collector's code, with samples for what they are made of; comments and lines of the log are left out. */
function textsOf(file: string): string[] {
  const code = readFileSync(file, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//gu, '')
    .replace(/^\s*\/\/.*$/gmu, '')
    .replace(/\blog(?:\.\w+|\[[^\]]*\])?\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/gu, '')
    .replace(/' \+\s+'/gu, '');
  return [...code.matchAll(/`((?:[^`\\]|\\.)*)`|'((?:[^'\\\n]|\\.)*)'/gu)]
    .map(([, template, text]) => (template ?? text ?? '').replaceAll('\\`', '`'))
    .filter((text) => /[a-z]{2,} (?:[a-z]|\$\{)/u.test(text))
    .map((text) =>
      text.replace(/\$\{((?:[^{}]|\{[^{}]*\})*)\}/gu, (_, expression: string) => sampleOf(expression)),
    )
    .filter((text) => !noCauses.some((pattern) => pattern.test(text)));
}

const files = globSync('collector/**/*.ts').filter((file) => !file.endsWith('.test.ts'));

/** English words in a row that are nobody's command. */
const english = /[a-z]{2,} [a-z]{2,}/u;
const withoutCommands = (text: string) =>
  text.replace(/npm run profpulse -- telegram login|telegram login|`\w+`/gu, '');

test.each(files.filter((file) => textsOf(file).length > 0))('all causes of %s have Russian words', (file) => {
  const left = textsOf(file)
    .map((cause) => [cause, causeText(cause, 'ru')])
    .filter(([, words = '']) => english.test(withoutCommands(words)) || !/[а-яё]/iu.test(words));
  expect(left).toEqual([]);
});

describe('a cause in words', () => {
  test.each([
    [
      'suspect: more posts are missing at once than is likely (108 of 120 known posts are not shown); asked for by id, 100 of them are there',
      'ответ под сомнением: сразу пропало больше публикаций, чем бывает (не показано известных публикаций: 108 из 120); при проверке по номерам из них находятся: 100',
    ],
    [
      'history: suspect: too many items of the answer are no posts of this page (on the whole way no_date 19, service 2)',
      'история: ответ под сомнением: слишком многое в ответе — не публикации этой страницы (на всём пути: без даты — 19, служебные — 2)',
    ],
    ['vk:15 Access denied: wall is closed', 'ВКонтакте ответил ошибкой 15 («Access denied: wall is closed»)'],
    [
      'vk:5 User authorization failed (the token is dead or of the wrong kind: replace it in VK_TOKENS)',
      'ВКонтакте ответил ошибкой 5 («User authorization failed»): ключ не действует или не того вида: замените его в VK_TOKENS',
    ],
    [
      'telegram:CHANNEL_PRIVATE the channel lets nobody in but its members',
      'Telegram ответил CHANNEL_PRIVATE: канал открыт только участникам',
    ],
    [
      'telegram:FLOOD_WAIT Telegram wants to be left alone for 900 s (session 2 of TELEGRAM_SESSIONS)',
      'Telegram просит подождать 900 с (сессия 2 из TELEGRAM_SESSIONS)',
    ],
    [
      'network: t.me failed 3 times in a row, the remaining pages were not asked for (network: t.me gave no answer within 15 s)',
      'связь: t.me не ответил 3 раза подряд, остальные страницы не запрашивались (t.me не отвечает 15 с)',
    ],
    [
      'network: t.me failed 5 times in a row, the remaining pages were not asked for (t.me gave no answer within 15 s)',
      'связь: t.me не ответил 5 раз подряд, остальные страницы не запрашивались (t.me не отвечает 15 с)',
    ],
    ['network: t.me redirected more than 5 times', 'связь: t.me перенаправил больше 5 раз'],
    [
      'values that cannot be were left out: subscribers 4294967296, likes of post 7 -5 (+4)',
      'невозможные значения не учтены: подписчики (4294967296), лайки публикации 7 (-5) и ещё 4',
    ],
    [
      'values that cannot be were left out: views of post 7 (no number)',
      'невозможные значения не учтены: просмотры публикации 7 (не число)',
    ],
    [
      'history: suspect: more posts are missing at once than is likely (the network counts more posts than were read: 130)',
      'история: ответ под сомнением: сразу пропало больше публикаций, чем бывает (по счётчику публикаций больше, чем прочитано, на 130)',
    ],
    [
      'passed over: the posts behind post 7 are not shown, though the wall is said to have more',
      'принято как есть, раз за несколько часов не изменилось: публикации старше 7 не показаны, хотя по счётчику стены они есть',
    ],
    [
      'network: t.me cannot be reached (getaddrinfo ENOTFOUND t.me)',
      'связь: t.me недоступен (имя t.me в DNS не найдено, ENOTFOUND)',
    ],
    [
      'network: t.me cannot be reached (connect ECONNREFUSED 127.0.0.1:9)',
      'связь: t.me недоступен (127.0.0.1:9 не принимает соединений, ECONNREFUSED)',
    ],
    ['network: execute: socket hang up', 'связь: execute: соединение закрыто другой стороной'],
    [
      'network: no connection to Telegram (connect ETIMEDOUT 149.154.167.50:443)',
      'связь: нет соединения с Telegram (149.154.167.50:443 не отвечает, ETIMEDOUT)',
    ],
    ['', ''],
  ])('%s', (cause, words) => {
    expect(causeText(cause, 'ru')).toBe(words);
    expect(causeText(cause, 'en')).toBe(cause);
  });

  test('that nobody knows is quoted, and what is known beside it is not', () => {
    expect(causeText('network: no luck today; stopped: the run was told to end', 'ru')).toBe(
      'связь: «no luck today»; сбор остановлен по запросу',
    );
  });
});
