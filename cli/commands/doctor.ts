import { z } from 'zod';
import { systemClock } from '../../domain/clock.ts';
import { isGrowthTargetSetAside } from '../../dashboard/src/lib/server/growth-target.ts';
import { allowedDays } from '../../domain/allowed-days.ts';
import { settingWarnings } from '../../domain/settings.ts';
import { listOrganisations } from '../../schema/operations/organisations.ts';
import { listPages } from '../../schema/operations/pages.ts';
import { registerSetAside } from '../../register/copy.ts';
import { describeSetAside } from '../../register/set-aside.ts';
import { needsDataDirectory, openServices } from '../compose.ts';
import { exitCodes, explainFailure } from '../failures.ts';
import { handOver, type CommandOutput } from '../handover-client.ts';
import { handoverSocket } from '../handover-socket.ts';
import { wellness } from '../health.ts';
import { projectVersion } from '../project.ts';
import { openLog, settingsFrom } from '../settings.ts';
import type { Command } from './command.ts';
import { checkDisk, checkParked, checkVersions, checkVk, wordsOf, type Finding } from './doctor-checks.ts';
import { checkRuns, checkStored } from './store-checks.ts';
import { checkSuspect } from './suspect-check.ts';
import { checkTelegram } from './telegram-check.ts';
import { checkTelegramWeb } from './telegram-web-check.ts';

const input = z.object({});
const marks: Record<Finding['level'], string> = { ok: '✓', note: '·', bad: '✗' };

/** `doctor` over open services: versions, disk, stores, register, networks, collection. Exit code 1 when anything is bad. */
export const doctorCommand: Command<z.infer<typeof input>> = {
  input,
  run: async ({ services, signal, out }) => {
    const { settings, observations, operations } = services;
    const words = wordsOf(settings.LOCALE);
    let isWell = true;
    const tell = ({ level, text }: Finding): void => {
      if (level === 'bad') isWell = false;
      out(`${marks[level]} ${text}`);
    };
    tell(checkVersions(projectVersion(), words));
    if (needsDataDirectory(settings)) tell(await checkDisk(settings, words));
    const [engine] = await observations.rows<{ version: string }>('SELECT version() AS version');
    const where = observations.embedded ? words('встроенный', 'embedded') : words('сервер', 'server');
    tell({ level: 'ok', text: `ClickHouse ${engine?.version ?? ''} (${where}), ${operations.dialect}` });
    const organisations = await listOrganisations(operations);
    const pages = await listPages(operations, { network: 'vk' });
    const channels = await listPages(operations, { network: 'telegram' });
    tell(
      organisations.length > 0
        ? {
            level: 'ok',
            text: words(
              `Реестр: организаций ${organisations.length}, страниц ВКонтакте ${pages.length}, каналов Telegram ${channels.length}`,
              `Register: ${organisations.length} organisations, ${pages.length} VK pages, ${channels.length} Telegram channels`,
            ),
          }
        : {
            level: 'note',
            text: words(
              'Реестр пуст: загрузите его командой npm run profpulse -- import файл.csv',
              'The register is empty: take one over by npm run profpulse -- import file.csv',
            ),
          },
    );
    for (const setAside of await registerSetAside(operations)) {
      tell({ level: 'bad', text: describeSetAside(setAside, settings.LOCALE) });
    }
    if (await isGrowthTargetSetAside(operations)) {
      tell({
        level: 'bad',
        text: words(
          `Цель по подписчикам не учитывается: её нельзя прочитать, или её дата вне допустимых (с ${allowedDays.from} по ${allowedDays.to}). Задайте её заново на обзоре.`,
          `The growth target is not counted: it cannot be read, or its day is none of those taken (from ${allowedDays.from} to ${allowedDays.to}). Set it anew on the overview.`,
        ),
      });
    }
    for (const finding of await checkStored(services, words)) tell(finding);
    for (const finding of await checkRuns(services, words)) tell(finding);
    const known = pages.find((page) => page.nativeId !== null);
    for (const finding of await checkVk(settings, known?.nativeId ?? 1, words, signal)) tell(finding);
    const telegram = { words, signal, log: services.log.child({ network: 'telegram' }) };
    for (const finding of await checkTelegram(settings, telegram)) tell(finding);
    const name = channels.find((channel) => channel.name !== null)?.name ?? null;
    for (const finding of await checkTelegramWeb(settings, name, telegram)) tell(finding);
    for (const finding of checkParked(services.sources, settings, words)) tell(finding);
    for (const finding of await checkSuspect(services, words)) tell(finding);
    const health = await wellness(services, new Date(0));
    // That all keys of a network are laid aside is said above, key by key.
    const reasons = health.reasons.filter(({ code }) => code !== 'keys_parked');
    for (const reason of reasons) tell({ level: 'bad', text: reason.detail });
    out(
      isWell
        ? words('Всё в порядке.', 'All is well.')
        : words('Есть что исправить.', 'There is something to mend.'),
    );
    return isWell ? 0 : exitCodes.failed;
  },
};

/**
 * `doctor` from the command line: works when little else does. Looks at the settings first, then lets the running process
 * look at itself, or opens the data directory to look.
 */
export async function diagnose(
  environment: NodeJS.ProcessEnv,
  output: CommandOutput,
  signal: AbortSignal,
): Promise<number> {
  const settings = settingsFrom(environment, systemClock.now());
  const words = wordsOf(settings.LOCALE);
  for (const warning of settingWarnings(environment)) output.out(`${marks.note} ${warning}`);
  output.out(`${marks.ok} ${words('Настройки правильны', 'The settings are right')}`);
  if (needsDataDirectory(settings)) {
    const exit = await handOver(
      handoverSocket(settings.DATA_DIR),
      { name: 'doctor', input: {} },
      output,
      signal,
    );
    if (exit !== null) return exit;
  }
  const log = openLog(environment.LOG_LEVEL ? settings.LOG_LEVEL : 'fatal');
  try {
    const services = await openServices(settings, { command: 'profpulse doctor', clock: systemClock, log });
    try {
      return await doctorCommand.run({ ...output, services, signal }, {});
    } finally {
      await services.close();
    }
  } catch (error) {
    output.out(`${marks.bad} ${explainFailure(error, settings.LOCALE).message}`);
    return exitCodes.failed;
  }
}
