import type { Logger } from 'pino';
import { allowedDays } from '#domain/allowed-days.ts';
import { greatestCount } from '#domain/greatest-count.ts';
import { innerQuotes } from '#domain/inner-quotes.ts';
import type { SetAside } from '#schema/register-mirror.ts';

const russianDay = (day: string): string => day.split('-').reverse().join('.');
const span = {
  ru: `с ${russianDay(allowedDays.from)} по ${russianDay(allowedDays.to)}`,
  en: `from ${allowedDays.from} to ${allowedDays.to}`,
};

type Words = (setAside: SetAside) => string;

const words: Record<SetAside['kind'], { ru: Words; en: Words }> = {
  pause: {
    ru: ({ name, found, organisationId }) =>
      `«${name}»: пауза ${found} не учитывается, допускаются даты ${span.ru}. Закончите её: /silent?form=pause-${organisationId}`,
    en: ({ name, found, organisationId }) =>
      `"${name}": the pause ${found} is not counted, days ${span.en} are taken. End it: /silent?form=pause-${organisationId}`,
  },
  members: {
    ru: ({ name, found }) =>
      `«${name}»: число членов (${found}) не учитывается, допускаются даты ${span.ru}. Импортируйте верное число: оно заменит это.`,
    en: ({ name, found }) =>
      `"${name}": the count of members (${found}) is not counted, days ${span.en} are taken. Import the right count: it takes the place of this one.`,
  },
  member_count: {
    ru: ({ name, found }) =>
      `«${name}»: число членов (${found}) не учитывается, допускаются целые числа от 0 до ${greatestCount}. Импортируйте верное число: оно заменит это.`,
    en: ({ name, found }) =>
      `"${name}": the count of members (${found}) is not counted, whole numbers from 0 to ${greatestCount} are taken. Import the right count: it takes the place of this one.`,
  },
  value: {
    ru: ({ name, found }) => `«${name}»: значение «${found}» непонятно и считается неизвестным.`,
    en: ({ name, found }) => `"${name}": the value "${found}" cannot be understood and passes for unknown.`,
  },
  organisation: {
    ru: ({ name, found }) =>
      `«${name}»: изменения организации не попадают в статистику, непонятно значение «${found}». Импортируйте организацию заново.`,
    en: ({ name, found }) =>
      `"${name}": changes of the organisation do not reach the statistics, its "${found}" cannot be understood. Import the organisation again.`,
  },
  page: {
    ru: ({ name, found }) =>
      `${name}: изменения страницы не попадают в статистику, непонятно значение «${found}». Замените адрес страницы.`,
    en: ({ name, found }) =>
      `${name}: changes of the page do not reach the statistics, its "${found}" cannot be understood. Give the page another address.`,
  },
};

/** A part of the register that the statistics do not know of, named, with what to do about it. */
export function describeSetAside(setAside: SetAside, locale: 'ru' | 'en'): string {
  const [name, found] = [innerQuotes(setAside.name, locale), innerQuotes(setAside.found, locale)];
  return words[setAside.kind][locale]({ ...setAside, name, found });
}

/** Tells the log of each part of the register that is set aside, once as long as the process lives. */
export function setAsideLog(log: Logger): (setAside: readonly SetAside[]) => void {
  const told = new Set<string>();
  return (setAside) => {
    for (const each of setAside) {
      const key = JSON.stringify(each);
      if (told.has(key)) continue;
      told.add(key);
      log.warn(
        { setAside: each.kind, organisation: each.organisationId, page: each.pageId },
        describeSetAside(each, 'en'),
      );
    }
  };
}
