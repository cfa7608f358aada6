import type { Logger } from 'pino';
import { z } from 'zod';
import { systemClock } from '#domain/clock.ts';
import { isGrowthTargetSetAside } from '#register/growth-target.ts';
import { allowedDays } from '#domain/allowed-days.ts';
import { measuredNetworks, type MeasuredNetwork } from '#domain/networks.ts';
import { settingWarnings, type Settings } from '#domain/settings.ts';
import { listOrganisations } from '#schema/operations/organisations.ts';
import { listPages } from '#schema/operations/pages.ts';
import { registerSetAside } from '#register/sync.ts';
import { describeSetAside } from '#register/set-aside.ts';
import { needsDataDirectory } from '../data-kept.ts';
import { exitCodes, explainFailure } from '../failures.ts';
import { sendCommand, type CommandOutput } from '../command-socket-client.ts';
import { commandSocketPath } from '../command-socket.ts';
import { healthReasons } from '../health.ts';
import { counted, countedPages, dayLabel } from '../messages.ts';
import { refuseMissingData } from '../missing-data.ts';
import { projectVersion } from '../project.ts';
import { openLog, settingsFrom } from '../settings.ts';
import { networksRead } from '../sources.ts';
import type { Command } from './command.ts';
import { checkDisk, checkKeys, checkParked, checkVersions, checkVk } from './doctor-checks.ts';
import { closingText, wordsOf, type Finding, type Words } from './findings.ts';
import { checkOpenness } from './openness-check.ts';
import { checkPrivacyPolicy } from './privacy-check.ts';
import { checkRead } from './read-check.ts';
import { checkRuns, checkStored } from './store-checks.ts';
import { checkSecrets } from './secrets-check.ts';
import { checkSuspect } from './suspect-check.ts';
import { checkTelegram } from './telegram-check.ts';
import { checkTelegramWeb } from './telegram-web-check.ts';

/** What was found before: settings are looked at where the command is given. */
const input = z.object({ misspelt: z.int().default(0) });
const marks: Record<Finding['level'], string> = { ok: '✓', note: '·', look: '!', bad: '✗' };

/** `doctor` over open services: versions, disk, stores, register, networks, collection. Exit code 1 when anything is bad. */
export const doctorCommand: Command<z.infer<typeof input>> = {
  input,
  run: async ({ services, signal, out }, { misspelt }) => {
    const { settings, observations, operations } = services;
    const words = wordsOf(settings.LOCALE);
    const found: Finding[] = [];
    if (misspelt > 0) found.push(misspeltFinding('', words));
    const tell = (finding: Finding): void => {
      found.push(finding);
      out(`${marks[finding.level]} ${finding.text}`);
    };
    tell(checkVersions(projectVersion(), words));
    if (needsDataDirectory(settings)) tell(await checkDisk(settings, words));
    const [engine] = await observations.rows<{ version: string }>(
      '-- engineVersion\nSELECT version() AS version',
    );
    const where = observations.embedded ? words('встроенный', 'embedded') : words('сервер', 'server');
    const register = operations.dialect === 'sqlite' ? 'SQLite' : 'PostgreSQL';
    tell({ level: 'ok', text: `ClickHouse ${engine?.version ?? ''} (${where}), ${register}` });
    const organisations = await listOrganisations(operations);
    const pagesOf = Map.groupBy(await listPages(operations), ({ network }) => network);
    const registered = (locale: 'ru' | 'en'): string =>
      [
        counted(organisations.length, 'organisation', locale),
        ...measuredNetworks.map((network) =>
          countedPages(pagesOf.get(network)?.length ?? 0, network, locale),
        ),
      ].join(', ');
    tell(
      organisations.length > 0
        ? {
            level: 'ok',
            text: words(`Реестр: ${registered('ru')}`, `Register: ${registered('en')}`),
          }
        : {
            level: 'look',
            gist: words('реестр пуст', 'the register is empty'),
            text: words(
              'Реестр пуст: загрузите его командой npm run profpulse -- import файл.csv',
              'The register is empty: take one over by npm run profpulse -- import file.csv',
            ),
          },
    );
    for (const setAside of await registerSetAside(operations)) {
      tell({
        level: 'bad',
        text: describeSetAside(setAside, settings.LOCALE),
        gist: words('часть реестра не учитывается', 'a part of the register is not counted'),
      });
    }
    if (await isGrowthTargetSetAside(operations)) {
      tell({
        level: 'bad',
        gist: words('цель по подписчикам не учитывается', 'the growth target is not counted'),
        text: words(
          `Цель по подписчикам не учитывается: её нельзя прочитать, или её дата вне допустимых (с ${dayLabel(allowedDays.from, 'ru')} по ${dayLabel(allowedDays.to, 'ru')}). Задайте её заново на обзоре.`,
          `The growth target is not counted: it cannot be read, or its day is none of those taken (from ${allowedDays.from} to ${allowedDays.to}). Set it anew on the overview.`,
        ),
      });
    }
    for (const finding of await checkOpenness(services, words)) tell(finding);
    for (const finding of await checkSecrets(services, words)) tell(finding);
    for (const finding of checkPrivacyPolicy(settings, words)) tell(finding);
    for (const finding of await checkStored(services, words)) tell(finding);
    for (const finding of await checkRuns(services, words)) tell(finding);
    const vkPages = pagesOf.get('vk') ?? [];
    const known = vkPages.find((page) => page.nativeId !== null);
    const about = { groupId: known?.nativeId ?? 1 };
    const pages = (network: MeasuredNetwork): number => pagesOf.get(network)?.length ?? 0;
    for (const finding of checkKeys(services.sources, pages, words)) tell(finding);
    for (const finding of await checkVk(settings, about, words, signal)) tell(finding);
    const telegram = { words, signal, log: services.log.child({ network: 'telegram' }) };
    for (const finding of await checkTelegram(settings, telegram)) tell(finding);
    const name = pagesOf.get('telegram')?.find((channel) => channel.name !== null)?.name ?? null;
    for (const finding of await checkTelegramWeb(settings, name, telegram)) tell(finding);
    for (const finding of checkParked(services.sources, settings, words)) tell(finding);
    for (const finding of await checkSuspect(services, words)) tell(finding);
    for (const finding of await checkRead(services, words)) tell(finding);
    const reasons = await healthReasons(services, new Date(0));
    for (const { code, said, gist } of reasons) {
      // That all keys of a network are laid aside is said above, key by key.
      if (code === 'keys_parked') continue;
      tell({ level: 'bad', text: said[settings.LOCALE], gist: gist[settings.LOCALE] });
    }
    out(closingText(found, words));
    return found.some(({ level }) => level === 'bad') ? exitCodes.failed : 0;
  },
};

