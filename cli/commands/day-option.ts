import { dayProblem, dayRefusal } from '#domain/allowed-days.ts';
import type { Day } from '#domain/period.ts';
import { dayFrom } from '#register/values.ts';
import { WrongArguments } from '../failures.ts';

/** The local day that an option of a command says, in either form of a date. Throws `WrongArguments` that names the option. */
export function dayOption(option: string, text: string): Day {
  const day = dayFrom(text) ?? text.replace(/^(\d{2})\.(\d{2})\.(\d{4})$/u, '$3-$2-$1');
  const problem = dayProblem(day);
  if (problem === 'day_out_of_range' || problem === 'no_such_day') {
    throw new WrongArguments({
      ru: `${option}: ${dayRefusal(day, 'ru')}.`,
      en: `${option}: ${dayRefusal(day, 'en')}.`,
    });
  }
  if (problem) {
    throw new WrongArguments({
      ru: `${option}: указано «${text}», а нужен день вида 2026-01-31.`,
      en: `${option} wants a day like 2026-01-31, and got "${text}".`,
    });
  }
  return day;
}
