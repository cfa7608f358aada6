import { useServices } from '../services.ts';
import { problem } from './problem.ts';

/**
 * The answer to a request to the API that failed by no fault of its own: why the stores cannot be asked (503), else that it is
 * a fault of the program (500). The log has the cause under the reference that the answer names.
 */
export async function failure(error: unknown, path: string): Promise<Response> {
  const { log, storeTrouble } = useServices();
  const reference = crypto.randomUUID().slice(0, 8);
  log.error({ err: error, reference, path }, 'A list could not be answered');
  const trouble = await storeTrouble(error);
  if (trouble) return problem(503, 'The stores cannot be asked', trouble.en, { reference });
  const said = `The log has the cause under the reference ${reference}.`;
  return problem(500, 'The list could not be answered', said, { reference });
}
