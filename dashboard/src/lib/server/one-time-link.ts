import { accountProblemsOf } from '#accounts/problems.ts';

/** Whether a link still works, by asking for it. */
export async function isWorking(ask: () => Promise<unknown>): Promise<boolean> {
  return (await whileWorking(ask)) !== null;
}

/** What a link brings; `null` when it does not work any more. */
export async function whileWorking<Result>(ask: () => Promise<Result>): Promise<Result | null> {
  try {
    return await ask();
  } catch (error) {
    if (accountProblemsOf(error)) return null;
    throw error;
  }
}
