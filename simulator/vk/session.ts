import type { SimulatorClock } from '../clock.ts';
import type { World } from '../world/world.ts';
import type { CallLog, UnexpectedCall } from './call-log.ts';
import { errorEnvelope, refusalOf, VkRefusal } from './errors.ts';
import type { FaultKind, FaultRule, Faults } from './faults.ts';
import { knownParameters, methods, pagesOfCall } from './methods.ts';
import { oddPosts } from './odd-posts.ts';
import type { Parameters } from './parameters.ts';
import { runScript } from './script.ts';
import type { Token } from './tokens.ts';

/** Everything an answer depends on. */
export interface VkState {
  world: World;
  clock: SimulatorClock;
  faults: Faults;
  tokens: ReadonlyMap<string, Token>;
  calls: CallLog;
  unexpected: UnexpectedCall[];
}

/** An answer, and what goes wrong on its way. */
export interface Answer {
  /** JSON. */
  body: string;
  /** Real milliseconds to wait before. */
  delay: number;
  transport: Exclude<FaultKind, 'refuse' | 'delay' | 'wrong-shape' | 'odd-posts'> | null;
}

const commonParameters = ['access_token', 'v', 'lang', 'https', 'test_mode', 'captcha_sid', 'captcha_key'];
const callsPerScript = 25;
const largestAnswer = 5 * 1024 * 1024;

function misshape(rule: FaultRule, response: unknown): unknown {
  if (rule.shape === 'text') {
    return 'temporarily out of order';
  }
  if (rule.shape === 'no-items' && typeof response === 'object' && response !== null) {
    return Object.fromEntries(Object.entries(response).filter(([key]) => !['items', 'groups'].includes(key)));
  }
  return null;
}

/** One HTTP request: checks the key, makes the calls, collects errors and faults. */
class Session {
  #state: VkState;
  #token: Token;
  #name: string;
  #delay = 0;
  #transport: Answer['transport'] = null;
  #executeErrors: { method: string; error_code: number; error_msg: string }[] = [];

  constructor(state: VkState, token: Token) {
    this.#state = state;
    this.#token = token;
    this.#name = token.settings.token;
  }

  #unexpected(what: string): void {
    this.#state.unexpected.push({ at: this.#state.clock.now(), what });
  }

  #checkNames(method: string, parameters: Parameters): void {
    const known = knownParameters[method];
    if (known === undefined) {
      this.#unexpected(`method ${method}`);
      throw new VkRefusal(3);
    }
    for (const name of parameters.keys()) {
      if (!known.includes(name) && !commonParameters.includes(name)) {
        this.#unexpected(`parameter ${name} of ${method}`);
      }
    }
  }

  /** One call with its fault; throws `VkRefusal`. */
  #callWithFaults(method: string, parameters: Parameters): unknown {
    const { world, clock, faults } = this.#state;
    const now = clock.now();
    this.#checkNames(method, parameters);
    this.#token.mayCall(method);
    const pages = pagesOfCall(world, method, parameters, now.getTime());
    const rule = faults.take({ method, pages, token: this.#name });
    if (rule?.kind === 'refuse') {
      throw refusalOf(rule.code ?? 10);
    }
    if (rule?.kind === 'delay') {
      this.#delay += rule.delay ?? 1000;
    } else if (rule && rule.kind !== 'wrong-shape' && rule.kind !== 'odd-posts') {
      this.#transport ??= rule.kind;
    }
    if (method === 'wall.get') {
      this.#token.takeWallGet(now);
    }
    const ask = (asked: Parameters): unknown => methods[method]?.(world, asked, now.getTime());
    const response = method === 'execute' ? this.#execute(parameters) : ask(parameters);
    if (rule?.kind === 'odd-posts') {
      return oddPosts(rule, response, parameters, (changes) =>
        ask(new Map([...parameters, ...Object.entries(changes)])),
      );
    }
    return rule?.kind === 'wrong-shape' ? misshape(rule, response) : response;
  }

  #logged(method: string, parameters: Parameters, within: 'http' | 'execute'): unknown {
    const call = {
      method,
      at: this.#state.clock.now(),
      token: this.#name,
      parameters: Object.fromEntries([...parameters].filter(([key]) => key !== 'access_token')),
      within,
      error: null,
    };
    try {
      const response = this.#callWithFaults(method, parameters);
      this.#state.calls.add(call);
      return response;
    } catch (error) {
      this.#state.calls.add({ ...call, error: error instanceof VkRefusal ? error.code : 1 });
      throw error;
    }
  }

  #execute(parameters: Parameters): unknown {
    const code = parameters.get('code') ?? '';
    if (code === '') {
      throw new VkRefusal(100, 'code is empty');
    }
    let calls = 0;
    return runScript(code, (method, inner) => {
      calls += 1;
      if (calls > callsPerScript) {
        throw new VkRefusal(13, 'too many api calls');
      }
      try {
        if (method === 'execute') {
          throw new VkRefusal(3);
        }
        return this.#logged(method, inner, 'execute');
      } catch (error) {
        if (!(error instanceof VkRefusal) || error.code === 12) {
          throw error;
        }
        this.#executeErrors.push({ method, error_code: error.code, error_msg: error.message });
        return false;
      }
    });
  }

  answer(method: string, parameters: Parameters): Answer {
    let body: string;
    try {
      const response = this.#logged(method, parameters, 'http');
      const errors = this.#executeErrors;
      body = JSON.stringify({ response, ...(errors.length > 0 ? { execute_errors: errors } : {}) });
      if (method === 'execute' && Buffer.byteLength(body) > largestAnswer) {
        throw new VkRefusal(13, 'response size is too big');
      }
    } catch (error) {
      if (!(error instanceof VkRefusal)) {
        throw error;
      }
      body = JSON.stringify(errorEnvelope(error, method, parameters));
    }
    return { body, delay: this.#delay, transport: this.#transport };
  }
}

/** Answers one request: version, key, rate, then the call. `real` is a monotonic instant in milliseconds. */
export function answerCall(state: VkState, method: string, parameters: Parameters, real: number): Answer {
  const refuse = (refusal: VkRefusal): Answer => {
    state.calls.add({
      method,
      at: state.clock.now(),
      token: parameters.get('access_token') ?? '',
      parameters: {},
      within: 'http',
      error: refusal.code,
    });
    return { body: JSON.stringify(errorEnvelope(refusal, method, parameters)), delay: 0, transport: null };
  };
  if (!/^\d+\.\d+$/.test(parameters.get('v') ?? '')) {
    return refuse(new VkRefusal(8, 'v (version) is required'));
  }
  const name = parameters.get('access_token') ?? '';
  const token = state.tokens.get(name);
  if (token === undefined) {
    return refuse(new VkRefusal(5, name === '' ? 'no access_token passed.' : 'invalid access_token (4).'));
  }
  try {
    if (token.settings.dead !== null) {
      throw refusalOf(token.settings.dead);
    }
    token.takeRequest(real);
  } catch (error) {
    if (error instanceof VkRefusal) {
      return refuse(error);
    }
    throw error;
  }
  return new Session(state, token).answer(method, parameters);
}
