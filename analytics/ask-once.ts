import type { Observations } from '../schema/observations/connect.ts';

/**
 * The same observations, which are asked the same question with the same parameters once, and answer it again from memory:
 * for work that asks about overlapping spans while nothing that it asks for changes. Answers are kept as long as this is,
 * so it is for small ones; a failure is not kept.
 */
export function askedOnce(observations: Observations): Observations {
  const answers = new Map<string, Promise<unknown[]>>();
  const rows = async <Row>(sql: string, parameters: Record<string, unknown> = {}): Promise<Row[]> => {
    const question = JSON.stringify([sql, parameters]);
    let answer = answers.get(question);
    if (!answer) {
      answer = observations.rows<unknown>(sql, parameters);
      answers.set(question, answer);
      answer.catch(() => answers.delete(question));
    }
    return [...((await answer) as Row[])];
  };
  return { ...observations, rows };
}
