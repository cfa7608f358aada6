import { buildDashboard, loadDashboard } from './build-dashboard.ts';
import { needsDataDirectory } from './data-kept.ts';
import { wordsOf } from './commands/findings.ts';
import { refuseDemo } from './demo-mark.ts';
import { listenForShutdown } from './shutdown.ts';
import { keepHeapSmall } from './heap.ts';
import { checkAddress, isLoopback, isOwnMachine, nameTrustedHeaders } from './http-server.ts';
import { readEnvironment } from './project.ts';
import { logFile, openProcessLog } from './process-log.ts';
import { settingsFrom, warnOfMisspelt } from './settings.ts';
import { say, startMessages } from './start-messages.ts';
import { networksWithoutKey } from '#domain/networks/without-key.ts';
import { systemClock } from '#domain/clock.ts';
import { dataDirectoryHolder } from '#schema/data-directory.ts';
import { prepareDataDirectory } from '#schema/usable-directory.ts';

/**
 * `npm start`: one process that collects by its schedule and serves the dashboard, by the settings of its environment, until
 * it is asked to end.
 */
export async function startServer(): Promise<void> {
  keepHeapSmall();
  const environment = readEnvironment();
  const settings = await settingsFrom(environment, systemClock.now());
  const messages = startMessages(settings.LOCALE);
  const log = openProcessLog(environment, settings, 'server');
  const announce = process.stdout.isTTY ? say : undefined;
  if (needsDataDirectory(settings)) {
    prepareDataDirectory(settings.DATA_DIR);
    refuseDemo(settings.DATA_DIR);
  }
  warnOfMisspelt(environment, log, announce);
  const shutdown = listenForShutdown(() => say(messages.shutdown));
  process.on('unhandledRejection', (error) =>
    log.error({ err: error }, 'Something failed that nobody waited for'),
  );

  const servesDashboard = settings.ROLE !== 'worker';
  // Another one of ours in the same directory is told by name further on.
  if (servesDashboard && dataDirectoryHolder(settings.DATA_DIR) === null)
    await checkAddress(settings.HOST, settings.PORT);
  // Before the engine is opened: together they would take more memory than a small machine has.
  if (servesDashboard) {
    await buildDashboard({ signal: shutdown.signal, onStart: () => say(messages.building) });
    nameTrustedHeaders(environment);
  }
  const { openServices } = await import('./compose.ts');
  const { serve } = await import('./serve.ts');
  const { checkSecrets } = await import('./commands/secrets-check.ts');
  const services = await openServices(settings, {
    command: 'npm start',
    clock: systemClock,
    log,
    takesCommands: true,
    opensSecrets: true,
  });
  try {
    await services.syncRegister();
    const serving = await serve({
      services,
      signal: shutdown.signal,
      dashboard: servesDashboard ? loadDashboard : undefined,
      environment,
      announce,
    });
    if (serving.url) say(messages.address(serving.url));
    const isOwn = isOwnMachine(settings);
    if (serving.url && environment.HOST === undefined && isOwn) say(messages.loopback);
    if (serving.url && !isOwn) say(messages.open);
    if (serving.url && !isLoopback(settings.HOST) && settings.PUBLIC_URL === undefined)
      say(messages.noPublicUrl);
    const claim = await serving.claimLink();
    // Not to the log: whoever has it is the administrator.
    if (claim !== null) process.stderr.write(`${messages.claim(claim)}\n`);
    for (const network of networksWithoutKey(services.sources)) say(messages.noKey(network));
    // As `doctor` says it: that a change of keys was cut short, or that there is no key.
    for (const { level, text } of await checkSecrets(services, wordsOf(settings.LOCALE)))
      if (level !== 'ok') say(text);
    const file = logFile(environment, settings, 'server');
    if (file !== null) say(messages.log(file));
    say(messages.stop);
    await shutdown.asked;
    await serving.stop();
  } finally {
    await services.close();
  }
}
