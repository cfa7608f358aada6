import { expect, test } from 'vitest';
import { defaultWeights } from '#domain/activity-index.ts';
import { measureDefinitions } from '#domain/measure-definitions.ts';
import { measuredNetworks } from '#domain/networks.ts';
import { m } from './paraglide/messages.js';
import { usualAddresses, likesOfNetworks, listNetworks } from './vocabulary-labels.ts';

test('sentences about all networks that are read take their names, with the prepositions of each', () => {
  expect(m.edit_unread({ networks: listNetworks(measuredNetworks, 'label') })).toBe(
    'Такие страницы хранятся в реестре, но программа их не читает: измеряются ВКонтакте и Telegram.',
  );
  const pages = { networks: listNetworks(measuredNetworks, 'at', 'disjunction') };
  expect(m.overview_growth_none(pages)).toMatch(
    /^В реестре нет организации уровня «федерация» со страницами ВКонтакте или в Telegram\./u,
  );
  expect(m.silent_page_link_hint({ ...pages, addresses: usualAddresses({ each: 1 }) })).toMatch(
    /^vk\.com\/имя, t\.me\/имя или адрес сайта\. .+ если она ВКонтакте или в Telegram, будет прочитана/u,
  );
  expect(
    m.ranking_description({ days: 'за неделю', networks: listNetworks(measuredNetworks, 'at') }),
  ).toMatch(/^Насколько активны страницы организаций ВКонтакте и в Telegram: место,/u);
  expect(m.hint_engagement({ likes: likesOfNetworks() })).toMatch(
    /^Взаимодействия \(отметки «нравится» ВКонтакте или реакции в Telegram, комментарии, репосты\)/u,
  );
});

test('the help with addresses names what most people write', () => {
  expect(m.problem_link({ found: 'х', reason: 'Не то.', addresses: usualAddresses() })).toBe(
    '«х»: Не то. Понятны vk.com/имя, vk.com/club123, t.me/имя и адрес сайта.',
  );
});

test('the hint about the index names the weights that it is counted by', () => {
  expect(m.hint_index(defaultWeights)).toMatch(
    /^От 0 до 100: частота 30, регулярность 20, охват 20, вовлечённость 20, рост 10\./u,
  );
});

test('definitions of measures name what each network shows', () => {
  const formulas = measureDefinitions.map(({ formulas }) => formulas);
  const said = (locale: 'ru' | 'en') => formulas.map((formula) => formula[locale]).join('\n');
  expect(said('ru')).toContain('отметки «нравится» ВКонтакте или реакции в Telegram + комментарии');
  expect(said('ru')).toContain('просмотры пересланного в Telegram сообщения принадлежат источнику');
  expect(said('ru')).toContain('пересылки чужого сообщения в Telegram и платные');
  expect(said('en')).toContain('likes of VK or reactions of Telegram + comments');
  expect(said('en')).toContain('views of a forwarded Telegram message are');
  expect(said('en')).toContain('forwards of somebody else’s Telegram message and paid');
});
