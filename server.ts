import { buildDashboard, loadDashboard } from './cli/build-dashboard.ts';
import { openServices, needsDataDirectory } from './cli/compose.ts';
import { refuseDemo } from './cli/demo-mark.ts';
import { listenForEnding } from './cli/ending.ts';
import { endWithFailure } from './cli/failures.ts';
import { keepHeapSmall } from './cli/heap.ts';
import { checkAddress, isLoopback, nameTrustedHeaders } from './cli/http-server.ts';
import { readEnvironment } from './cli/project.ts';
import { serve } from './cli/serve.ts';
import { logFile, openProcessLog } from './cli/process-log.ts';
import { settingsFrom, warnOfMisspelt } from './cli/settings.ts';
import { readStartArguments } from './cli/start-arguments.ts';
import { say, startMessages } from './cli/start-messages.ts';
import { systemClock } from './domain/clock.ts';
import { dataDirectoryHolder } from './schema/data-directory.ts';
import { prepareDataDirectory } from './schema/usable-directory.ts';

/** `npm start`: one process that collects by its schedule and serves the dashboard, by the settings of its environment. */
async function main(): Promise<void> {
  keepHeapSmall();
  const environment = readEnvironment();
  const settings = settingsFrom(environment, systemClock.now());
  const messages = startMessages(settings.LOCALE);
  const log = openProcessLog(environment, settings, 'server');
  const announce = process.stdout.isTTY ? say : undefined;
  if (needsDataDirectory(settings)) {
    prepareDataDirectory(settings.DATA_DIR);
    refuseDemo(settings.DATA_DIR);
  }
  warnOfMisspelt(environment, log, announce);
  const ending = listenForEnding(() => say(messages.ending));
  process.on('unhandledRejection', (error) =>
    log.error({ err: error }, 'Something failed that nobody waited for'),
  );

  const servesDashboard = settings.ROLE !== 'worker';
  // Another one of ours in the same directory is told by name further on.
  if (servesDashboard && dataDirectoryHolder(settings.DATA_DIR) === null)
    await checkAddress(settings.HOST, settings.PORT);
  // Before the engine is opened: together they would take more memory than a small machine has.
  if (servesDashboard) {
    await buildDashboard({ signal: ending.signal, onStart: () => say(messages.building) });
    nameTrustedHeaders(environment);
  }
  const services = await openServices(settings, {
    command: 'npm start',
    clock: systemClock,
    log,
    takesCommands: true,
  });
  try {
    await services.copyRegister();
    const serving = await serve({
      services,
      signal: ending.signal,
      dashboard: servesDashboard ? loadDashboard : undefined,
      announce,
    });
    if (serving.url) say(messages.address(serving.url));
    if (serving.url && environment.HOST === undefined) say(messages.loopback);
    if (serving.url && !isLoopback(settings.HOST)) say(messages.open);
    if (settings.VK_TOKENS.length === 0) say(messages.noVk);
    const file = logFile(environment, settings, 'server');
    if (file !== null) say(messages.log(file));
    say(messages.stop);
    await ending.asked;
    await serving.stop();
  } finally {
    await services.close();
  }
}

try {
  const start = {
    command: 'npm start',
    does: {
      ru: 'Запускает ПрофПульс: собирает страницы по расписанию и показывает веб-интерфейс.',
      en: 'Starts ProfPulse: collects by its schedule and serves the dashboard.',
    },
  };
  if (readStartArguments(process.argv.slice(2), start, say) === 'start') await main();
  process.exit(0);
} catch (error) {
  endWithFailure(error);
}
