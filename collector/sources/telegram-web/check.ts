import { WebFailure } from './errors.ts';
import { readShown } from './map-page.ts';
import { mapped } from './reader.ts';
import type { WebSettings } from './web.ts';
import { createWeb } from './web.ts';

/**
 * Asks for the page of one name, live and once, whether what answers is `t.me`: a channel, a card, or that nobody has the
 * name. Gives `null` when it is, else why not.
 */
export async function checkWeb(
  name: string,
  settings: Omit<WebSettings, 'tries' | 'backOff' | 'requestsPerSecond'>,
  signal?: AbortSignal,
): Promise<WebFailure | null> {
  const web = createWeb({ ...settings, maxAttempts: 1, backOff: 0, requestsPerSecond: 1000 });
  try {
    const answer = await web.get(`/s/${encodeURIComponent(name)}`, signal);
    if (!answer.isHome) mapped(() => readShown(answer.html, name));
    return null;
  } catch (error) {
    if (error instanceof WebFailure) return error;
    throw error;
  }
}
