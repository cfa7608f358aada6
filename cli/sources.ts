import type { Logger } from 'pino';
import type { Source } from '#collector/source.ts';
import type { QuotaStore } from '#collector/sources/kit/quota-store.ts';
import type { Clock } from '#domain/clock.ts';
import type { Settings } from '#domain/settings.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { addUsage, usageOn } from '#schema/operations/quotas.ts';
import { listTelegramEntities, saveTelegramEntity } from '#schema/operations/telegram-entities.ts';

/** What the networks' clients are made with, beside the settings. */
export interface SourcesOptions {
  clock: Clock;
  log: Logger;
  /** The networks are simulated: they take no fast reader for a flood, and need not be spared. */
  simulatedNetworks?: boolean;
  /** What the clients measure pauses by, when `clock` is a simulation's. */
  timer?: Clock;
}

/** The networks that the settings let be read, in the order of `openSources`. */
export function networksRead(settings: Settings): Pick<Source, 'network' | 'keys' | 'parked'>[] {
  const vk = settings.VK_TOKENS.length > 0 ? [{ network: 'vk' as const }] : [];
  return [...vk, { network: 'telegram' }];
}

/**
 * Makes the clients of the networks that are read. What speaks to a network is loaded here and not before: it is the larger
 * half of the program, and most commands read nothing.
 */
export async function openSources(
  settings: Settings,
  operations: Operations,
  options: SourcesOptions,
): Promise<Source[]> {
  const { clock, timer, log } = options;
  const timed = { clock, ...(timer ? { timer } : {}) };
  const quotas: QuotaStore = {
    used: async (fingerprint, method, day) => await usageOn(operations, fingerprint, method, day),
    add: async (fingerprint, method, day, calls) => {
      await addUsage(operations, fingerprint, method, day, calls);
    },
  };
  const sources: Source[] = [];
  if (settings.VK_TOKENS.length > 0) {
    const { createVkSource } = await import('#collector/sources/vk/source.ts');
    sources.push(
      createVkSource({
        tokens: settings.VK_TOKENS,
        url: settings.VK_API_URL,
        requestsPerSecond: settings.VK_RPS,
        dailyQuota: settings.VK_DAILY_QUOTA,
        quotas,
        ...timed,
        log: log.child({ network: 'vk' }),
      }),
    );
  }
  const { TELEGRAM_API_ID: apiId, TELEGRAM_API_HASH: apiHash, TELEGRAM_SESSIONS: sessions } = settings;
  if (sessions.length > 0 && apiId !== undefined && apiHash !== undefined) {
    const { createTelegramSource } = await import('#collector/sources/telegram/source.ts');
    sources.push(
      createTelegramSource({
        apiId,
        apiHash,
        sessions,
        proxy: settings.TELEGRAM_PROXY,
        quotas,
        entities: {
          list: async (account) => await listTelegramEntities(operations, account),
          save: async (entity, now) => await saveTelegramEntity(operations, entity, now),
        },
        ...timed,
        ...(options.simulatedNetworks ? { pause: 0 } : {}),
        log: log.child({ network: 'telegram' }),
      }),
    );
  } else {
    const { createTelegramWebSource } = await import('#collector/sources/telegram-web/source.ts');
    sources.push(
      createTelegramWebSource({
        url: settings.TELEGRAM_WEB_URL,
        proxy: settings.TELEGRAM_WEB_PROXY,
        ...timed,
        ...(options.simulatedNetworks ? { requestsPerSecond: 200 } : {}),
        log: log.child({ network: 'telegram' }),
      }),
    );
  }
  return sources;
}
