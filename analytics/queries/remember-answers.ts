import type { Observations } from '#schema/observations/connect.ts';

/**
 * The same observations, which are asked the same question with the same parameters once, and answer it again from memory:
 * for work that asks about overlapping spans while nothing that it asks for changes. Answers are kept as long as this is;
 * one of more than `mostRows`, as of a large federation, and a failure are not.
 */
export function rememberAnswers(observations: Observations, mostRows = 20_000): Observations {
  const answers = new Map<string, Promise<unknown[]>>();
  const rows = async <Row>(sql: string, parameters: Record<string, unknown> = {}): Promise<Row[]> => {
    const question = JSON.stringify([sql, parameters]);
    let answer = answers.get(question);
    if (!answer) {
      answer = observations.rows<unknown>(sql, parameters);
      answers.set(question, answer);
      const forget = () => answers.delete(question);
      answer.then((given) => given.length > mostRows && forget(), forget);
    }
    return [...((await answer) as Row[])];
  };
  return { ...observations, rows };
}
