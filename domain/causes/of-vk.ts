import type { CauseRule } from './rule.ts';
import { otherWords, said } from './rule.ts';

const states: Readonly<Record<string, string>> = {
  deleted: 'удалено',
  blocked: 'заблокировано',
  banned: 'заблокировано',
};

/** What VK says, and what is done about it. */
export const ofVk: readonly CauseRule[] = [
  [
    /^vk:(\d+) (.*?)(?: \(((?:the token|VK asks|the application or|the key is)[^]*)\))?$/su,
    ([code, words, hint], say) =>
      `ВКонтакте ответил ошибкой ${code}${words ? ` («${words}»)` : ''}${hint ? `: ${say(hint)}` : ''}`,
  ],
  said(
    'the token is dead or of the wrong kind: replace it in VK_TOKENS',
    'ключ не действует или не того вида: замените его в VK_TOKENS',
  ),
  said(
    'VK asks for a person (captcha or confirmation): log in with the account of this token',
    'ВКонтакте просит подтверждения от человека: войдите под учётной записью этого ключа',
  ),
  said(
    'the application or the address is refused by VK: look into the settings of the application',
    'ВКонтакте не принимает приложение или адрес: проверьте настройки приложения',
  ),
  said(
    'the key is of the wrong kind, as those of VK ID (vk2.a...) are: make a service key of an application of your own, and put it into VK_TOKENS',
    'ключ не того вида, как ключи VK ID (vk2.a...): создайте сервисный ключ своего приложения и впишите его в VK_TOKENS',
  ),
  said(
    'no token of VK is set: put a service key into VK_TOKENS',
    'ключ ВКонтакте не задан: впишите сервисный ключ в VK_TOKENS',
  ),
  said('no token of VK can be used', 'ни один ключ ВКонтакте не действует'),
  [/^key (\d+) of VK_TOKENS$/u, ([number]) => `ключ ${number} из VK_TOKENS`],
  [
    /^quota: all (\d+) calls of (\S+) of a token are used up today \(VK_DAILY_QUOTA\)$/u,
    ([count, method]) =>
      `квота: сегодня исчерпаны все ${count} вызовов ${method} одного ключа (VK_DAILY_QUOTA)`,
  ],
  [/^vk: (.+)$/su, ([what], say) => `ВКонтакте: ${say(what ?? '')}`],
  [/^the community is (\w+)$/u, ([state]) => `сообщество ${states[state ?? ''] ?? state}`],
  said(
    'vk shows the same posts differently each time',
    'ВКонтакте каждый раз показывает те же публикации по-разному',
  ),
  said('no answer', 'нет ответа'),
  said('no answer and no error', 'нет ни ответа, ни ошибки'),
  said('some were answered by what is no post', 'на часть номеров пришли не публикации'),
  said('the gap since the last look has no end', 'промежуток после прошлого сбора не кончается'),
  [/^nobody has the name (\S+)$/u, ([name]) => `адрес ${name} никому не принадлежит`],
  [
    /^(\S+) is not a community but an? (\w+)$/u,
    ([name, what]) => `${name} — не сообщество: ${otherWords(what ?? '')}`,
  ],
];
