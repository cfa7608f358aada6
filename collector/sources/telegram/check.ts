import { getState } from './calls.ts';
import { TelegramFailure } from './errors.ts';
import type { ConnectionSettings } from './connection.ts';
import { openConnection } from './connection.ts';
import { sessionProblem } from './session.ts';

/**
 * Asks Telegram, live, whether a session is signed in. Gives `null` when it is, else why not. Reads nothing and
 * counts as nothing.
 */
export async function checkSession(
  secret: string,
  settings: ConnectionSettings,
  signal?: AbortSignal,
): Promise<TelegramFailure | null> {
  const problem = sessionProblem(secret);
  if (problem) return problem;
  const first = await checkOnce(secret, settings, signal);
  // A key may be unknown for a moment.
  return first?.kind === 'forgotten' ? await checkOnce(secret, settings, signal) : first;
}

async function checkOnce(
  secret: string,
  settings: ConnectionSettings,
  signal?: AbortSignal,
): Promise<TelegramFailure | null> {
  try {
    const connection = await openConnection(secret, settings, signal);
    try {
      await connection.invoke(getState().make, signal);
      return null;
    } finally {
      await connection.close();
    }
  } catch (error) {
    if (error instanceof TelegramFailure) return error;
    throw error;
  }
}
