import type { RequestListener } from 'node:http';
import { systemClock } from '#domain/clock.ts';
import { dataDirectoryHolder } from '#schema/data-directory.ts';
import { prepareDataDirectory } from '#schema/usable-directory.ts';
import { demoSize, type DemoSize } from './demo-history.ts';
import { refuseRealData } from './demo-mark.ts';
import { demoEnvironment } from './demo-environment.ts';
import { listenForShutdown } from './shutdown.ts';
import { keepHeapSmall } from './heap.ts';
import { checkAddress, isLoopback, nameTrustedHeaders } from './http-server.ts';
import { readEnvironment } from './project.ts';
import { openProcessLog } from './process-log.ts';
import { settingsFrom } from './settings.ts';
import type { Start } from './start-arguments.ts';
import { say, startMessages, type StartMessages } from './start-messages.ts';

/** How a demo gets its dashboard. */
export interface DemoDashboard {
  /** What it is started as, and what it does, for `--help`. */
  start: Start;
  /** Makes it, before anything else is opened. */
  prepare(signal: AbortSignal, messages: StartMessages): Promise<void>;
  handler(): Promise<RequestListener>;
  close?(): Promise<void>;
}

/** Runs a demo over that dashboard until it is asked to end. */
export async function demoProcess(dashboard: DemoDashboard, size: DemoSize = demoSize): Promise<void> {
  keepHeapSmall();
  const began = performance.now();
  const environment = demoEnvironment(readEnvironment());
  const settings = await settingsFrom(environment, systemClock.now());
  const messages = startMessages(settings.LOCALE);
  const log = openProcessLog(environment, settings, 'demo');
  const shutdown = listenForShutdown(() => say(messages.shutdown));
  process.on('unhandledRejection', (error) =>
    log.error({ err: error }, 'Something failed that nobody waited for'),
  );

  prepareDataDirectory(settings.DATA_DIR);
  refuseRealData(settings.DATA_DIR);
  // Another demo in the same directory is told by name further on.
  if (dataDirectoryHolder(settings.DATA_DIR) === null) await checkAddress(settings.HOST, settings.PORT);
  say(messages.demoWorld(size.organisations));
  // Before the engine is opened: together they would take more memory than a small machine has.
  await dashboard.prepare(shutdown.signal, messages);
  const { collectHistory, openDemoWorld } = await import('./demo-world.ts');
  const { serve } = await import('./serve.ts');
  const world = await openDemoWorld(settings, log, size);
  try {
    if (world.isNew) await collectHistory(world, { signal: shutdown.signal, messages, report: say });
    if (shutdown.signal.aborted) return;
    nameTrustedHeaders(process.env);
    const serving = await serve({
      services: world.services,
      signal: shutdown.signal,
      dashboard: () => dashboard.handler(),
      environment,
      announce: process.stdout.isTTY ? say : undefined,
    });
    say(messages.demoReady(Math.round((performance.now() - began) / 100) / 10));
    if (serving.url) say(messages.address(serving.url));
    if (settings.PUBLIC_DASHBOARD) say(messages.demoHidden);
    say(isLoopback(settings.HOST) ? messages.loopback : messages.open);
    say(messages.stop);
    await shutdown.asked;
    await serving.stop();
  } finally {
    await dashboard.close?.();
    await world.close();
  }
}
