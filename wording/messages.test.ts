import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

type Message = string | { declarations: string[]; match: Record<string, string> }[];

const folder = new URL('messages/', import.meta.url);
const files = readdirSync(new URL('ru/', folder));
const read = (locale: string, file: string) =>
  JSON.parse(readFileSync(new URL(`${locale}/${file}`, folder), 'utf8')) as Record<string, Message>;
const textsOf = (message: Message): string[] =>
  typeof message === 'string' ? [message] : message.flatMap(({ match }) => Object.values(match));
const inputsOf = (message: Message): string[] => [
  ...new Set(
    textsOf(message).flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? '')),
  ),
];

test('both languages have the same files', () => {
  expect(readdirSync(new URL('en/', folder))).toEqual(files);
});

describe.each(files)('%s', (file) => {
  const [ru, en] = [read('ru', file), read('en', file)];

  test('says the same things in both languages, with the same figures', () => {
    expect(Object.keys(en)).toEqual(Object.keys(ru));
    const differing = Object.keys(ru).filter(
      (key) =>
        inputsOf(ru[key] ?? '')
          .sort()
          .join() !==
        inputsOf(en[key] ?? '')
          .sort()
          .join(),
    );
    expect(differing).toEqual([]);
  });

  test('has every plural form', () => {
    /** The forms of each message, for each value of what else it depends on. */
    const forms = (messages: Record<string, Message>) =>
      new Set(
        Object.values(messages).flatMap((message) => {
          if (typeof message === 'string') return [];
          const keys = message.flatMap(({ match }) => Object.keys(match).map((key) => key.split(', ')));
          const others = Map.groupBy(keys, ([, ...rest]) => rest.join());
          return [...others.values()].map((each) => each.map(([form]) => form).join(' '));
        }),
      );
    expect([...forms(ru)].every((form) => form === 'form=one form=few form=many form=*')).toBe(true);
    expect([...forms(en)].every((form) => form === 'form=one form=*')).toBe(true);
  });

  test('uses the words of the field', () => {
    const never = /(?<!\p{L})(лиг[аиуе]|пост(ы|ов|а|у|е)?|куратор|отраслевая организация|ER)(?!\p{L})/iu;
    const wrong = Object.entries({ ...ru }).filter(([, message]) =>
      textsOf(message).some((text) => never.test(text)),
    );
    expect(wrong).toEqual([]);
  });

  test('says neutral words of organisations, and VKontakte by its name', () => {
    const never =
      /заброшен|молчащ|молчани|молчит|молчат|пауза \{|назнач|снимк|снимок|оригинал|ожидаем|сдвинул|сосед|обойден|не прочитан[аоы]? \{|VPN|обход|блокировк|медиана группы|в отрасли/iu;
    // Names of VK's own, addresses and settings stay as they are written.
    const vk = /(?<![.\p{L}/_])VK(?! Бизнес ID|_|\p{L})/u;
    const wrong = Object.entries({ ...ru }).filter(([, message]) =>
      textsOf(message).some((text) => never.test(text) || vk.test(text)),
    );
    expect(wrong).toEqual([]);
  });

  test('keeps figures and their signs on one line', () => {
    const broken = Object.entries(ru).filter(([, message]) =>
      textsOf(message).some((text) => /\d %|\d [–—] \d/.test(text)),
    );
    expect(broken).toEqual([]);
  });
});
