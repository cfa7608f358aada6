import type { API } from 'vk-io';
import { APIError, APIRequest } from 'vk-io';
import { isObject, describe, wholeNumber } from './json.ts';
import { VkFailure } from './errors.ts';
import { OversizedAnswer, Redirected, postForm } from './exchange.ts';

/** A request was still waiting in vk-io's queue when its deadline passed. */
class DeadlinePassed extends Error {
  override readonly name = 'DeadlinePassed';
}

/** The answer is JSON, but not VK's envelope. */
class BrokenEnvelope extends Error {
  override readonly name = 'BrokenEnvelope';
}

/**
 * vk-io takes any JSON for an envelope (`null` ends the process with an unhandled rejection), repeats error 6 without a
 * limit, sends the key on to wherever it is redirected, and reads answers without end. This request makes the exchange
 * itself, looks at the envelope first, tells of error 6, and ends the repetition at the deadline.
 */
class CheckedRequest extends APIRequest {
  readonly deadline: AbortSignal;
  readonly onTooFast: () => void;
  /** VK's `response` as it came: vk-io gives the whole envelope in place of a `null`. */
  response: unknown = undefined;

  constructor(api: API, method: string, params: object, deadline: AbortSignal, onTooFast: () => void) {
    super({ api, method, params: { ...params } });
    this.deadline = deadline;
    this.onTooFast = onTooFast;
  }

  override async make(): Promise<unknown> {
    if (this.deadline.aborted) throw new DeadlinePassed('the deadline passed');
    const { options } = this.api;
    const { token, apiVersion, apiBaseUrl, apiHeaders, agent } = options;
    const form = new URLSearchParams({ access_token: token, v: apiVersion });
    for (const [name, value] of Object.entries(this.params)) form.set(name, String(value));
    const headers = { ...apiHeaders, ...this.headers };
    const sent = { headers, agent, signal: this.deadline };
    const envelope: unknown = JSON.parse(await postForm(`${apiBaseUrl}/${this.method}`, form, sent));
    checkEnvelope(envelope);
    if (isObject(envelope.error) && envelope.error.error_code === 6) this.onTooFast();
    this.response = envelope.response;
    return envelope;
  }
}

function checkEnvelope(envelope: unknown): asserts envelope is Record<string, unknown> {
  if (!isObject(envelope))
    throw new BrokenEnvelope(`the answer is ${describe(envelope)}, an object is wanted`);
  if (envelope.error !== undefined) {
    if (!isObject(envelope.error) || wholeNumber(envelope.error.error_code, 0) === null) {
      throw new BrokenEnvelope('`error` of the answer holds no `error_code`');
    }
    return;
  }
  if (!('response' in envelope)) throw new BrokenEnvelope('the answer holds neither `response` nor `error`');
  const errors = envelope.execute_errors;
  if (errors !== undefined && (!Array.isArray(errors) || !errors.every(isObject))) {
    throw new BrokenEnvelope('`execute_errors` of the answer is not a list of objects');
  }
}

/** What one HTTP call needs beside the method. */
export interface SendOptions {
  /** Aborted when the call has taken too long. */
  deadline: AbortSignal;
  onTooFast: () => void;
}

/**
 * One call by vk-io, without retries. Gives VK's `response` (for `execute`: `{response, errors}`). Throws `VkFailure`:
 * VK's own error by its class; no answer, a broken or truncated one as `passing`, one without end as `oversized`, one that
 * sends elsewhere as `redirected`.
 */
export async function send(api: API, method: string, params: object, options: SendOptions): Promise<unknown> {
  const request = new CheckedRequest(api, method, params, options.deadline, options.onTooFast);
  let expire: () => void = () => undefined;
  const expired = new Promise<never>((_, reject) => {
    expire = () => reject(new DeadlinePassed('the deadline passed'));
  });
  options.deadline.addEventListener('abort', expire, { once: true });
  try {
    const answer = await Promise.race([api.callWithRequest<unknown>(request), expired]);
    return method === 'execute' ? answer : request.response;
  } catch (error) {
    throw failureOf(error, method);
  } finally {
    options.deadline.removeEventListener('abort', expire);
  }
}

/** An error of vk-io's or of the network, as a `VkFailure`. */
function failureOf(error: unknown, method: string): VkFailure {
  if (error instanceof VkFailure) return error;
  if (error instanceof OversizedAnswer)
    return new VkFailure('oversized', `network: ${method}: ${error.message}`);
  if (error instanceof Redirected) {
    return new VkFailure('redirected', `network: ${method}: ${error.message}: look into VK_API_URL`);
  }
  if (error instanceof APIError) {
    return VkFailure.fromCode(Number(error.code), error.message.replace(/^Code №\d+ - /, ''));
  }
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  if (name === 'DeadlinePassed' || name === 'AbortError') {
    return new VkFailure('passing', `network: no answer to ${method} within the deadline`, { silent: true });
  }
  // Messages of JSON parsers quote the answer, of any length.
  return new VkFailure('passing', `network: ${method}: ${message.slice(0, 200)}`);
}
