import type { z } from 'zod';

import { addDays, calendarPeriod, dayOf } from './period.ts';
import type { Day } from './period.ts';
import { asIs, SaidError, type Said } from './said.ts';
import { declarations, settingNames } from './settings/definitions.ts';
import type { SettingName } from './settings/definitions.ts';
import { maskedSetting } from './settings/masking.ts';
import { misspeltSettings } from './settings/misspelt.ts';
import { wantedOf } from './settings/wanted.ts';

export type { SettingName } from './settings/definitions.ts';
export { maskedSetting } from './settings/masking.ts';

type Declared = typeof declarations;

/**
 * The settings of a process, checked, by their names in the environment. Lists are arrays (empty when unset); what is
 * neither set nor has a default is `undefined`.
 */
export type Settings = {
  readonly [Name in SettingName]: Name extends ListSetting
    ? readonly string[]
    : Declared[Name] extends { default: string } | { computedDefault: string }
      ? z.output<Declared[Name]['schema']>
      : z.output<Declared[Name]['schema']> | undefined;
};

type ListSetting = {
  [Name in SettingName]: z.output<Declared[Name]['schema']> extends readonly string[] ? Name : never;
}[SettingName];

/** One setting for documentation and `.env.example`. */
export interface SettingDefinition {
  name: SettingName;
  description: string;
  /** As it is written; `null` when unset means "not used". */
  default: string | null;
  /** Whether the default is described in words because it is computed at the start. */
  defaultIsComputed: boolean;
  bounds: string | null;
  example: string | null;
  secret: boolean;
}

/** Every setting, in the order of the documentation. */
export const settingDefinitions: readonly SettingDefinition[] = settingNames.map((name) => {
  const declaration: {
    description: string;
    default?: string;
    computedDefault?: string;
    bounds?: string;
    example?: string;
    secret?: true;
  } = declarations[name];
  return {
    name,
    description: declaration.description,
    default: declaration.default ?? declaration.computedDefault ?? null,
    defaultIsComputed: declaration.computedDefault !== undefined,
    bounds: declaration.bounds ?? null,
    example: declaration.example ?? null,
    secret: declaration.secret ?? false,
  };
});

/** One wrong setting: what it got (masked when secret) and what it wants. */
export interface SettingProblem {
  name: string;
  got: Said;
  wanted: Said;
}

/** Settings that cannot be used; the message lists every problem, one a line. */
export class SettingsError extends SaidError {
  override readonly name = 'SettingsError';
  readonly problems: readonly SettingProblem[];