function misspeltFinding(text: string, words: Words): Finding {
  return { level: 'look', text, gist: words('непонятная настройка', 'a setting that is none') };
}

/**
 * `doctor` from the command line: works when little else does. Looks at the settings first, then lets the running process
 * look at itself, or opens the data directory to look.
 */
export async function diagnose(
  environment: NodeJS.ProcessEnv,
  output: CommandOutput,
  signal: AbortSignal,
): Promise<number> {
  const settings = await settingsFrom(environment, systemClock.now());
  const words = wordsOf(settings.LOCALE);
  const warnings = settingWarnings(environment);
  for (const warning of warnings) {
    const { level, text } = misspeltFinding(warning[settings.LOCALE], words);
    output.out(`${marks[level]} ${text}`);
  }
  output.out(`${marks.ok} ${words('Настройки правильны', 'The settings are right')}`);
  const input = { misspelt: warnings.length };
  if (needsDataDirectory(settings)) {
    const exit = await sendCommand(
      commandSocketPath(settings.DATA_DIR),
      { name: 'doctor', input },
      output,
      signal,
    );
    if (exit !== null) return exit;
  }
  const log = openLog(environment.LOG_LEVEL ? settings.LOG_LEVEL : 'fatal');
  try {
    refuseMissingData('doctor', settings);
  } catch (error) {
    return await diagnoseWithoutData(error, settings, { output, signal, log, warnings: warnings.length });
  }
  try {
    const { openServices } = await import('../compose.ts');
    const services = await openServices(settings, {
      command: 'profpulse doctor',
      clock: systemClock,
      log,
      reads: false,
    });
    try {
      return await doctorCommand.run({ ...output, services, signal }, input);
    } finally {
      await services.close();
    }
  } catch (error) {
    output.out(`${marks.bad} ${explainFailure(error, settings.LOCALE).message}`);
    return exitCodes.failed;
  }
}

/** What can be looked at where there are no data, as before the first start: the keys. Nothing is created. */
async function diagnoseWithoutData(
  missing: unknown,
  settings: Settings,
  {
    output,
    signal,
    log,
    warnings,
  }: { output: CommandOutput; signal: AbortSignal; log: Logger; warnings: number },
): Promise<number> {
  const words = wordsOf(settings.LOCALE);
  const found: Finding[] = [
    checkVersions(projectVersion(), words),
    {
      level: 'bad',
      text: explainFailure(missing, settings.LOCALE).message,
      gist: words('данных нет', 'there are no data'),
    },
    ...checkKeys(networksRead(settings), () => 0, words),
    ...(await checkVk(settings, { groupId: 1 }, words, signal)),
    ...(await checkTelegram(settings, { words, signal, log: log.child({ network: 'telegram' }) })),
  ];
  for (const { level, text } of found) output.out(`${marks[level]} ${text}`);
  const misspelt = warnings > 0 ? [misspeltFinding('', words)] : [];
  output.out(closingText([...misspelt, ...found], words));
  return exitCodes.failed;
}
