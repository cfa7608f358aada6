import { z } from 'zod';
import { verifyRollups } from '../../analytics/rollups.ts';
import { exitCodes } from '../failures.ts';
import type { Command } from './command.ts';

const input = z.object({});
const mostLines = 50;

/** `rollups verify`: counts every cell again from the posts and names those that differ. */
export const rollupsVerifyCommand: Command<z.infer<typeof input>> = {
  input,
  run: async ({ services, out, err }) => {
    const isRussian = services.settings.LOCALE === 'ru';
    const differences = await verifyRollups(services.analytics);
    for (const { rollup, pageId, day, measure, stored, expected } of differences.slice(0, mostLines)) {
      err(
        isRussian
          ? `${rollup} ${day}, страница ${pageId}, ${measure}: записано ${stored}, по публикациям ${expected}`
          : `${rollup} ${day}, page ${pageId}, ${measure}: stored ${stored}, the posts say ${expected}`,
      );
    }
    if (differences.length === 0) {
      out(isRussian ? 'Своды сходятся с публикациями.' : 'The rollups agree with the posts.');
      return 0;
    }
    err(
      isRussian
        ? `Расхождений: ${differences.length}. Своды пересчитываются при каждом запуске npm start после прерванного сбора.`
        : `${differences.length} differences. Rollups are counted anew by npm start after a collection that was cut short.`,
    );
    return exitCodes.failed;
  },
};