  constructor(problems: readonly SettingProblem[]) {
    const isOne = problems.length === 1;
    const russian = problems.map(
      ({ name, got, wanted }) => `  ${name}: указано ${got.ru}, а нужно: ${wanted.ru}`,
    );
    const english = problems.map(({ name, got, wanted }) => `  ${name}: got ${got.en}, wanted ${wanted.en}`);
    super({
      ru: `${isOne ? 'Неверная настройка' : 'Неверные настройки'}:\n${russian.join('\n')}`,
      en: `${isOne ? 'A setting is' : 'Settings are'} wrong:\n${english.join('\n')}`,
    });
    this.problems = problems;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What reading the settings needs from outside. */
export interface SettingsSources {
  /** The text of a file named by `NAME_FILE`; throws when it cannot be read. */
  readFile: (path: string) => string;
  now: Date;
}

/**
 * Reads and checks every setting from the environment; `NAME_FILE` names a file that holds the value of `NAME`.
 * An empty value counts as not set. Throws `SettingsError` with all problems at once.
 */
export function readSettings(environment: Environment, sources: SettingsSources): Settings {
  const problems: SettingProblem[] = [];
  const values: Record<string, unknown> = {};
  for (const name of settingNames) {
    const given = givenValue(name, environment, sources, problems);
    const declaration: { schema: z.ZodType<unknown, string>; default?: string } = declarations[name];
    const written = given ?? declaration.default;
    if (written === undefined) {
      values[name] = (listSettings as readonly string[]).includes(name) ? [] : undefined;
      continue;
    }
    const result = declaration.schema.safeParse(written);
    if (result.success) {
      values[name] = result.data;
    } else {
      const { message } = result.error.issues[0] ?? { message: '' };
      problems.push({ name, got: maskedSetting(name, written), wanted: wantedOf(message) });
    }
  }
  problems.push(...wrongTogether(values));
  checkHistory(values, sources.now, problems);
  if (problems.length > 0) {
    throw new SettingsError(problems);
  }
  return values as Settings;
}

/** Sentences about names in the environment that look like a misspelt setting; for the log at the start. */
export function settingWarnings(environment: Environment): Said[] {
  return misspeltSettings(Object.keys(environment).filter((name) => environment[name]));
}

/** The default of HISTORY_FROM: 1 January of last year, in that zone. */
export function defaultHistoryFrom(now: Date, zone: string): Day {
  const thisYear = calendarPeriod('year', dayOf(now, zone));
  return calendarPeriod('year', addDays(thisYear.from, -1)).from;
}

const listSettings = [
  'TRUSTED_PROXY',
  'VK_TOKENS',
  'TELEGRAM_SESSIONS',
] as const satisfies readonly ListSetting[];

function givenValue(
  name: SettingName,
  environment: Environment,
  sources: SettingsSources,
  problems: SettingProblem[],
): string | undefined {
  const value = environment[name]?.trim() || undefined;
  const file = environment[`${name}_FILE`]?.trim() || undefined;
  if (file === undefined) {
    return value;
  }
  if (value !== undefined) {
    const both = { ru: `${name} и ${name}_FILE`, en: `${name} and ${name}_FILE` };
    problems.push({ name, got: both, wanted: { ru: 'что-то одно', en: 'one of the two' } });
    return undefined;
  }
  try {
    return sources.readFile(file).trim() || undefined;
  } catch (error) {
    const cause =
      error instanceof SaidError ? error.said : asIs(error instanceof Error ? error.message : String(error));
    problems.push({
      name: `${name}_FILE`,
      got: { ru: `«${file}» (${cause.ru})`, en: `"${file}" (${cause.en})` },
      wanted: { ru: 'файл, который можно прочитать', en: 'a file that can be read' },
    });
    return undefined;
  }
}

/** Settings that are right each by itself and wrong together. */
function wrongTogether(values: Record<string, unknown>): SettingProblem[] {
  const problems: SettingProblem[] = [];
  const needs = (name: SettingName, got: Said, needed: readonly SettingName[]) => {
    const missing = needed.filter((other) => values[other] === undefined);
    if (missing.length > 0) {
      const wanted = {
        ru: `задать ещё и ${missing.join(' и ')}`,
        en: `${missing.join(' and ')} to be set too`,
      };
      problems.push({ name, got, wanted });
    }
  };
  if (values['ROLE'] === 'web' || values['ROLE'] === 'worker') {
    needs('ROLE', { ru: `«${values['ROLE']}»`, en: `"${values['ROLE']}"` }, [
      'CLICKHOUSE_URL',
      'OPERATIONS_DATABASE_URL',
    ]);
  }
  if (values['CLICKHOUSE_CLUSTER'] !== undefined) {
    needs('CLICKHOUSE_CLUSTER', { ru: 'кластер без сервера', en: 'a cluster without a server' }, [
      'CLICKHOUSE_URL',
    ]);
  }
  if (Array.isArray(values['TELEGRAM_SESSIONS']) && values['TELEGRAM_SESSIONS'].length > 0) {
    needs('TELEGRAM_SESSIONS', { ru: 'входы без их приложения', en: 'sessions without their application' }, [
      'TELEGRAM_API_ID',
      'TELEGRAM_API_HASH',
    ]);
  }
  return problems;
}

/** Fills in the computed default, and refuses a history that would begin in the future. */
function checkHistory(values: Record<string, unknown>, now: Date, problems: SettingProblem[]): void {
  const zone = values['TIMEZONE'];
  if (typeof zone !== 'string') {
    return;
  }
  const given = values['HISTORY_FROM'];
  const today = dayOf(now, zone);
  if (typeof given === 'string' && given > today) {
    problems.push({
      name: 'HISTORY_FROM',
      got: { ru: `«${given}»`, en: `"${given}"` },
      wanted: { ru: `день не позже сегодняшнего (${today})`, en: `a day not after today (${today})` },
    });
  }
  const failed = problems.some(({ name }) => name === 'HISTORY_FROM');
  if (given === undefined && !failed) {
    values['HISTORY_FROM'] = defaultHistoryFrom(now, zone);
  }
}
